import { isDateLine } from '../../text/dates'
import { fold } from '../../text/fold'

/** The places on a page that may contain its title. */
export interface TitleSources {
  /** Visible headings, in page order. */
  headings: readonly string[]
  /** Title in the metadata (og:title, JSON-LD), or null. */
  declared: string | null
  /** Text of the `<title>` element, which often includes the name of the site. */
  documentTitle: string
  /** Lines of the page, from top to bottom. */
  lines: readonly string[]
  /** Name of the site in the metadata, or null. */
  siteName?: string | null
}

/** Matches the characters between a title and the name of the site in the title element. */
export const titleSeparator = /\s+[|–—-]\s+|\s*[»|>]\s*/u
const maxTitleLength = 300
const minTitleLength = 8

/**
 * Maximum number of words in a site name in capitals after "Cổng thông tin điện tử" or the like. A longer line in
 * capitals may be a title, because in capitals the case does not tell names from other words.
 */
const maxCapitalWords = 8

/**
 * Matches the name of a site ("Cổng thông tin điện tử xã …"), which is not a title. The group holds the words after the
 * kind of site.
 */
const portalName =
  /^[\s:.*–-]*(?:(?:cổng|trang)\s+(?:(?:thông\s+tin|tin|web)(?:\s+điện\s+tử)?|tttđt|ttđt)|cổng\s+ttđt|website|trang\s+chủ|ubnd|ủy\s+ban\s+nhân\s+dân|uỷ\s+ban\s+nhân\s+dân)(?![\p{L}])(.*)$/iu

/** Whether a heading is the name of a site and not the title of an article. */
export function isPortalName(text: string): boolean {
  const rest = portalName.exec(text.normalize('NFC').trim())?.[1]
  if (rest === undefined || text.length > 120) return false
  const words = rest.split(/[\s–—-]+/u).filter((word) => word !== '')
  // If other words in lower case follow, the heading is a sentence. In the name of a site, only proper names and words
  // such as "xã", "Sở" or "huyện" follow.
  const small = words
    .slice(1)
    .filter((word) => /^\p{Ll}/u.test(word) && !/^(?:và|tỉnh|huyện|xã|phường|thị|thành|trấn|phố|quận)$/u.test(word))
  if (text === text.toUpperCase()) return words.length <= maxCapitalWords
  return small.length === 0
}

/**
 * Finds the title in the form in which the page shows it. The first choice is a heading or line that has the same words
 * as the declared title or a part of the title element. The second choice is the heading that is most similar to the
 * declared title or the title element. The third choice is the declared title. If no title is declared, the third
 * choice is the title element without the name of the site, else a heading. Names of sites are ignored. Names of
 * sections are used only if nothing else fits. Returns null if none of these is found. The title element alone is not
 * enough, because its text may be the name of the site.
 */
export function findTitle({
  headings: received,
  declared: stated,
  documentTitle,
  lines,
  siteName = null,
}: TitleSources): string | null {
  const headings = received.filter((heading) => !isPortalName(heading))
  const declared = stated === null || isPortalName(stated) ? null : removeSiteParts(stated, siteName)
  const elementTitle = documentTitle.replace(/\s+/gu, ' ').trim()
  const expected = declared ?? elementTitle
  // In "Tên bài | Cổng thông tin", the part that is also a line of the page is the title.
  const parts = elementTitle.split(titleSeparator)
  const agreeing = findAgreeing(headings, [elementTitle, ...parts], declared)
  if (agreeing !== null) return agreeing
  const candidates = lines.filter(
    (line) => line.length > minTitleLength && line.length < maxTitleLength && mayBeTitle(line),
  )
  const expectedParts = [expected, ...parts.toSorted((a, b) => b.length - a.length)].filter(
    (part) => part.length > minTitleLength && !isPortalName(part),
  )
  const findShown = (part: string): string | undefined =>
    [...headings, ...candidates].find((line) => isSameText(line, part))
  const equal = expectedParts
    .filter((part) => !isSectionName(part))
    .map(findShown)
    .find((line) => line !== undefined)
  if (equal !== undefined) return equal
  const closest = headings.toSorted(
    (a, b) => measureSimilarity(b, expected) - measureSimilarity(a, expected) || b.length - a.length,
  )[0]
  const isSection = closest !== undefined && isSectionName(closest)
  if (closest !== undefined && measureSimilarity(closest, expected) > (isSection ? 0.6 : 0.3))
    if (!isSection || declared !== null || isSameText(closest, parts[0] ?? '')) return closest
  const equalSection = expectedParts.map(findShown).find((line) => line !== undefined)
  if (equalSection !== undefined) return equalSection
  if (closest !== undefined && isSection && measureSimilarity(closest, expected) > 0.6) return closest
  if (declared !== null || headings.length === 0) return declared
  const longHeading = headings.find((heading) => !isSectionName(heading))
  return removeSiteName(elementTitle, lines) ?? longHeading ?? null
}

