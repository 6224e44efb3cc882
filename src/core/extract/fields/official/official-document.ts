import type { OfficialDocument } from '../../../../shared/bulletin'
import { findDocumentNumbers } from '../../../../shared/text/document-numbers'
import { isPortalName } from '../title'
import { bareKind, isBareKind, kindWords, kinds } from './kinds'
import { isCapitals, isOfficeName, type Letterhead, mayHaveLetterhead, readLetterhead } from './letterhead'
import { findSigner } from './signer'

/** The facts of an official document, and the title that its kind and subject form. */
export interface FoundDocument {
  /** The facts. Null if the page has no letterhead. */
  facts: OfficialDocument | null
  /** Kind and subject ("Thông báo về việc cắt nước"). Null if the page states no subject. */
  title: string | null
}

const kindWithSubject = new RegExp(String.raw`^(${kindWords})\s*[:.–—-]?\s+(\S.{4,399})$`, 'iu')
const subjectStart = /^\(?(?:về(?:\s+việc)?|v\s*\/\s*v)(?!\p{L})\s*:?\s*/iu
/** Matches a line that begins the text of a document. Such a line is not the subject. */
const textStart =
  /^(?:căn\s+cứ|thực\s+hiện\s+(?:kế|quyết|chỉ|công|nghị|thông|chương)|kính\s+(?:gửi|mời)|(?:chủ\s+tịch|(?:ủy|uỷ)\s+ban\s+nhân|hội\s+đồng|(?:bộ|tổng\s+cục|chi\s+cục|hiệu|viện)\s+trưởng|(?:tổng\s+)?giám\s+đốc|thủ\s+tướng|chính\s+phủ|quốc\s+hội|thống\s+đốc)(?!\p{L})|để\s|nhằm\s|theo\s|điều\s+\d|chương\s|phần\s|[ivx]{1,4}\.|\d{1,2}[.)]|[-–+•]\s|số\s*:|ngày\s|tại\s|hôm\s|sáng\s|chiều\s|\()/iu
const rule = /^[\s*_=~&.:–—-]+$/u
/** Matches a gap in which the number or the day is written by hand. */
const blank = /(số\s*:?|ngày|tháng)\s+(?=[/-]|tháng|năm)/giu
const maxSubjectLength = 400
/**
 * Maximum number of characters in a further line of the subject that begins with a capital letter. A longer line begins
 * the text.
 */
const maxRestLength = 100
/** Maximum number of lines between the letterhead and the line with the kind. */
const maxLinesToKind = 8

/**
 * Matches titles that are not the name of a document: the title that Word writes into a file, or the name of a file.
 */
const fileTitle = /^(?:microsoft\s+word\b.*|untitled.*|document\s*\d*|new\s+page.*|\S+\.(?:docx?|pdf|html?))$/iu

/**
 * Returns the title that the kind and the subject of a document form, if it has more content than `named`, the title in
 * the page's markup. Returns null if `named` is better, or if the document has no such title.
 */
export function chooseOfficialTitle(named: string | null, document: FoundDocument | null): string | null {
  if (document?.title == null) return null
  if (named === null || isBareKind(named) || isPortalName(named) || fileTitle.test(named.trim())) return document.title
  const text = named.normalize('NFC').trim()
  return isOfficeName(text) || document.title.toLowerCase().includes(text.toLowerCase()) ? document.title : null
}

/**
 * Reads an official document from the lines of a page. Its title consists of the kind and the subject, which stand on
 * separate lines. Returns null if the page is not an official document.
 */
export function readOfficialDocument(received: readonly string[]): FoundDocument | null {
  const lines = splitColumns(received)
  const head = mayHaveLetterhead(lines.join('\n')) ? readLetterhead(lines) : null
  const named = findKind(lines, head)
  if (head === null) {
    // A heading such as "THÔNG BÁO" without a letterhead begins a document only if a subject such as "Về việc …"
    // follows.
    const subject = named?.subject ?? null
    return named === null || subject === null || !subjectStart.test(subject)
      ? null
      : { facts: null, title: createTitle(named.kind, subject) }
  }
  const kind = named?.kind ?? findKindOfNumber(head.number) ?? (head.subject === null ? null : 'Công văn')
  const subject = named?.subject ?? head.subject
  const { number, issuer, place, date } = head
  const written = subject === null ? null : named?.subject == null ? `về việc ${subject}` : subject
  return {
    facts: { kind, subject: written, number, issuer, place, date, ...findSigner(lines) },
    title: kind === null || written === null ? null : createTitle(kind, written),
  }
}

/** Splits lines at the gaps between the columns of a document. Leaves out empty lines and rules. */
function splitColumns(lines: readonly string[]): string[] {
  return lines
    .map((line) => line.normalize('NFC').replace(blank, '$1 '))
    .flatMap((line) => line.split(/[^\S\u00a0]{3,}|\u00a0{3,}|\t+|\|/u))
    .map((line) =>
      line
        .replace(/\s*[*_=~–—-]{3,}[*_=&~\s–—-]*/gu, ' ')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .filter((line) => line !== '' && !rule.test(line))
}

function findKind(lines: readonly string[], head: Letterhead | null): { kind: string; subject: string | null } | null {
  const from = head?.end ?? 0
  const to = head === null ? lines.length : Math.min(lines.length, from + maxLinesToKind)
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? ''
    const bare = bareKind.exec(line)?.[1]
    if (bare !== undefined) {
      const subject = readSubject(lines, at + 1)
      if (head !== null || subject !== null) return { kind: findKindName(bare), subject }
    }
    // The kind and the subject may share a line if the kind is in capitals. Any other such line is the heading of a
    // news article.
    const [, kind, subject] = kindWithSubject.exec(line) ?? []
    if (head !== null && kind !== undefined && subject !== undefined && isCapitals(kind))
      return { kind: findKindName(kind), subject: joinSubject(subject, lines, at + 1) }
    if (head !== null && textStart.test(line)) return null
  }
  return null
}

function readSubject(lines: readonly string[], from: number): string | null {
  const at = lines.findIndex((line, index) => index >= from && !rule.test(line))
  const line = lines[at]
  if (line === undefined || at > from + 2 || line.length > maxSubjectLength) return null
  const isNamed = subjectStart.test(line)
  if (!isNamed && (textStart.test(line) || /[.;:]$/u.test(line) || isBareKind(line))) return null
  return joinSubject(line, lines, at + 1)
}

/**
 * Adds the next lines while they continue the subject. Such lines have the same letter case and no end of a sentence.
 */
function joinSubject(first: string, lines: readonly string[], from: number): string {
  let text = first.replace(/\s*[*_–—-]{3,}\s*$/u, '')
  for (let at = from; at < from + 4; at++) {
    const line = lines[at] ?? ''
    const isRest =
      line !== '' &&
      !rule.test(line) &&
      line.length <= 160 &&
      (!textStart.test(line) || /^ngày\s/iu.test(line)) &&
      isCapitals(line) === isCapitals(text) &&
      (isCapitals(line) || /^\p{Ll}/u.test(line) || line.length <= maxRestLength) &&
      !/[.;:)]$/u.test(text) &&
      !/[.;:]$/u.test(line)
    if (!isRest || text.length + line.length > maxSubjectLength) break
    text = `${text} ${line}`
  }
  return text.replace(/[.:;]$/u, '').trim()
}

/**
 * Joins kind and subject. The subject begins in lower case, unless the subject begins with a name or is in capitals.
 */
function createTitle(kind: string, subject: string): string {
  const text = subject.replace(/^\((.*)\)$/u, '$1').replace(/^v\s*\/\s*v\s*:?\s*/iu, 'về việc ')
  if (isCapitals(text)) return `${kind.toUpperCase()} ${text}`
  const isName = /^\p{Lu}\S*\s+\p{Lu}/u.test(text)
  return `${kind} ${isName ? text : text.charAt(0).toLowerCase() + text.slice(1)}`
}

function findKindName(written: string): string {
  const key = written.toLowerCase().replace(/\s+/gu, ' ')
  return kinds.find((kind) => kind.toLowerCase() === key) ?? written
}

function findKindOfNumber(number: string | null): string | null {
  return number === null ? null : (findDocumentNumbers(number)[0]?.kind ?? null)
}
