import { endsSentence } from '../../text/sentences'

/** A body without its signature, and the signature. */
export interface SplitSignature {
  /** Paragraphs of the body, the end mark kept. */
  body: string[]
  author: string | null
}

/** "./." ends an official text in Vietnam. */
const endMark = /\.\s?\/\s?\.?["”»)]?$/u
const endMarkInside = /^(.{1,20000}?\.\s?\/\s?\.?["”»)]?)\s+(\S.{0,249})$/su
const maxSignatureLength = 250
const maxSignatureLines = 4
/** A text that is signed has a paragraph of this length. */
const minSignedParagraph = 50
/** In capitals every word begins with one: only few of them are a name. */
const maxCapitalsLength = 60
/** "Tin, ảnh: …": who wrote, or who wrote and took the pictures. A picture's own credit ("Ảnh: …") is none of these. */
const labelled =
  /^\(?(?:tác\s+giả|người\s+viết|(?:bài\s+viết|bài|tin|video|clip)(?:\s*(?:,|và|-|&|\/)\s*(?:bài|ảnh|video|clip|đồ họa))*|thực\s+hiện|nội\s+dung|biên\s+tập)\s*:\s*(.+?)\)?$/iu
const credit = /^[([]?((?:theo|nguồn(?:\s+tin)?|trích|lược\s+theo)\s*:?\s+.+?)[)\]]?$/iu
/** A picture's credit is no author, but may stand beside one. */
const pictureCredit = /^\(?(ảnh\s*:\s*.+?)\)?$/iu
/** "(tổng hợp)" and the like after a name say how the text was made, not who made it. */
const manner = /\s*\((?:tổng\s+hợp|t\/h|th|lược\s+dịch|biên\s+dịch|dịch|ghi|st|sưu\s+tầm|thực\s+hiện)\)$/iu
/** "Hà Thu.", but not "P.V." */
const fullStop = /(?<=\p{Ll})\.$/u
const word = String.raw`\p{Lu}[\p{L}\p{M}.]*`
const name = String.raw`${word}(?:\s+${word}){0,5}`
/** A name, or names joined by "-", "," or "và", perhaps with offices after a dash, a comma or in parentheses. */
const signature = new RegExp(
  String.raw`^${name}(?:\s*\([^().!?]{2,80}\))?(?:\s*(?:[-–—,&/]|và\s)\s*\p{Lu}[^.!?]*)?\.?$`,
  'u',
)
const offices =
  /^(?:ban\s+biên\s+tập|bbt|b\.b\.t|nhóm\s+(?:pv|phóng\s+viên)|pv|p\.v|phóng\s+viên|văn\s+phòng\s|phòng\s|sở\s|ban\s|cổng\s+(?:ttđt|thông\s+tin)|trung\s+tâm\s|ttxvn|báo\s)/iu
const office =
  /^(?:phó|chủ\s+tịch|bí\s+thư|(?:tổng\s+)?giám\s+đốc|(?:cục|vụ|sở|thứ|bộ|viện|hiệu|hạt|đội|tổ)?\s?trưởng|ủy\s+viên|uỷ\s+viên|chánh|tổng\s+biên\s+tập|chuyên\s+viên)\s/iu

/**
 * Takes the author from the end of a body: what stands after the end mark "./.", a labelled line ("Tác giả: …",
 * "Tin, ảnh: …", "(Theo …)"), or a last short line that is built like a name with or without offices. A name and its
 * offices on lines of their own are joined by " - "; a source named beside an author stands in parentheses.
 */
export function splitSignature(paragraphs: readonly string[]): SplitSignature {
  const endsAt = paragraphs.findLastIndex((text) => endMark.test(text.slice(-8)))
  const after = paragraphs.slice(endsAt + 1)
  if (
    endsAt >= 0 &&
    after.length <= maxSignatureLines &&
    after.every(canFollowEndMark) &&
    !after.every(isPictureCredit)
  )
    return { body: paragraphs.slice(0, endsAt + 1), author: joinSignature(after) }

  const last = paragraphs.at(-1)
  if (last === undefined) return { body: [], author: null }
  // "…của địa phương./. Lý Thái Hải" on one line.
  const [, text, signed] = endMarkInside.exec(last) ?? []
  if (text !== undefined && signed !== undefined && !endsSentence(signed))
    return { body: [...paragraphs.slice(0, -1), text], author: joinSignature([signed]) }

  // Without the end mark only lines that look like a signature are taken, from the last one upwards.
  // A list of short lines (rooms, hours, names) has no signature; a text has, below its sentences.
  if (!paragraphs.slice(0, -1).some((text) => text.length >= minSignedParagraph))
    return { body: [...paragraphs], author: null }
  const body = [...paragraphs]
  const lines: string[] = []
  const belongs = (line: string): boolean => isSignatureLine(line) || isOffice(line)
  // "Tin, bài: …" may have "Ảnh: …" below it.
  const [beforeLast = '', ending = ''] = body.slice(-2)
  if (isByline(beforeLast) && isPictureCredit(ending)) lines.unshift(body.pop() ?? '')
  while (body.length > 1 && lines.length < maxSignatureLines && belongs(body.at(-1) ?? ''))
    lines.unshift(body.pop() ?? '')
  // An office needs the name above it.
  while (lines[0] !== undefined && !isSignatureLine(lines[0])) body.push(lines.shift() ?? '')
  return { body, author: lines.length === 0 ? null : joinSignature(lines) }
}

/**
 * Who signed the text and whom the page names: a text signed only with its source ("theo TTXVN") has the named author
 * too.
 */
export function joinAuthors(signed: string | null, named: string | null): string | null {
  if (signed === null || named === null) return signed ?? named
  const isSourceOnly = credit.test(signed.normalize('NFC'))
  return isSourceOnly && !signed.includes(named)
    ? `${named} (${signed.charAt(0).toLowerCase()}${signed.slice(1)})`
    : signed
}

/** Whether a line says who made the text ("Bài và ảnh: …"), which is no picture's credit. */
export function isByline(text: string): boolean {
  return text.length <= 120 && labelled.test(text.normalize('NFC').trim())
}

/** The name on a line that says "Tác giả: …" or "Người viết: …"; null where it says something else. */
export function readLabelledAuthor(line: string): string | null {
  const found = /^(?:(?:tác\s+giả|người\s+viết)\s*:|(?:được\s+)?viết\s+bởi\s*:?)\s*(.{1,120})$/iu.exec(
    line.normalize('NFC').trim(),
  )?.[1]
  return found === undefined || endsSentence(found) ? null : found.trim()
}

/** Who signs on a line that is built like a signature; null where it is none. */
export function readSignature(line: string): string | null {
  return isSignatureLine(line) ? joinSignature([line]) : null
}

/** After the end mark any short line that is no sentence is a signature. */
function canFollowEndMark(line: string): boolean {
  return line.length <= maxSignatureLength && (!endsSentence(line) || isSignatureLine(line))
}

function isOffice(line: string): boolean {
  return line.length <= maxSignatureLength && office.test(line.normalize('NFC')) && !endsSentence(line)
}

/** Whether a line only names who took the pictures ("Ảnh: …"). */
export function isPictureCredit(line: string): boolean {
  return line.length <= 80 && pictureCredit.test(line.normalize('NFC').trim())
}

function isSignatureLine(received: string): boolean {
  if (received.length > maxSignatureLength) return false
  if (received.length > maxCapitalsLength && received === received.toUpperCase()) return false
  const line = received.normalize('NFC').replace(manner, '')
  if (labelled.test(line)) return line.length <= 120
  if (credit.test(line)) return line.length <= 80 && (/^[([].*[)\]]$/u.test(line) || !endsSentence(line))
  if (offices.test(line)) return line.length <= 60 && !endsSentence(line)
  return signature.test(line) && !/[!?:;…]$/u.test(line)
}

function joinSignature(lines: readonly string[]): string {
  const credits: string[] = []
  let author = ''
  for (const received of lines) {
    const line = received.replace(manner, '').trim()
    const composed = line.normalize('NFC')
    const named = labelled.exec(composed)?.[1]
    const source = named === undefined ? (credit.exec(composed) ?? pictureCredit.exec(composed))?.[1] : undefined
    if (source !== undefined) credits.push(source)
    else {
      const text = (named ?? line.replace(/^\(([^()]*)\)$/u, '$1')).replace(manner, '').replace(fullStop, '').trim()
      // A line broken after a comma, or going on in lower case, is one line.
      const joint = author === '' ? '' : /[,–—-]$/u.test(author) || /^\p{Ll}/u.test(text) ? ' ' : ' - '
      author += `${joint}${text}`
    }
  }
  if (credits.length === 0) return author
  const source = credits.join('; ')
  return author === '' ? source : `${author} (${source.charAt(0).toLowerCase()}${source.slice(1)})`
}