/**
 * Finds a heading that is also a part of the title element. Such a heading is more reliable than markup that was pasted
 * into the text, because both belong to the page itself. Names of sections are left out. If several headings match, the
 * one with the declared title is returned, else the longest.
 */
function findAgreeing(headings: readonly string[], parts: readonly string[], declared: string | null): string | null {
  const agreeing = headings.filter(
    (heading) => !isSectionName(heading) && parts.some((part) => isSameText(part, heading)),
  )
  const isDeclared = (heading: string): boolean => declared !== null && isSameText(heading, declared)
  return agreeing.find(isDeclared) ?? agreeing.toSorted((a, b) => b.length - a.length)[0] ?? null
}

/**
 * Removes the names of sites and sections from the beginning and the end of a title ("Tin tức - Tên bài | Cổng thông
 * tin"). Returns the title unchanged if nothing else would be left.
 */
export function removeSiteParts(title: string, siteName: string | null): string {
  const parts = title.split(titleSeparator)
  const isSite = (part: string): boolean =>
    isPortalName(part) || (siteName !== null && siteName !== title && isSameText(part, siteName))
  const kept = parts.map((part) => part.trim() !== '' && !isSite(part))
  const hasTitle = parts.some((part, at) => kept[at] === true && !isSectionName(part))
  // A short part beside the name of the site counts as the name of a section if a longer part can be the title.
  const isOwn = (part: string, at: number): boolean =>
    kept[at] === true && !(hasTitle && kept.includes(false) && isSectionName(part))
  const first = parts.findIndex(isOwn)
  const last = parts.findLastIndex(isOwn)
  if (first < 0 || (first === 0 && last === parts.length - 1)) return title
  const start = title.indexOf(parts[first] ?? '')
  const end = title.lastIndexOf(parts[last] ?? '') + (parts[last] ?? '').length
  return title.slice(start, end).trim()
}

function mayBeTitle(line: string): boolean {
  return !isDateLine(line) && !isPortalName(line)
}

/**
 * Returns the text of the title element ("Tên trang - Tên cổng") without the last part, if a line of the page contains
 * this title. Otherwise returns null.
 */
function removeSiteName(documentTitle: string, lines: readonly string[]): string | null {
  const rest = /^(.{8,}\S)\s+[|»–—-]\s+\S.{0,100}$/u.exec(documentTitle)?.[1]
  return rest !== undefined &&
    !isPortalName(rest) &&
    lines.some((line) => measureSimilarity(line, rest) > 0.8 && line.length >= rest.length)
    ? rest
    : null
}

/**
 * Whether a heading has at most four words and may therefore be the name of a section ("Tin hoạt động"). A word that
 * such a heading shares with the title is not evidence of a match.
 */
export function isSectionName(heading: string): boolean {
  return heading.trim().split(/\s+/u).length <= 4
}

/** Whether two texts have the same words in the same order. Ignores diacritics, letter case and punctuation. */
export function isSameText(a: string, b: string): boolean {
  const key = (text: string): string =>
    fold(text)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return a.length < b.length * 2 + 20 && b.length < a.length * 2 + 20 && key(a) === key(b) && key(a) !== ''
}

/** Returns how many of the different words of the shorter text are also in the other text, as a share from 0 to 1. */
export function measureSimilarity(a: string, b: string): number {
  const words = (text: string): Set<string> => new Set(fold(text).match(/[\p{L}\p{N}]+/gu))
  const [left, right] = [words(a), words(b)]
  const shared = [...left].filter((word) => right.has(word)).length
  return left.size === 0 || right.size === 0 ? 0 : shared / Math.min(left.size, right.size)
}
