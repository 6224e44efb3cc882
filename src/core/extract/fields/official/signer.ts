import { isCapitals } from './letterhead'

/** Who signed a document: the name, the office of that person, and the body or person for whom it was signed. */
export interface Signer {
  signer: string | null
  office: string | null
  onBehalfOf: string | null
}

const behalf = /^(?:t\s?\/?\s?m|kt|tl|tuq|t\/l|q)\s*\.\s*/iu
const office =
  /^(?:(?:phó|quyền|q\.)\s+)?(?:(?:tổng\s+)?giám\s+đốc|chủ\s+tịch|chủ\s+nhiệm|bí\s+thư|(?:bộ|thứ|vụ|cục|chi\s+cục|sở|phòng|ban|trạm|hạt|đội|tổ|hiệu|viện|trưởng)\s*(?:trưởng)?|trưởng\s+\p{L}+|chánh\s+\p{L}+(?:\s+\p{L}+)?|hiệu\s+trưởng|thủ\s+tướng|tư\s+lệnh|chỉ\s+huy\s+trưởng|người\s+đứng\s+đầu|viện\s+trưởng|thường\s+trực|ủy\s+viên|uỷ\s+viên)(?!\p{L})/iu
const note = /^\(?(?:đã\s+ký|ký\s+tên|chữ\s+ký|ký\s+và|ký,)[^)]{0,60}\)?$|^\[.*\]$/iu
const nameLine =
  /^(?:(?:TS|ThS|PGS|GS|BS|KS|CN|CKI|CKII|Thượng tá|Trung tá|Thiếu tá|Đại tá|Đại úy|Thiếu tướng|Trung tướng)\.?\s+){0,3}\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*){1,5}$/u
/** Maximum number of lines at the end of the document that are searched. */
const maxLines = 60

/** Finds the signature of an official document: lines with offices in capitals, and then the name of a person. */
export function findSigner(lines: readonly string[]): Signer {
  const from = Math.max(0, lines.length - maxLines)
  for (let at = lines.length - 1; at >= from; at--) {
    const line = lines[at] ?? ''
    if (!isOfficeLine(line)) continue
    const rest = lines.slice(at + 1, at + 8).filter((next) => next !== '' && !note.test(next))
    const name = rest.slice(0, 2).find((next) => nameLine.test(next) && !isOfficeLine(next))
    if (name === undefined) continue
    const above: string[] = []
    for (let before = at - 1; before >= from && isOfficeLine(lines[before] ?? ''); before--)
      above.unshift(lines[before] ?? '')
    const isBehalf = above.length === 0 && behalf.test(line)
    return {
      signer: name.trim(),
      office: isBehalf ? null : line,
      onBehalfOf: isBehalf ? line : above.join(' ') || null,
    }
  }
  return { signer: null, office: null, onBehalfOf: null }
}

function isOfficeLine(line: string): boolean {
  return line.length <= 100 && isCapitals(line) && (behalf.test(line) || office.test(line))
}
