import { dayOf } from '../../../text/calendar'
import { isBareKind } from './kinds'

/** The facts in the head of an official document. A value is null if the head does not contain it. */
export interface Letterhead {
  number: string | null
  issuer: string | null
  place: string | null
  /** The day as YYYY-MM-DD. Null if the day or the month was left blank. */
  date: string | null
  /** The subject of an official letter ("V/v …"), which stands below the number of the letter. */
  subject: string | null
  /** Index of the first line below the head. */
  end: number
}

const motto =
  /^(?:cộng\s+h(?:oà|òa)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|độc\s+lập\s*[-–—]\s*tự\s+do\s*[-–—]\s*hạnh\s+phúc|đảng\s+cộng\s+sản\s+việt\s+nam)\W*$/iu
const mottoInside = /cộng\s+h(?:oà|òa)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|đảng\s+cộng\s+sản\s+việt\s+nam/iu
/** Matches the line with the number: "Số: 45/TB-UBND", "Số 12-QĐ/TU", "Số:      /KH-UBND". */
const numberLine =
  /^số(?:\s+hiệu)?\s*:?\s*((?:\d{1,5}[\p{L}]?|[\s.…_]{1,30})\s*(?:\/\s*\d{4}\s*)?[/-]\s*[\p{Lu}Đđ][\p{L}\d./&\s-]{0,40}?)(?=$|\s{2}|\s+(?:cộng|độc|đảng|\p{Lu}\p{Ll}.{1,30},\s*ngày))/iu
