import { findDate, isDateLine } from '../../text/dates'
import { readText } from '../html/element-text'
import { isAppointment, classifyLine } from '../line-kind'
import type { PageLine } from '../html/page-lines'
import { findLinesNearTitle } from './lines-near-title'
import { isSameText } from './title'

/**
 * Finds the first line near the title that is only a date. Lines below the title come before lines above it, the
 * nearest first. Returns null if there is none.
 */
export function findDateNearTitle(lines: readonly PageLine[], title: string): string | null {
  for (const line of findLinesNearTitle(lines, title)) {
    const kind = classifyLine(line)
    if (kind.kind === 'date') return kind.text
  }
  return null
}

/** A table of properties has at most this many rows. */
const maxRows = 40
/** Labels of the day on which a document was issued or published. */
const dateLabel =
  /^(?:ngày|thời\s+gian)\s+(?:ban\s+hành|văn\s+bản|phát\s+hành|công\s+bố|đăng|xuất\s+bản|ký)(?:\s+(?:tin|tải|bài))?\s*:?$/iu

/** The date is within this many lines of the title, on a line of at most this length. */
const searchWindow = { below: 8, above: 4, maxLength: 140 }

/**
 * Finds the date on the lines right below a title, else right above it. Other text may be on the same line ("Gửi bởi …
 * vào T2, 12/05/2025 - 08:30"). The search ends at the first long line below the title, because this line belongs to
 * the body. `lines` are the lines of the unchanged page, because a removal by class name may remove the date: portals
 * give dates and controls the same class names. Returns null if there is no date.
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

/**
 * Finds the date of a document in the table of its properties: the cell beside "Ngày ban hành" or the like. Returns
 * null if there is none.
 */
export function findDateInProperties(root: Element): string | null {
  for (const row of [...root.querySelectorAll('tr')].slice(0, maxRows)) {
    const [label, value, ...others] = [...row.children].map((cell) => readText([cell]).normalize('NFC'))
    if (label === undefined || value === undefined || others.length > 2) continue
    if (dateLabel.test(label) && isDateLine(value)) return value
  }
  return null
}

/** Whether a line contains a date with its day and is not a sentence. */
function hasWholeDate(line: string): boolean {
  const found = findDate(line)
  return found !== null && found.precision !== 'month' && (isDateLine(line) || !/[.!?]$/u.test(line))
}
