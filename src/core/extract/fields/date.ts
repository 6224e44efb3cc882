import { findDate, isDateLine } from '../../text/dates'
import { readText } from '../html/element-text'
import { isAppointment, classifyLine } from '../line-kind'
import type { PageLine } from '../html/page-lines'
import { findLinesNearTitle } from './lines-near-title'
import { isUpdateOnly } from './published'
import { isSameText } from './title'

/**
 * Finds a line near the title that contains only a date. The lines below the title are searched first, then the lines
 * above the title, each time from the nearest line. Returns null if no such line exists.
 */
export function findDateNearTitle(lines: readonly PageLine[], title: string): string | null {
  const dates = findLinesNearTitle(lines, title).flatMap((line) => {
    const kind = classifyLine(line)
    return kind.kind === 'date' ? [kind.text] : []
  })
  return dates.find((date) => !isUpdateOnly(date)) ?? dates[0] ?? null
}

/** Maximum number of table rows that are searched for a date. */
const maxRows = 40
/** Matches labels of the day on which a document was issued or published. */
const dateLabel =
  /^(?:ngày|thời\s+gian)\s+(?:ban\s+hành|văn\s+bản|phát\s+hành|công\s+bố|đăng|xuất\s+bản|ký)(?:\s+(?:tin|tải|bài))?\s*:?$/iu

/** Matches a line that labels the date on the next line as the date of a later change. */
const updateWord = /^(?:(?:ngày|lần)\s+)?(?:cập\s?nhật|chỉnh\s?sửa)(?:\s+(?:lúc|ngày|lần\s+cuối))?\s*:?$/iu

/**
 * Where the date may stand: the maximum number of lines below and above the title, and the maximum characters in a
 * line. Below the title, a longer line ends the search.
 */
const searchWindow = { below: 8, above: 4, maxLength: 140 }

/**
 * Finds the date in the lines near the title. The lines below the title are searched first, up to the first long line,
 * which belongs to the body. Then the lines above the title are searched. Below the title, other text may be on the
 * same line as the date ("Gửi bởi … vào T2, 12/05/2025 - 08:30"). `lines` are the lines of the unchanged page. They are
 * needed, because a later step removes boxes by their class names, and portals give dates and controls the same class
 * names. Returns null if no line has a date.
 */
export function findDateInRawLines(lines: readonly string[], title: string): string | null {
  for (let at = 0; at < lines.length; at++) {
    if (!isSameText(lines[at] ?? '', title)) continue
    const below = lines
      .slice(at + 1, at + 1 + searchWindow.below)
      .map((line, index, all) => (updateWord.test(all[index - 1] ?? '') ? `Cập nhật: ${line}` : line))
      .filter((line, index, all) => !isAppointment(line, all[index + 1] ?? ''))
    const textAt = below.findIndex((line) => line.length > searchWindow.maxLength)
    const above = lines
      .slice(Math.max(0, at - searchWindow.above), at)
      .toReversed()
      .filter(isDateLine)
    const dated = [...below.slice(0, textAt < 0 ? searchWindow.below : textAt), ...above].filter(hasWholeDate)
    const found = dated.find((line) => !isUpdateOnly(line)) ?? dated[0]
    if (found !== undefined) return found
  }
  return null
}

/**
 * Finds the date in a table that lists the properties of a document. The cell with the date stands beside a label such
 * as "Ngày ban hành". Returns null if no cell has such a date.
 */
export function findDateInProperties(root: Element): string | null {
  for (const row of [...root.querySelectorAll('tr')].slice(0, maxRows)) {
    const [label, value, ...others] = [...row.children].map((cell) => readText([cell]).normalize('NFC'))
    if (label === undefined || value === undefined || others.length > 2) continue
    if (dateLabel.test(label) && isDateLine(value)) return value
  }
  return null
}

/** Whether a line contains a date with a day, and is not a sentence. */
function hasWholeDate(line: string): boolean {
  const found = findDate(line)
  return found !== null && found.precision !== 'month' && (isDateLine(line) || !/[.!?]$/u.test(line))
}
