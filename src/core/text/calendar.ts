import { vietnamOffsetMs } from '../../shared/text/vietnam-time'

/**
 * A time of day as Vietnamese pages write it: 14:30, 14:30:25, 14h30, 14h:30, 14h, 8g30, 14 giờ 30 phút, 2:30 PM, 2:30
 * CH, 2 giờ chiều. Groups: hour, minute, half of the day.
 */
export const clock =
  /(?<![\d:])(\d{1,2})\s?(?:h\s?:|[:h]|giờ|g(?=\d))\s?(?:(\d{1,2})(?::\d{1,2}(?:\.\d{1,9})?)?)?\s?(?:phút|ph?(?!\p{L}|\.?m)|'|’)?\s?([AP]\.?M(?!\p{L})\.?|SA|CH|sáng|trưa|chiều|tối|đêm)?(?![\p{L}\d])/iu

/** Returns a day as YYYY-MM-DD. Returns null if the day does not exist or the year is outside 1945 to 2099. */
export function dayOf(year: string, month: string, day: string): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const date = new Date(Date.UTC(y, m - 1, d))
  const isReal = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
  return isReal && y >= 1945 && y < 2100 ? date.toISOString().slice(0, 10) : null
}

/** Returns a month as YYYY-MM. Returns null if the month does not exist or the year is outside 1945 to 2099. */
export function monthOf(year: string, month: string): string | null {
  return dayOf(year, month, '1')?.slice(0, 7) ?? null
}

/**
 * Returns the first time of day in a text as HH:MM. Returns null if the text has no time or if its half of the day is
 * not clear ("12 giờ đêm"), and false if the time does not exist (25:61). Some portals write a 24-hour time with AM or
 * PM ("14:05 PM", "00:01 AM"). In that case the hour is used unchanged.
 */
export function findTime(text: string): string | false | null {
  const match = clock.exec(text)
  if (match === null) return null
  const [whole, hour = '', minute, half = ''] = match
  // A colon that no minutes follow ("8:") belongs to a label.
  if (minute === undefined && whole.includes(':')) return null
  const given = Number(hour)
  if (given > 23 || Number(minute ?? 0) > 59) return false
  const hours = applyHalf(given, half.toLowerCase().replaceAll('.', ''))
  return hours === null ? null : `${String(hours).padStart(2, '0')}:${(minute ?? '').padStart(2, '0')}`
}

/** Returns the hour of a 24-hour clock, or null if the hour does not fit the half of the day. */
function applyHalf(hour: number, half: string): number | null {
  if (half === '' || hour > 12) return hour
  if (half === 'am' || half === 'sa') return hour === 12 ? 0 : hour
  if (half === 'sáng') return hour === 12 ? null : hour
  if (half === 'trưa') return hour >= 10 ? hour : hour >= 1 && hour <= 2 ? hour + 12 : null
  if (half === 'đêm') return hour === 12 ? null : hour >= 8 ? hour + 12 : hour
  // "00:30 PM" is no time of a 12-hour clock.
  return hour === 0 ? null : hour === 12 ? 12 : hour + 12
}

/**
 * Converts a day and a time to an ISO time in Vietnam's time zone: `2020-09-08T14:30:00+07:00`. `offset` is `Z`, `UTC`,
 * `GMT` or `+hh:mm` with or without the colon. Without an offset, the time is Vietnam's time. Returns null if the
 * moment does not exist.
 */
export function toVietnam(day: string, hour: string, minute: string, offset: string | undefined): string | null {
  if (Number(hour) > 23 || Number(minute) > 59) return null
  const iso = offset === undefined ? '+07:00' : /\d/.test(offset) ? withMinutes(offset) : 'Z'
  const moment = Date.parse(`${day}T${hour}:${minute}:00${iso}`)
  return Number.isNaN(moment) ? null : `${new Date(moment + vietnamOffsetMs).toISOString().slice(0, 16)}:00+07:00`
}

/**
 * Writes an offset as `+hh:mm`. Adds the minutes, which PostgreSQL leaves out ("+07"), and the plus sign, which is lost
 * if an address is decoded.
 */
function withMinutes(offset: string): string {
  return offset.replace(
    /^([+-]?)(\d{2}):?(\d{2})?$/,
    (_whole, sign: string, hours: string, minutes = '00') => `${sign === '' ? '+' : sign}${hours}:${String(minutes)}`,
  )
}
