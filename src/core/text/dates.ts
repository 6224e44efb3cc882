import type { Published } from '../../shared/bulletin'
import { clock, dayOf, monthOf, toVietnam } from './calendar'
import { findTimeBeside, readZoned } from './clock-beside-date'
import { findWrittenDates, type WrittenDate } from './date-patterns'

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

const isoInstant =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,20})?)?\s?(Z|UTC|GMT|[+-]?\d{2}(?::?\d{2})?)?(?:\s\(?[A-Z]{2,5}\)?|\[[\w/+-]{1,40}\])?$/iu
/** The basic form of ISO 8601: 20200908T073000Z. */
const basicInstant = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:\d{2})?(Z|[+-]\d{2}(?::?\d{2})?)?$/iu
const monthOnly =
  /(?<!\d\s{0,3})tháng\s{1,3}(\d{1,2})(?:\s{0,3}\/\s{0,3}|(?:\s{0,3},)?\s{1,3}(?:năm\s{1,3})?)(\d{4})(?!\d)/iu

const weekday =
  /(?<!\p{L})(?:thứ\s{0,3}(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|ch[uủú]a?\s{0,3}nhật|t[2-7]|cn|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)(?![\p{L}\d])\.?/iu
const label =
  /(?<!\p{L})(?:(?:ngày|thời\s?gian|thời\s?điểm|giờ)\s?(?:đăng\s?(?:tin|bài|tải)?|cập\s?nhật|xuất\s?bản|ban\s?hành|tạo|gửi|viết|hỏi|trả\s?lời|công\s?bố|phát\s?hành)?|cập\s?nhật|đăng(?:\s?(?:tin|tải))?|xuất\s?bản|lúc|vào|hồi|gmt|utc|ict|giờ\s?việt\s?nam|indochina\s?time|(?:date\s)?(?:published|posted|created)|(?:last\s)?updated|on|at|date)(?!\p{L})/iu
const zone = /[([]?\s?(?:gmt|utc)\s?(?:[+]\s?0?7(?::?00)?)?\s?[)\]]?/iu
/** Matches the place that an official letter names before the date: "Bắc Kạn, ngày 8 tháng 9 năm 2020". */
const place = /^\p{L}[\p{L} .-]{1,30},\s{0,3}(?=ngày\s)/iu

/**
 * Finds the first date in a text. Reads the day before the month. Also reads names of months and ISO 8601 times
 * (`2020-09-08T07:30:00Z`), and converts times with another zone to +07:00, Vietnam's only time zone. Returns null if
 * the text has no date. Also returns null if the first date does not exist (31/02, 25:61) or has a two-digit year.
 */
export function findDate(received: string): FoundDate | null {
  const text = received.slice(0, maxTextLength).normalize('NFC').trim()
  const instant = isoInstant.exec(text) ?? basicInstant.exec(text)
  if (instant !== null) return readInstant(instant)
  const [first, second] = findWrittenDates(text)
  if (first === undefined) return findMonth(text)
  const asWritten = first.text.trim()
  if (first.day === null) return null
  const time = findTimeOf(first, second, text)
  if (time === false) return null
  const value = time === null ? null : toVietnam(first.day, ...splitTime(time.time), time.offset)
  if (value === null) return { value: first.day, precision: 'day', asWritten }
  return { value, precision: 'minute', asWritten: text }
}

function findTimeOf(date: WrittenDate, next: WrittenDate | undefined, text: string): ReturnType<typeof findTimeBeside> {
  const after = text.slice(date.index + date.text.length, next?.index)
  if (date.clock === null) return findTimeBeside(text.slice(0, date.index), after, next !== undefined)
  const [, time = '', zone = ''] = /^([\d:]+)(.*)$/u.exec(date.clock) ?? []
  return readZoned(time, zone)
}

function splitTime(time: string): [hour: string, minute: string] {
  const [hour = '', minute = ''] = time.split(':')
  return [hour, minute]
}

/**
 * Tells whether a line contains only dates (published, updated). The dates may have a weekday, time, time zone, label
 * and place.
 */
export function isDateLine(received: string): boolean {
  if (received.length > maxLineLength) return false
  const line = received.normalize('NFC').trim()
  if (findDate(line) === null) return false
  if (isoInstant.test(line) || basicInstant.test(line)) return true
  const dates = findWrittenDates(line).reduce((left, { text }) => left.replace(text, ' '), line.replace(place, ' '))
  const rest = [zone, monthOnly, clock, weekday, label].reduce(
    (left, pattern) => left.replaceAll(new RegExp(pattern, 'giu'), ' '),
    dates,
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
