import { endsSentence } from '../../text/sentences'

/** The paragraphs of a body without its signature, and the author from the signature. */
export interface SplitSignature {
  /** Paragraphs of the body, including the end mark. */
  body: string[]
  author: string | null
}

/** Matches the end mark "./.", which ends an official text in Vietnam. */
const endMark = /\.\s?\/\s?\.?["”»)]?$/u
const endMarkInside = /^(.{1,20000}?\.\s?\/\s?\.?["”»)]?)\s+(\S.{0,249})$/su
const maxSignatureLength = 250
const maxSignatureLines = 4
/**
 * Minimum length in characters of the longest paragraph. A text whose paragraphs are all shorter is not searched for a
 * signature.
 */
const minSignedParagraph = 50
/**
 * Maximum length in characters of a name in capital letters. The limit is needed because every word of such a line
 * begins with a capital letter, so the pattern for names would match any text.
 */
const maxCapitalsLength = 60
/**
 * Matches a line such as "Tin, ảnh: …" that names the author of the text, who may also be the photographer. Does not
 * match a line that names only the photographer ("Ảnh: …").
 */
const labelled =
  /^\(?(?:tác\s+giả|người\s+viết|(?:bài\s+viết|bài|tin|video|clip)(?:\s*(?:,|và|-|&|\/)\s*(?:bài|ảnh|video|clip|đồ họa))*|thực\s+hiện|nội\s+dung|biên\s+tập)\s*:\s*(.+?)\)?$/iu
const credit = /^[([]?((?:theo|nguồn(?:\s+tin)?|trích|lược\s+theo)\s*:?\s+.+?)[)\]]?$/iu
/**
 * Matches the credit of a picture ("Ảnh: …"). A credit alone does not name an author, but may stand beside an author.
 */
const pictureCredit = /^\(?(ảnh\s*:\s*.+?)\)?$/iu
/**
 * Matches "(tổng hợp)" and similar words after a name. They describe the kind of work and are not a part of the name.
 */
const manner = /\s*\((?:tổng\s+hợp|t\/h|th|lược\s+dịch|biên\s+dịch|dịch|ghi|st|sưu\s+tầm|thực\s+hiện)\)$/iu
/** Matches the full stop of "Hà Thu.", but not the last full stop of "P.V.". */
const fullStop = /(?<=\p{Ll})\.$/u
const word = String.raw`\p{Lu}[\p{L}\p{M}.]*`
const name = String.raw`${word}(?:\s+${word}){0,5}`
/**
 * Matches a name, or names joined by "-", "," or "và". Offices may follow after a dash, after a comma or in
 * parentheses.
 */
const signature = new RegExp(
  String.raw`^${name}(?:\s*\([^().!?]{2,80}\))?(?:\s*(?:[-–—,&/]|và\s)\s*\p{Lu}[^.!?]*)?\.?$`,
  'u',
)
const offices =
  /^(?:ban\s+biên\s+tập|bbt|b\.b\.t|nhóm\s+(?:pv|phóng\s+viên)|pv|p\.v|phóng\s+viên|văn\s+phòng\s|phòng\s|sở\s|ban\s|cổng\s+(?:ttđt|thông\s+tin)|trung\s+tâm\s|ttxvn|báo\s)/iu
const office =
  /^(?:phó|chủ\s+tịch|bí\s+thư|(?:tổng\s+)?giám\s+đốc|(?:cục|vụ|sở|thứ|bộ|viện|hiệu|hạt|đội|tổ)?\s?trưởng|ủy\s+viên|uỷ\s+viên|chánh|tổng\s+biên\s+tập|chuyên\s+viên)\s/iu

/**
 * Splits the signature from the end of a body and reads the author from it. The signature is the text after the end
 * mark "./.", a labelled line ("Tác giả: …", "Tin, ảnh: …", "(Theo …)"), or a short last line that has the form of a
 * name. A name may be followed by the offices that the person holds. A name and offices on separate lines are joined
 * with " - ". A source beside an author is put in parentheses.
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
  // The end mark and the author may share a line: "…của địa phương./. Lý Thái Hải".
  const [, text, signed] = endMarkInside.exec(last) ?? []
  if (text !== undefined && signed !== undefined && !endsSentence(signed))
    return { body: [...paragraphs.slice(0, -1), text], author: joinSignature([signed]) }

  // Without an end mark, only lines that look like a signature are taken, from the last line upwards. If no other
  // paragraph is long, the body stays unchanged, because a list of short lines (rooms, hours, names) has no signature.
  if (!paragraphs.slice(0, -1).some((text) => text.length >= minSignedParagraph))
    return { body: [...paragraphs], author: null }
  const body = [...paragraphs]
  const lines: string[] = []
  const isSignaturePart = (line: string): boolean => isSignatureLine(line) || isOffice(line)
  // The credit of a picture ("Ảnh: …") may stand below the author ("Tin, bài: …").
  const [beforeLast = '', ending = ''] = body.slice(-2)
  if (isByline(beforeLast) && isPictureCredit(ending)) lines.unshift(body.pop() ?? '')
  while (body.length > 1 && lines.length < maxSignatureLines && isSignaturePart(body.at(-1) ?? ''))
    lines.unshift(body.pop() ?? '')
  // An office is only taken together with a name above it.
  while (lines[0] !== undefined && !isSignatureLine(lines[0])) body.push(lines.shift() ?? '')
  return { body, author: lines.length === 0 ? null : joinSignature(lines) }
}

/**
 * Combines `signed`, the author in the signature, with `named`, the author in another part of the page. The
 * signature is preferred. If the signature is only a source ("theo TTXVN"), the result is the named author with the
 * source in parentheses.
 */
export function joinAuthors(signed: string | null, named: string | null): string | null {
  if (signed === null || named === null) return signed ?? named
  const isSourceOnly = credit.test(signed.normalize('NFC'))
  return isSourceOnly && !signed.includes(named)
    ? `${named} (${signed.charAt(0).toLowerCase()}${signed.slice(1)})`
    : signed
}

/** Whether a line names the author of the text ("Bài và ảnh: …"). The credit of a picture does not match. */
export function isByline(text: string): boolean {
  return text.length <= 120 && labelled.test(text.normalize('NFC').trim())
}

/** Returns the author on a line such as "Tác giả: …" or "Người viết: …". Returns null for any other line. */
export function readLabelledAuthor(line: string): string | null {
  const found = /^(?:(?:tác\s+giả|người\s+viết)\s*:|(?:được\s+)?viết\s+bởi\s*:?)\s*(.{1,120})$/iu.exec(
    line.normalize('NFC').trim(),
  )?.[1]
  return found === undefined || endsSentence(found) ? null : found.trim()
}

/** Returns the author on a line that has the form of a signature. Returns null for any other line. */
export function readSignature(line: string): string | null {
  return isSignatureLine(line) ? joinSignature([line]) : null
}

/**
 * Whether a line after the end mark may belong to the signature. Such a line is short, and is not a sentence unless it
 * looks like a signature.
 */
function canFollowEndMark(line: string): boolean {
  return line.length <= maxSignatureLength && (!endsSentence(line) || isSignatureLine(line))
}

function isOffice(line: string): boolean {
  return line.length <= maxSignatureLength && office.test(line.normalize('NFC')) && !endsSentence(line)
}

/** Whether a line names only the photographer ("Ảnh: …"). */
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
      // A line that follows a comma, or begins in lower case, continues the line above it.
      const joint = author === '' ? '' : /[,–—-]$/u.test(author) || /^\p{Ll}/u.test(text) ? ' ' : ' - '
      author += `${joint}${text}`
    }
  }
  if (credits.length === 0) return author
  const source = credits.join('; ')
  return author === '' ? source : `${author} (${source.charAt(0).toLowerCase()}${source.slice(1)})`
}
