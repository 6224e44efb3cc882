import { isDateLine } from '../text/dates'
import { fold } from '../text/fold'

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

const longest = 300
const shortest = 8

/**
 * The title as the page shows it: the heading that says what the page's own title says, or the line that does; else
 * the declared one; else the only heading. Null where the page shows and declares none (the title element alone may
 * be the site's name).
 */
export function titleOf({ headings, declared, documentTitle, lines }: TitleSources): string | null {
  const own = documentTitle.replace(/\s+/gu, ' ').trim()
  const wanted = declared ?? own
  const likest = headings.toSorted((a, b) => likeness(b, wanted) - likeness(a, wanted) || b.length - a.length)[0]
  if (likest !== undefined && likeness(likest, wanted) > (isSectionName(likest) ? 0.6 : 0.3)) return likest
  const candidates = lines.filter((line) => line.length > shortest && line.length < longest && !isDateLine(line))
  // "Tên bài | Cổng thông tin": the part that is also a line of the page.
  const wantedParts = [wanted, ...own.split(/\s+[|–—-]\s+|\s*[»|]\s*/u)].filter((part) => part.length > shortest)
  const line = candidates.find((candidate) => wantedParts.some((part) => isSame(candidate, part)))
  if (line !== undefined) return line
  if (declared !== null || headings.length === 0) return declared
  return titleWithoutSite(own, lines) ?? headings[0] ?? null
}

/** "Tên trang - Tên cổng": the title element without its last part, where the page's text bears it out. */
function titleWithoutSite(documentTitle: string, lines: readonly string[]): string | null {
  const rest = /^(.{8,}\S)\s+[|»–—-]\s+\S.{0,100}$/u.exec(documentTitle)?.[1]
  return rest !== undefined && lines.some((line) => likeness(line, rest) > 0.8 && line.length >= rest.length)
    ? rest
    : null
}

/** "Tin hoạt động": so few words that one shared with the title says nothing. */
function isSectionName(heading: string): boolean {
  return heading.trim().split(/\s+/u).length <= 4
}

/** Same words, whatever their marks, case and punctuation. */
export function isSame(a: string, b: string): boolean {
  const key = (text: string): string =>
    fold(text)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return a.length < b.length * 2 + 20 && b.length < a.length * 2 + 20 && key(a) === key(b) && key(a) !== ''
}

/** Share of the shorter text's words that the other has too, 0–1. */
export function likeness(a: string, b: string): number {
  const words = (text: string): Set<string> => new Set(fold(text).match(/[\p{L}\p{N}]+/gu))
  const [left, right] = [words(a), words(b)]
  const shared = [...left].filter((word) => right.has(word)).length
  return left.size === 0 || right.size === 0 ? 0 : shared / Math.min(left.size, right.size)
}
