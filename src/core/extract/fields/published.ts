import type { Published } from '../../../shared/bulletin'
import { findDate, unknownDate } from '../../text/dates'
import { findWrittenDates } from '../../text/date-patterns'
import { isMidnight } from './labels/element-date'

/** A date, and the kind of place on the page where it was found. */
export type FoundDate = Published & {
  value: string
  /** Whether the page labels this date as the date of a later change. */
  isUpdate?: boolean
}

/** Matches the label of a later change right before a date. */
const updateLabel =
  /(?:cập\s?nhật|chỉnh\s?sửa|sửa\s+(?:đổi|lần\s+cuối)|updated?|modified|edited)(?:\s+(?:ngày|lúc|lần\s+cuối|vào|mới\s+nhất|on|at))*\s*:?[^.\d]{0,30}(?:\d{1,2}\s?(?:[:hg]|giờ)\s?\d{0,2}(?::\d{2})?['’]?\s?(?:AM|PM|SA|CH|phút)?)?[^.\d]{0,30}$/iu

const publishLabel = /ngày\s?đăng|đăng|xuất\s?bản|published|posted/iu

/**
 * Parses the text of a date. If the text has a date of publication and a date of a later change, returns the date of
 * publication. Returns null if the text is null or has no date.
 */
export function parsePublished(text: string | null, from: FoundDate['from']): FoundDate | null {
  if (text === null) return null
  const composed = text.normalize('NFC')
  const dates = findWrittenDates(composed)
  const published = dates.findIndex(({ index }) => !isUpdateAt(composed, index))
  const before = published > 0 ? dates[published - 1] : undefined
  const end = before === undefined ? 0 : before.index + before.text.length
  // A time between two dates belongs to the first date, unless the label of publication stands before the time.
  const between = composed.slice(end, dates[published]?.index)
  const start = end + (publishLabel.exec(between)?.index ?? between.length)
  const found = findDate(before === undefined ? text : composed.slice(start))
  if (found === null) return null
  return { ...found, from, ...(published < 0 && isUpdateOnly(text) ? { isUpdate: true } : {}) }
}

/** Whether each date in a text is labelled as the date of a later change. Returns false for a text without a date. */
export function isUpdateOnly(text: string): boolean {
  const composed = text.normalize('NFC')
  const dates = findWrittenDates(composed)
  return dates.length > 0 && dates.every(({ index }) => isUpdateAt(composed, index))
}

function isUpdateAt(text: string, at: number): boolean {
  return updateLabel.test(text.slice(Math.max(0, at - 80), at))
}

/**
 * Chooses the date of a bulletin. The candidates begin with the most reliable one. A date of publication is chosen
 * before a date of a later change. Then the first date is chosen, unless a later candidate has the same day and a better
 * time.
 */
export function choosePublished(candidates: readonly (FoundDate | null)[]): Published {
  const all = candidates.filter((date) => date !== null)
  const published = all.filter(({ isUpdate }) => isUpdate !== true)
  const found = published.length > 0 ? published : all
  const [first] = found
  if (first === undefined) return unknownDate
  const chosen = chooseTime(first, found.slice(1))
  const { value, precision, asWritten, from } = chosen
  return { value, precision, asWritten, from }
}

/**
 * Returns a candidate with a better time on the same day as `first`. Returns `first` if no candidate has a better time.
 */
function chooseTime(first: FoundDate, others: readonly FoundDate[]): FoundDate {
  if (first.precision !== 'minute')
    return others.find(({ value, precision }) => precision === 'minute' && value.startsWith(first.value)) ?? first
  // If a server writes its local time as UTC, the time is seven hours wrong. In this case, the time that the page shows
  // is used.
  const shown = others.find(
    ({ value, precision, from }) => precision === 'minute' && from === 'text' && isShifted(first, value),
  )
  if (shown !== undefined) return shown
  if (!isMidnight(first.value) || first.from === 'text') return first
  const day = first.value.slice(0, 10)
  return others.find(({ value }) => value.slice(0, 10) === day && !isMidnight(value)) ?? first
}

/** Whether `value` has the same digits as the UTC time of `date`. */
function isShifted({ value: given, asWritten }: FoundDate, value: string): boolean {
  return /Z|[+]00:?00$|UTC|GMT$/i.test(asWritten ?? '') && Date.parse(given) - Date.parse(value) === 7 * 3_600_000
}
