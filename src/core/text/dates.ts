import type { Published } from '../../shared/bulletin'
import { clock, dayOf, monthOf, findTime, toVietnam } from './calendar'

/**
 * A date found in a text: the ISO 8601 value (with +07:00 if the date has a time), the precision, and the words in the
 * text.
 */
export type FoundDate = Pick<Published, 'value' | 'precision' | 'asWritten'> & { value: string; asWritten: string }

/** The value for a bulletin without a known date. */
export const unknownDate: Published = { value: null, precision: 'unknown', asWritten: null, from: null }

/** The number of characters at the start of a text in which the function looks for a date. */
const maxTextLength = 500
/** The maximum length of a date line, in characters. */
const maxLineLength = 160

const separator = String.raw`\s{0,3}[/.\-–]\s{0,3}`
/**
 * Matches a date with the day first, as in Vietnam. A two-digit year does not match, because the century would be a
 * guess (docs/text.md).
 */
const numericDate = new RegExp(
  String.raw`(?<![\d/.\-–])(\d{1,2})${separator}(\d{1,2})${separator}(\d{4})(?!\d|[/.\-–]\d)`,
  'u',
)
const wordedDate =
  /(?:ngày\s{1,3}|mồng\s{1,3}|mùng\s{1,3})?(?<!\d)(\d{1,2})\s{0,3}tháng\s{1,3}(\d{1,2})(?:\s{0,3},)?(?:\s{1,3}năm)?\s{1,3}(\d{4})(?!\d)/iu
const isoDate = /(?<![\d/.\-–])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d|[/.\-–]\d)/u
const isoInstant =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,20})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/iu
const monthOnly =
  /(?<!\d\s{0,3})tháng\s{1,3}(\d{1,2})(?:\s{0,3}\/\s{0,3}|(?:\s{0,3},)?\s{1,3}(?:năm\s{1,3})?)(\d{4})(?!\d)/iu

const weekday =
  /(?<!\p{L})(?:thứ\s{0,3}(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|ch[uủú]a?\s{0,3}nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?!\p{L})/iu
const label =
  /(?<!\p{L})(?:(?:ngày|thời\s?gian|thời\s?điểm|giờ)\s?(?:đăng\s?(?:tin|bài|tải)?|cập\s?nhật|xuất\s?bản|ban\s?hành|tạo|gửi|viết|hỏi|trả\s?lời|công\s?bố|phát\s?hành)?|cập\s?nhật|đăng(?:\s?(?:tin|tải))?|xuất\s?bản|lúc|vào|gmt|utc|giờ\s?việt\s?nam)(?!\p{L})/iu
const zone = /[([]?\s?(?:gmt|utc)\s?(?:[+]\s?0?7(?::?00)?)?\s?[)\]]?/iu
/** Matches the place that an official letter names before the date: "Bắc Kạn, ngày 8 tháng 9 năm 2020". */
const place = /^\p{L}[\p{L} .-]{1,30},\s{0,3}(?=ngày\s)/iu

/**
 * Finds the first date in a text. Reads the day before the month. Returns null if the text has no date. Also returns
 * null if the first date does not exist (31/02, 25:61) or has a two-digit year. Also reads ISO 8601 times
 * (`2020-09-08T07:30:00Z`) and converts them to +07:00, Vietnam's only time zone.
 */
export function findDate(received: string): FoundDate | null {
  const text = received.slice(0, maxTextLength).normalize('NFC').trim()
  const instant = isoInstant.exec(text)
  if (instant !== null) return readInstant(instant)
  const found = [wordedDate.exec(text), numericDate.exec(text), isoDate.exec(text)]
  const first = found.filter((match) => match !== null).sort((a, b) => a.index - b.index)[0]
  if (first === undefined) return findMonth(text)
  const [asWritten, a = '', b = '', c = ''] = first
  const day = first === found[2] ? dayOf(a, b, c) : dayOf(c, b, a)
  if (day === null) return null
  const time = findTime(`${text.slice(0, first.index)} ${text.slice(first.index + asWritten.length)}`)
  if (time === false) return null
  if (time === null) return { value: day, precision: 'day', asWritten: asWritten.trim() }
  return { value: `${day}T${time}:00+07:00`, precision: 'minute', asWritten: text }
}

/**
 * Tells whether a line contains only dates (published, updated). The dates may have a weekday, time, time zone, label
 * and place.
 */
export function isDateLine(received: string): boolean {
  if (received.length > maxLineLength) return false
  const line = received.normalize('NFC').trim()
  if (findDate(line) === null) return false
  if (isoInstant.test(line)) return true
  const rest = [place, zone, isoDate, wordedDate, numericDate, monthOnly, clock, weekday, label].reduce(
    (left, pattern) => left.replaceAll(new RegExp(pattern, 'giu'), ' '),
    line,
  )
  return rest.replace(/[\s|,.;:()[\]\-–—•·/+~]/gu, '') === ''
}

function readInstant(match: RegExpExecArray): FoundDate | null {
  const [asWritten, year = '', month = '', date = '', hour = '', minute = '', offset] = match
  const day = dayOf(year, month, date)
  const value = day === null ? null : toVietnam(day, hour, minute, offset)
  return value === null ? null : { value, precision: 'minute', asWritten }
}

function findMonth(text: string): FoundDate | null {
  const match = monthOnly.exec(text)
  if (match === null) return null
  const [asWritten, month = '', year = ''] = match
  const value = monthOf(year, month)
  return value === null ? null : { value, precision: 'month', asWritten }
}
