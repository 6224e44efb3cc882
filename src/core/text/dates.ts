import type { Published } from '../../shared/bulletin'

/** A date as found in text: ISO 8601 value (+07:00 where a time is given), how exact it is, and its words. */
export type FoundDate = Pick<Published, 'value' | 'precision' | 'asWritten'> & { value: string; asWritten: string }

const separator = String.raw`\s*[/.-]\s*`
/** Day first, as Vietnam writes; a two-digit year is no date (TEXT, Dates: no guess). */
const numericDate = new RegExp(
  String.raw`(?<![\d/.-])(\d{1,2})${separator}(\d{1,2})${separator}(\d{4})(?!\d|[/.-]\d)`,
  'u',
)
const wordedDate =
  /(?:ngày\s+|mồng\s+|mùng\s+)?(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s*,)?(?:\s+năm)?\s+(\d{4})(?!\d)/iu
const isoDate = /(?<![\d/.-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d|[/.-]\d)/u
const isoInstant = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/u
const monthOnly = /(?<!\d\s+)tháng\s+(\d{1,2})(?:\s*\/\s*|(?:\s*,)?\s+(?:năm\s+)?)(\d{4})(?!\d)/iu
const clock = /(?<![\d:])(\d{1,2})\s*(?::|h|giờ)\s*(\d{2})?(?::\d{2})?(?:\s*phút)?\s*(AM|PM|SA|CH)?(?![\p{L}\d])/iu
const weekday = /(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật)/giu
const label =
  /(?:ngày\s*(?:đăng|cập\s*nhật|xuất\s*bản|ban\s*hành)?|cập\s*nhật(?:\s*lúc)?|đăng\s*(?:lúc|ngày)|thời\s*gian(?:\s*đăng)?|lúc|gmt\s*\+?\s*0?7|\(gmt\)|giờ\s*việt\s*nam)/giu

/**
 * The first date in a text, day first; null where there is none, or none that exists (31/02, a two-digit year,
 * 25:61). A machine's date (`2020-09-08T07:30:00Z`) is read too and shown in +07:00, Vietnam's one zone.
 */
export function findDate(text: string): FoundDate | null {
  const instant = readInstant(text.trim())
  if (instant !== null) return instant
  const worded = wordedDate.exec(text)
  const numeric = numericDate.exec(text)
  const iso = isoDate.exec(text)
  const first = [worded, numeric, iso].filter((match) => match !== null).sort((a, b) => a.index - b.index)[0]
  if (first === undefined) return findMonth(text)
  const [asWritten, a = '', b = '', c = ''] = first
  const day = first === iso ? dayOf(a, b, c) : dayOf(c, b, a)
  if (day === null) return null
  const rest = `${text.slice(0, first.index)} ${text.slice(first.index + asWritten.length)}`
  const time = timeIn(rest)
  if (time === false) return null
  if (time === null) return { value: day, precision: 'day', asWritten: asWritten.trim() }
  return { value: `${day}T${time}:00+07:00`, precision: 'minute', asWritten: text.trim() }
}

/** Whether a line says nothing but a date: with its weekday, time, zone and label. */
export function isDateLine(line: string): boolean {
  if (line.length > 120 || findDate(line) === null) return false
  const rest = [isoDate, wordedDate, numericDate, monthOnly, clock].reduce(
    (left, pattern) => left.replace(pattern, ' '),
    isoInstant.test(line.trim()) ? '' : line,
  )
  return (
    rest
      .replace(weekday, ' ')
      .replace(label, ' ')
      .replace(/[\s|,.;:()\-–—•/+]+/gu, '') === ''
  )
}

/** The date of a whole bulletin where nothing is known. */
export const unknownDate: Published = { value: null, precision: 'unknown', asWritten: null, from: null }

function readInstant(text: string): FoundDate | null {
  const match = isoInstant.exec(text)
  if (match === null) return null
  const [, year = '', month = '', date = '', hour = '', minute = '', , zone] = match
  const day = dayOf(year, month, date)
  if (day === null || Number(hour) > 23 || Number(minute) > 59) return null
  const offset = zone === undefined ? '+07:00' : zone === 'Z' ? 'Z' : zone.replace(/(\d{2}):?(\d{2})$/, '$1:$2')
  const at = Date.parse(`${day}T${hour}:${minute}:00${offset}`)
  if (Number.isNaN(at)) return null
  const local = new Date(at + 7 * 3600_000).toISOString().slice(0, 16)
  return { value: `${local}:00+07:00`, precision: 'minute', asWritten: text }
}

function findMonth(text: string): FoundDate | null {
  const match = monthOnly.exec(text)
  if (match === null) return null
  const [asWritten, month = '', year = ''] = match
  return dayOf(year, month, '1') === null
    ? null
    : { value: `${year}-${month.padStart(2, '0')}`, precision: 'month', asWritten }
}

/** YYYY-MM-DD of a day that exists in the years in which portals do; else null. */
function dayOf(year: string, month: string, day: string): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const date = new Date(Date.UTC(y, m - 1, d))
  const isReal = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
  return isReal && y >= 1945 && y < 2100 ? date.toISOString().slice(0, 10) : null
}

/** HH:MM of the time in a text; null where there is none, false where it is none that exists. "14:05 PM" and "00:01 AM" are 24-hour clocks with a decoration (seen on portals). */
function timeIn(text: string): string | false | null {
  const match = clock.exec(text)
  if (match === null) return null
  const [, hour = '', minute = '0', half] = match
  const isAfternoon = half !== undefined && /pm|ch/iu.test(half)
  const isMorning = half !== undefined && /am|sa/iu.test(half)
  const given = Number(hour)
  const hours = isAfternoon && given < 12 ? given + 12 : isMorning && given === 12 ? 0 : given
  if (hours > 23 || Number(minute) > 59) return false
  return `${String(hours).padStart(2, '0')}:${minute.padStart(2, '0')}`
}
