import { findDate, isDateLine } from '../../text/dates'
import { readText } from '../html/element-text'
import { isAppointment, classifyLine } from '../line-kind'
import type { PageLine } from '../html/page-lines'
import { findLinesNearTitle } from './lines-near-title'
import { isSameText } from './title'

/** The first line around the title that says only when: below it, then above it, the nearest first. */
export function findDateNearTitle(lines: readonly PageLine[], title: string): string | null {
  for (const line of findLinesNearTitle(lines, title)) {
    const kind = classifyLine(line)
    if (kind.kind === 'date') return kind.text
  }
  return null
}

/** Such tables are short. */
const maxRows = 40
/** How documents' tables call the day on which they were made or published. */
const dateLabel =
  /^(?:ngày|thời\s+gian)\s+(?:ban\s+hành|văn\s+bản|phát\s+hành|công\s+bố|đăng|xuất\s+bản|ký)(?:\s+(?:tin|tải|bài))?\s*:?$/iu

/** How far from the title its date stands, and how long the line is that holds it among other words. */
const searchWindow = { below: 8, above: 4, maxLength: 140 }

/**
 * The date on the lines right below a title, else right above it; other words may stand on its line ("Gửi bởi … vào
 * T2, 12/05/2025 - 08:30"), but the first long line is the text and ends the search. `lines`: as the page has them,
 * before anything is removed: portals name the place of the date as they name their controls.
 */
export function findDateInRawLines(lines: readonly string[], title: string): string | null {
  for (let at = 0; at < lines.length; at++) {
    if (!isSameText(lines[at] ?? '', title)) continue
    const below = lines
      .slice(at + 1, at + 1 + searchWindow.below)
      .filter((line, index, all) => !isAppointment(line, all[index + 1] ?? ''))
    const textAt = below.findIndex((line) => line.length > searchWindow.maxLength)
    const above = lines
      .slice(Math.max(0, at - searchWindow.above), at)
      .toReversed()
      .filter(isDateLine)
    const found = [...below.slice(0, textAt < 0 ? searchWindow.below : textAt), ...above].find(hasWholeDate)
    if (found !== undefined) return found
  }
  return null
}

/** The date of a document from the table of its properties: the cell beside "Ngày ban hành" or the like. */
export function findDateInProperties(root: Element): string | null {
  for (const row of [...root.querySelectorAll('tr')].slice(0, maxRows)) {
    const [label, value, ...others] = [...row.children].map((cell) => readText([cell]).normalize('NFC'))
    if (label === undefined || value === undefined || others.length > 2) continue
    if (dateLabel.test(label) && isDateLine(value)) return value
  }
  return null
}

/** Whether a line holds a whole date and is no sentence. */
function hasWholeDate(line: string): boolean {
  const found = findDate(line)
  return found !== null && found.precision !== 'month' && (isDateLine(line) || !/[.!?]$/u.test(line))
}