const placeAndDate =
  /(?:^|\s)(\p{Lu}[\p{L} .'-]{1,38}?),\s*ngày\s*(\d{1,2})?[\s.…_]*tháng\s*(\d{1,2})?[\s.…_]*năm\s*(\d{4})/u
/** Matches the line below the number in which a letter states its subject ("V/v …"). */
const letterSubject = /^\(?v\s*\/\s*v\s*:?\s*(.*)$/iu
const maxSearchedLength = 200_000
const maxHeadLines = 14
const maxOfficeLength = 90
/** Matches a line that begins the name of an office. Any other line may continue the name on the line above. */
const officeStart =
  /^(?:ubnd|hđnd|ủy\s+ban|uỷ\s+ban|hội\s+đồng|bộ|sở|ban|phòng|chi\s+cục|cục|tổng\s+cục|trung\s+tâm|trường|bệnh\s+viện|trạm|văn\s+phòng|công\s+an|quân\s+khu|bộ\s+chỉ\s+huy|đảng\s+ủy|đảng\s+uỷ|đảng\s+bộ|chi\s+bộ|tỉnh\s+ủy|thành\s+ủy|huyện\s+ủy|quận\s+ủy|hội|liên\s+đoàn|đoàn|mặt\s+trận|viện|tòa\s+án|kho\s+bạc|bảo\s+hiểm|hạt|đội|tổ|công\s+ty|hợp\s+tác\s+xã|thanh\s+tra|chính\s+phủ|thủ\s+tướng|quốc\s+hội)(?!\p{L})/iu

/** Whether a text may contain the head of an official document. Only the beginning of the text is searched. */
export function mayHaveLetterhead(received: string): boolean {
  const text = received.slice(0, maxSearchedLength).normalize('NFC')
  return mottoInside.test(text) || /[Ss](?:ố|Ố)\s*:?\s*\d{1,5}\s*(?:\/\s*\d{4}\s*)?[/-]\s*\p{Lu}/u.test(text)
}

/**
 * Reads the head of an official document (Decree 30/2020/NĐ-CP): issuer, number, place and date. `lines` are the lines
 * of the page. The two columns of the head stand one after the other. Returns null if the lines have no such head.
 */
export function readLetterhead(lines: readonly string[]): Letterhead | null {
  const numberAt = lines.findIndex((line) => numberLine.test(line))
  const mottoAt = lines.findIndex((line) => mottoInside.test(line) && line.length < 300)
  if (mottoAt < 0 && numberAt < 0) return null
  const anchor = mottoAt < 0 ? numberAt : mottoAt
  const near = (at: number): boolean => at >= 0 && Math.abs(at - anchor) <= maxHeadLines
  const window = lines.slice(Math.max(0, anchor - maxHeadLines), anchor + maxHeadLines)
  const offset = Math.max(0, anchor - maxHeadLines)
  const datedAt = window.findIndex((line) => line.length < 200 && placeAndDate.test(line))
  const dated = placeAndDate.exec(window[datedAt] ?? '')
  const number = near(numberAt) ? (numberLine.exec(lines[numberAt] ?? '')?.[1] ?? null) : null
  // A text is an official document only if its head has at least two of a motto, a number and a date. One of the three
  // alone also occurs in news articles.
  if ((number === null ? 0 : 1) + (dated === null ? 0 : 1) + (mottoAt < 0 ? 0 : 1) < 2) return null
  const [, place = null, day, month, year = ''] = dated ?? []
  const subject = findLetterSubject(lines, near(numberAt) ? numberAt : anchor)
  const known = [near(numberAt) ? numberAt : -1, mottoAt, datedAt < 0 ? -1 : offset + datedAt, subject?.at ?? -1]
  const isMottoBelow = motto.test(lines[mottoAt + 1] ?? '')
  return {
    number: number === null ? null : number.replace(/\s+/gu, '').replace(/^[.…_]+/u, '') || null,
    issuer: findIssuer(lines, near(numberAt) ? numberAt : anchor),
    place: place?.trim() ?? null,
    date: day === undefined || month === undefined ? null : dayOf(year, month, day),
    subject: subject?.text ?? null,
    end: Math.max(...known, isMottoBelow ? mottoAt + 1 : -1) + 1,
  }
}

/** Finds the office that issued the document. The line above may contain a higher office. */
function findIssuer(lines: readonly string[], below: number): string | null {
  const above: string[] = []
  for (let at = below - 1; at >= 0 && above.length < 6; at--) {
    const line = (lines[at] ?? '').replace(mottoInside, '').replace(/[*_–—-]{2,}|^[\s*_–—-]+|[\s*_–—-]+$/gu, '')
    if (motto.test(lines[at] ?? '') || placeAndDate.test(line) || line === '') continue
    // A line that begins like the name of an office counts even if it is not in capitals, because old encodings lose
    // the case of letters.
    if (line.length > maxOfficeLength || !(isCapitals(line) || (officeStart.test(line) && line.length <= 60))) break
    above.unshift(line)
  }
  const offices = above.reduce<string[]>((all, line) => {
    const last = all.at(-1)
    // If a line contains only "ỦY BAN NHÂN DÂN", the name of the place follows on the next line.
    const isRest = last !== undefined && (!officeStart.test(line) || /(?:^|\s)(?:VÀ|CỦA|VỀ)$/u.test(last))
    return isRest ? [...all.slice(0, -1), `${last} ${line}`] : [...all, line]
  }, [])
  return offices.at(-1) ?? null
}

function findLetterSubject(lines: readonly string[], numberAt: number): { text: string; at: number } | null {
  for (let at = numberAt + 1; at < Math.min(lines.length, numberAt + 6); at++) {
    // The search stops at the line with the kind of the document, because the line below it is the subject of the whole
    // document.
    if (isBareKind(lines[at] ?? '')) return null
    const found = letterSubject.exec(lines[at] ?? '')
    if (found === null) continue
    let text = (found[1] ?? '').trim()
    for (let next = at + 1; next < at + 5; next++) {
      const line = lines[next] ?? ''
      if (!isRestOfSubject(line, text)) return { text, at: next - 1 }
      text = `${text} ${line}`.trim()
    }
    return { text, at: at + 4 }
  }
  return null
}

function isRestOfSubject(line: string, before: string): boolean {
  if (line === '' || line.length > 160 || isCapitals(line) || motto.test(line) || placeAndDate.test(line)) return false
  return !/^(?:kính\s+gửi|căn\s+cứ|thực\s+hiện|độc\s+lập|số\s*:)/iu.test(line) && !/[.:;)]$/u.test(before)
}

/** Whether all letters of a line are capitals. */
export function isCapitals(line: string): boolean {
  return /\p{Lu}{2}/u.test(line) && line === line.toUpperCase()
}

/** Whether a text is only the name of an office, the motto of the country, or the number of a document. */
export function isOfficeName(text: string): boolean {
  return (
    motto.test(text) ||
    numberLine.test(text) ||
    (isCapitals(text) && text.length <= maxOfficeLength && officeStart.test(text))
  )
}
