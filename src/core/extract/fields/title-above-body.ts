import { isDateLine } from '../../text/dates'
import { isNamedTitle } from '../html/elements'
import type { BodyItem } from '../body-item'
import { isDateStamp, classifyLine } from '../line-kind'
import { findOwnBoxes, type PageLine } from '../html/page-lines'
import { isPortalName, isSectionName } from './title'

const lengths = { min: 8, max: 300, sentence: 160 }
/** Minimum length in characters of the line with which the body begins. The title is above that line. */
const minProse = 100
/** Maximum number of lines above the body that are searched for a title. */
const maxLinesAbove = 10
const heading = /^h[1-4]$/
/** Matches class names that make a box look like a heading. */
const headingClass = /(?:^|\s)h[1-4](?:\s|$)/
const large =
  /font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:large|x-large|xx-large|1[6-9](?:\.\d+)?(?:px|pt)|[2-4]\d(?:\.\d+)?(?:px|pt)|1\.[3-9]\d*r?em|[2-4](?:\.\d+)?r?em)/i
/** Maximum number of boxes around a line that are checked for the class name or the style of a title. */
const maxLevels = 3

/**
 * Finds the title of a page without a title in its metadata or headings. The title is the most prominent line above
 * the body. A heading or a box with a class name for titles is more prominent than bold or large letters. Among equally
 * prominent lines, the one nearest to the body is chosen. Returns null if no line is prominent.
 */
export function findTitleAboveBody(lines: readonly PageLine[], items: readonly BodyItem[]): string | null {
  const bodyAt = findBodyStart(lines, items)
  let [best, highest] = [null as string | null, 0] // `as`: TypeScript would narrow the type to null
  for (const line of lines.slice(Math.max(0, bodyAt - maxLinesAbove), Math.max(0, bodyAt))) {
    const rank = mayBeTitle(line) ? rankLine(line) : 0
    if (rank > 0 && rank >= highest) [best, highest] = [line.text, rank]
  }
  return best
}

/**
 * Finds the index of the first long line of the body. If the body has no long line, returns the index of its first
 * line.
 */
function findBodyStart(lines: readonly PageLine[], items: readonly BodyItem[]): number {
  const long = new Set(items.filter(({ text }) => text.length >= minProse).map(({ text }) => text))
  const all = new Set(items.map(({ text }) => text))
  const found = lines.findIndex(({ text }) => long.has(text))
  return found >= 0 ? found : lines.findIndex(({ text }) => all.has(text))
}

function mayBeTitle({ text, element }: PageLine): boolean {
  const max = /[.;:,]$/u.test(text) ? lengths.sentence / 2 : lengths.max
  if (text.length < lengths.min || text.length > max || element === null) return false
  if (/^(?:ul|ol|dl|table)$/.test(element.localName) || isPortalName(text)) return false
  if (isDateLine(text) || isDateStamp(text)) return false
  return classifyLine(text).kind === 'text' && !isLink(element)
}

/**
 * Whether a line consists mostly of a link and is therefore the title of another article. Returns false for a heading,
 * because a heading may link to its own page.
 */
function isLink(element: Element): boolean {
  if (element.closest('h1, h2, h3, h4') !== null) return false
  const linked = [...element.querySelectorAll('a[href]')].map((link) => (link.textContent ?? '').trim()).join('')
  return element.closest('a[href]') !== null || linked.length > (element.textContent ?? '').trim().length * 0.5
}

/**
 * Whether a line may begin a page that is read as a text dump. Tables and lists of links may not, because the first
 * line of a dump becomes the title.
 */
export function canStartDump({ element }: PageLine): boolean {
  if (element === null) return true
  return element.localName !== 'table' && !(/^(?:ul|ol|dl)$/.test(element.localName) && isLink(element))
}

function rankLine(line: PageLine): number {
  const inner = line.element?.querySelector('b, strong, h1, h2, h3, h4') ?? null
  const isInner = (inner?.textContent ?? '').trim().length >= line.text.length * 0.9
  const boxes = [...findOwnBoxes(line, maxLevels), ...(inner !== null && isInner ? [inner] : [])]
  const rank = Math.max(0, ...boxes.map(rankElement))
  return isSectionName(line.text) ? rank / 2 : rank
}

function rankElement(element: Element): number {
  if (heading.test(element.localName)) return 3
  if (isNamedTitle(element) || headingClass.test(element.getAttribute('class') ?? '')) return 3
  const isLarge = large.test(element.getAttribute('style') ?? '') || Number(element.getAttribute('size') ?? 0) >= 4
  return isLarge || element.localName === 'b' || element.localName === 'strong' ? 2 : 0
}
