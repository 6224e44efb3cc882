import { findDate, isDateLine } from '../../text/dates'
import type { Card } from './cards'
import { type DateOrder, readFeedDate } from '../feed-dates'
import { closest, type PageElement, shownLines, shownText, walk } from './page-tree'
import { collapseWhitespace } from '../html-to-text'

/** What a block says of its bulletin, and how much it shows. */
export interface CardEntry {
  url: string
  title: string
  publishedAt: string | null
  summary: string | null
  titleWords: number
  evidence: number
}

/** A line that holds a date among few other words tells the bulletin's; in a longer one it is part of a sentence. */
const maxDateLineLength = 80
const leastSummary = 40
const mostDates = 20
const longestTitle = 500
/** "Cảnh báo mưa lũ (08/09/2020)": old portals print the date behind the title. */
const dateBehind =
  /\s*(?:[([]\s*(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[^()[\]/]{0,12})[)\]]|\s[|–-]\s+(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[\s\d:h,|-]{0,12}))\s*$/
/** A machine's date in an attribute: numbers and signs, perhaps a half of the day and a zone. */
const machineDate = /^[\d\s/:.,TZ+-]{6,40}(?:[AP]M)?\s?(?:(?:GMT|UTC)[+\d:]{0,6})?$/i
const mostWordsAroundDate = 7
const shortened = /(?:…|\.{3})$/

/**
 * The entry a block shows; null where none of its links shows a title. `order` is how the page's machine dates are
 * meant ({@link machineDatesIn}).
 */
export function readCardEntry({ url, block, links }: Card, order: DateOrder): CardEntry | null {
  const shown = links.map(({ element, text }) => titleIn(element, text)).filter(({ text }) => text !== '')
  const best = shown.find(({ isHeading }) => isHeading) ?? shown.find(({ text }) => /\s/.test(text)) ?? shown[0]
  if (best === undefined) return null
  const whole = links.map(({ element }) => collapseWhitespace(element.attributes['title'] ?? '') ?? '')
  const given = shortened.test(best.text)
    ? (whole.find((text) => text.length > best.text.length) ?? best.text)
    : best.text
  const behind = dateBehind.exec(given)
  const title = (behind === null || behind.index === 0 ? given : given.slice(0, behind.index)).slice(0, longestTitle)
  const lines = shownLines(block, best.shownBy)
    .map((line) => withoutTitle(line, title))
    .filter((line) => line !== '')
  const publishedAt =
    machineDatesIn(block)
      .map((date) => readFeedDate(date, order))
      .find((date) => date !== null) ??
    dateOfLines(lines) ??
    (behind === null ? null : (findDate(behind[1] ?? behind[2] ?? '')?.value ?? null))
  const summary = lines
    .filter((line) => line.length >= leastSummary && dateOfLine(line) === null)
    .reduce<string | null>(
      (longest, line) => (longest !== null && longest.length >= line.length ? longest : line),
      null,
    )
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
  /** The element that shows the title and nothing else; null where other text stands in it too. */
  shownBy: PageElement | null
}

/** A link's title: its heading's text, where the whole block is the link; else all it shows. */
function titleIn(link: PageElement, text: string): ShownTitle {
  const heading = closest(link, ({ name }) => /^h[1-6]$/.test(name), 3)
  if (heading !== null) return { text, isHeading: true, shownBy: link }
  let inside: PageElement | null = null
  walk(link, (child) => {
    const isTitle =
      /^h[1-6]$/.test(child.name) || /\b(?:title|tieu-?de|headline)\b/i.test(child.attributes['class'] ?? '')
    if (isTitle && shownText(child) !== null) inside ??= child
    return inside === null
  })
  if (inside !== null) return { text: shownText(inside) ?? text, isHeading: true, shownBy: inside }
  // A link around several lines without a heading: the first that is more than a label.
  const lines = shownLines(link)
  const first = lines.find((line) => !isDateLine(line) && /\s.*\s/.test(line))
  if (lines.length > 1 && first !== undefined) return { text: first, isHeading: false, shownBy: null }
  return { text, isHeading: false, shownBy: link }
}

/** What a line says beside the title it begins with; a title shown shortened is the title. */
function withoutTitle(line: string, title: string): string {
  if (line.startsWith(title)) return line.slice(title.length).trim()
  const start = line.replace(shortened, '')
  return start !== line && start.length > 10 && title.startsWith(start) ? '' : line
}

/** Dates that attributes of a block hold, as written: `datetime`, `data-…time`, `title` of what is no link. */
export function machineDatesIn(block: PageElement): string[] {
  const dates: string[] = []
  const look = ({ name, attributes }: PageElement): boolean => {
    for (const [attribute, value] of Object.entries(attributes)) {
      const isTime = attribute === 'datetime' || /^data-.*(?:date|time|publish)/.test(attribute)
      const isTitle = attribute === 'title' && name !== 'a' && name !== 'img'
      const isOne = isTime || isTitle ? machineDate.test(value.trim()) || isDateLine(value) : false
      if (isOne && dates.length < mostDates) dates.push(value.trim())
    }
    return true
  }
  look(block)
  walk(block, look)
  return dates
}

function dateOfLines(lines: readonly string[]): string | null {
  return lines.map(dateOfLine).find((date) => date !== null) ?? null
}

/** The date of a line that says little else, or begins with it; one within a sentence is not the bulletin's. */
function dateOfLine(line: string): string | null {
  if (line.length > maxDateLineLength) return null
  const words = line.match(/\p{L}+/gu)?.length ?? 0
  if (words > mostWordsAroundDate && !/^[([]?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}/.test(line)) return null
  const date = findDate(line)
  return date === null || date.precision === 'month' ? null : date.value
}
