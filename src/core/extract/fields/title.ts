import { isDateLine } from '../../text/dates'
import { fold } from '../../text/fold'

/** What the title of a page may be read from. */
export interface TitleSources {
  /** Visible headings, in their order. */
  headings: readonly string[]
  /** og:title, JSON-LD. */
  declared: string | null
  /** The title element: often with the site's name. */
  documentTitle: string
  /** The page's lines, top to bottom. */
  lines: readonly string[]
}

/** What parts a title from the site's name in the title element. */
export const titleSeparator = /\s+[|–—-]\s+|\s*[»|>]\s*/u
const maxTitleLength = 300
const minTitleLength = 8

/** In capitals every word looks like a name: a site's own is no longer. */
const maxCapitalWords = 8

/** "Cổng thông tin điện tử xã …": a site's own name, which is no title; what follows the unit is a name of its own. */
const portalName =
  /^[\s:.*–-]*(?:(?:cổng|trang)\s+(?:(?:thông\s+tin|tin|web)(?:\s+điện\s+tử)?|tttđt|ttđt)|cổng\s+ttđt|website|trang\s+chủ|ubnd|ủy\s+ban\s+nhân\s+dân|uỷ\s+ban\s+nhân\s+dân)(?![\p{L}])(.*)$/iu

/** Whether a heading is the name of the site rather than of something on it. */
export function isPortalName(text: string): boolean {
  const rest = portalName.exec(text.normalize('NFC').trim())?.[1]
  if (rest === undefined || text.length > 120) return false
  const words = rest.split(/[\s–—-]+/u).filter((word) => word !== '')
  // After the unit ("xã", "Sở", "huyện") only names follow; a sentence goes on in small letters.
  const small = words
    .slice(1)
    .filter((word) => /^\p{Ll}/u.test(word) && !/^(?:và|tỉnh|huyện|xã|phường|thị|thành|trấn|phố|quận)$/u.test(word))
  if (text === text.toUpperCase()) return words.length <= maxCapitalWords
  return small.length === 0
}

/**
 * The title as the page shows it: the heading that says what the page's own title says, or the line that does; else
 * the declared one; else the only heading. A site's name is none, nor is a section's where the title says more. Null
 * where the page shows and declares none (the title element alone may be the site's name).
 */
export function findTitle({ headings: received, declared: stated, documentTitle, lines }: TitleSources): string | null {
  const headings = received.filter((heading) => !isPortalName(heading))
  const declared = stated === null || isPortalName(stated) ? null : stated
  const own = documentTitle.replace(/\s+/gu, ' ').trim()
  const wanted = declared ?? own
  // "Tên bài | Cổng thông tin": the part that is also a line of the page.
  const parts = own.split(titleSeparator)
  const candidates = lines.filter(
    (line) => line.length > minTitleLength && line.length < maxTitleLength && mayBeTitle(line),
  )
  const wantedParts = [wanted, ...parts.toSorted((a, b) => b.length - a.length)].filter(
    (part) => part.length > minTitleLength && !isPortalName(part),
  )
  const findShown = (part: string): string | undefined =>
    [...headings, ...candidates].find((line) => isSameText(line, part))
  const telling = wantedParts.filter((part) => !isSectionName(part)).map(findShown)
  const exact = telling.find((line) => line !== undefined)
  if (exact !== undefined) return exact
  const likest = headings.toSorted(
    (a, b) => measureSimilarity(b, wanted) - measureSimilarity(a, wanted) || b.length - a.length,
  )[0]
  const isSection = likest !== undefined && isSectionName(likest)
  if (likest !== undefined && measureSimilarity(likest, wanted) > (isSection ? 0.6 : 0.3))
    if (!isSection || declared !== null || isSameText(likest, parts[0] ?? '')) return likest
  const line = wantedParts.map(findShown).find((found) => found !== undefined)
  if (line !== undefined) return line
  if (likest !== undefined && isSection && measureSimilarity(likest, wanted) > 0.6) return likest
  if (declared !== null || headings.length === 0) return declared
  const whole = headings.find((heading) => !isSectionName(heading))
  return removeSiteName(own, lines) ?? whole ?? null
}

function mayBeTitle(line: string): boolean {
  return !isDateLine(line) && !isPortalName(line)
}

/** "Tên trang - Tên cổng": the title element without its last part, where the page's text bears it out. */
function removeSiteName(documentTitle: string, lines: readonly string[]): string | null {
  const rest = /^(.{8,}\S)\s+[|»–—-]\s+\S.{0,100}$/u.exec(documentTitle)?.[1]
  return rest !== undefined && lines.some((line) => measureSimilarity(line, rest) > 0.8 && line.length >= rest.length)
    ? rest
    : null
}

/** "Tin hoạt động": so few words that one shared with the title says nothing. */
export function isSectionName(heading: string): boolean {
  return heading.trim().split(/\s+/u).length <= 4
}

/** Same words, whatever their marks, case and punctuation. */
export function isSameText(a: string, b: string): boolean {
  const key = (text: string): string =>
    fold(text)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return a.length < b.length * 2 + 20 && b.length < a.length * 2 + 20 && key(a) === key(b) && key(a) !== ''
}

/** Share of the shorter text's words that the other has too, 0–1. */
export function measureSimilarity(a: string, b: string): number {
  const words = (text: string): Set<string> => new Set(fold(text).match(/[\p{L}\p{N}]+/gu))
  const [left, right] = [words(a), words(b)]
  const shared = [...left].filter((word) => right.has(word)).length
  return left.size === 0 || right.size === 0 ? 0 : shared / Math.min(left.size, right.size)
}
