import { findDate, isDateLine } from '../../text/dates'
import type { Card } from './cards'
import { type DateOrder, readFeedDate } from '../feed-dates'
import { closest, type PageElement, shownLines, shownText, walk } from './page-tree'
import { collapseWhitespace } from '../html-to-text'

/** The entry that a card describes. A card is a block of a listing page that shows one bulletin. */
export interface CardEntry {
  url: string
  title: string
  publishedAt: string | null
  summary: string | null
  titleWords: number
  /**
   * Points for signs that the block shows a bulletin: 2 for a date, 2 for a summary, 1 for a picture, 1 for a heading.
   */
  evidence: number
}

/**
 * Maximum number of characters of a line that gives the bulletin's date. In a longer line, a date is part of a
 * sentence.
 */
const maxDateLineLength = 80
const minSummaryLength = 40
const maxDates = 20
const maxTitleLength = 500
/** Matches a date after the title, which old portals print: "Cảnh báo mưa lũ (08/09/2020)". */
const dateAfterTitle =
  /\s*(?:[([]\s*(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[^()[\]/]{0,12})[)\]]|\s[|–-]\s+(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[\s\d:h,|-]{0,12}))\s*$/
/**
 * Matches a machine-readable date in an attribute: digits and punctuation, then an optional AM or PM, then an optional
 * zone.
 */
const machineDate = /^[\d\s/:.,TZ+-]{6,40}(?:[AP]M)?\s?(?:(?:GMT|UTC)[+\d:]{0,6})?$/i
const maxWordsAroundDate = 7
const shortened = /(?:…|\.{3})$/

/**
 * Reads the entry that a card describes. Returns null if none of its links shows a title. `order` is the order of day
 * and month in the machine-readable dates of the page ({@link machineDatesIn}).
 */
export function readCardEntry({ url, block, links }: Card, order: DateOrder): CardEntry | null {
  const titles = links.map(({ element, text }) => titleIn(element, text)).filter(({ text }) => text !== '')
  const best = titles.find(({ isHeading }) => isHeading) ?? titles.find(({ text }) => /\s/.test(text)) ?? titles[0]
  if (best === undefined) return null
  const tooltips = links.map(({ element }) => collapseWhitespace(element.attributes['title'] ?? '') ?? '')
  const fullTitle = shortened.test(best.text)
    ? (tooltips.find((text) => text.length > best.text.length) ?? best.text)
    : best.text
  const dated = dateAfterTitle.exec(fullTitle)
  const title = (dated === null || dated.index === 0 ? fullTitle : fullTitle.slice(0, dated.index)).slice(
    0,
    maxTitleLength,
  )
  const lines = shownLines(block, best.element)
    .map((line) => withoutTitle(line, title))
    .filter((line) => line !== '')
  const publishedAt =
    machineDatesIn(block)
      .map((date) => readFeedDate(date, order))
      .find((date) => date !== null) ??
    dateOfLines(lines) ??
    (dated === null ? null : (findDate(dated[1] ?? dated[2] ?? '')?.value ?? null))
  const summary = lines
    .filter((line) => line.length >= minSummaryLength && dateOfLine(line) === null)
    .reduce<string | null>((found, line) => (found !== null && found.length >= line.length ? found : line), null)
  let hasPicture = false
  walk(block, ({ name }) => {
    hasPicture ||= name === 'img' || name === 'picture'
    return !hasPicture
  })
  return {
    url,
    title,
    publishedAt,
    summary,
    titleWords: title.match(/[\p{L}\p{N}]+/gu)?.length ?? 0,
    evidence: (publishedAt === null ? 0 : 2) + (summary === null ? 0 : 2) + Number(hasPicture) + Number(best.isHeading),
  }
}

interface ShownTitle {
  text: string
  isHeading: boolean
  /** The element that shows the title and nothing else. Null if there is no such element. */
  element: PageElement | null
}

/** Returns the title that a link shows: the text of its heading, or else all of its text. */
function titleIn(link: PageElement, text: string): ShownTitle {
  const heading = closest(link, ({ name }) => /^h[1-6]$/.test(name), 3)
  if (heading !== null) return { text, isHeading: true, element: link }
  let inside: PageElement | null = null
  walk(link, (child) => {
    const isTitle =
      /^h[1-6]$/.test(child.name) || /\b(?:title|tieu-?de|headline)\b/i.test(child.attributes['class'] ?? '')
    if (isTitle && shownText(child) !== null) inside ??= child
    return inside === null
  })
  if (inside !== null) return { text: shownText(inside) ?? text, isHeading: true, element: inside }
  // A link may contain several lines without a heading. Its title is then the first line of three words or more.
  const lines = shownLines(link)
  const first = lines.find((line) => !isDateLine(line) && /\s.*\s/.test(line))
  if (lines.length > 1 && first !== undefined) return { text: first, isHeading: false, element: null }
  return { text, isHeading: false, element: link }
}

/** Removes the title from the beginning of a line. Returns an empty text if the line is a shortened title. */
function withoutTitle(line: string, title: string): string {
  if (line.startsWith(title)) return line.slice(title.length).trim()
  const start = line.replace(shortened, '')
  return start !== line && start.length > 10 && title.startsWith(start) ? '' : line
}

/**
 * Returns the dates in the attributes of a block, as written. Reads `datetime`, attributes like `data-…time`, and
 * `title` (except on links and pictures).
 */
export function machineDatesIn(block: PageElement): string[] {
  const dates: string[] = []
  const readAttributes = ({ name, attributes }: PageElement): boolean => {
    for (const [attribute, value] of Object.entries(attributes)) {
      const isTime = attribute === 'datetime' || /^data-.*(?:date|time|publish)/.test(attribute)
      const isTitle = attribute === 'title' && name !== 'a' && name !== 'img'
      const isDate = isTime || isTitle ? machineDate.test(value.trim()) || isDateLine(value) : false
      if (isDate && dates.length < maxDates) dates.push(value.trim())
    }
    return true
  }
  readAttributes(block)
  walk(block, readAttributes)
  return dates
}

function dateOfLines(lines: readonly string[]): string | null {
  return lines.map(dateOfLine).find((date) => date !== null) ?? null
}

/**
 * Returns the date in a short line, or at the beginning of a line with more words. Ignores a date inside a sentence.
 */
function dateOfLine(line: string): string | null {
  if (line.length > maxDateLineLength) return null
  const words = line.match(/\p{L}+/gu)?.length ?? 0
  if (words > maxWordsAroundDate && !/^[([]?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}/.test(line)) return null
  const date = findDate(line)
  return date === null || date.precision === 'month' ? null : date.value
}
