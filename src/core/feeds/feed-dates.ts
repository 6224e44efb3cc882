import { dayOf, monthOf, toVietnam } from '../text/calendar'
import { findDate } from '../text/dates'

/**
 * The order of day and month in a numeric date: 08/09/2020 is 8 September (`day-first`) or 9 August (`month-first`).
 */
export type DateOrder = 'day-first' | 'month-first'

const maxDateLength = 100
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** The UTC offsets of the zone names in RFC 822 and in feeds of Vietnam and nearby countries. */
const zones: Readonly<Record<string, string>> = {
  ...{ z: 'Z', ut: 'Z', utc: 'Z', gmt: 'Z', est: '-05:00', edt: '-04:00', cst: '-06:00', cdt: '-05:00' },
  ...{ mst: '-07:00', mdt: '-06:00', pst: '-08:00', pdt: '-07:00', ict: '+07:00', cet: '+01:00', cest: '+02:00' },
  ...{ bst: '+01:00', jst: '+09:00', hkt: '+08:00', sgt: '+08:00' },
}
/** Matches RFC 822 and similar formats: "Tue, 08 Sep 2020 07:30:00 +0700", "Sunday, 06-Nov-94 08:49:37 GMT". */
const worded =
  /^(?:[a-z]{3,9}\.?,?\s{1,3})?(\d{1,2})(?:\s{1,3}|-)([a-z]{3,9})\.?,?(?:\s{1,3}|-)(\d{4}|\d{2})(?!\d)(.{0,40})$/i
/** Matches the format of the C function asctime: "Sun Nov  6 08:49:37 1994". */
const asctime = /^[a-z]{3}\s{1,3}([a-z]{3})\s{1,3}(\d{1,2})\s(\d{2}:\d{2}:\d{2})(?:\s([a-z]{1,4}))?\s(\d{4})$/i
const time = /^[\s,T]{0,3}(\d{1,2}):(\d{1,2})(?::\d{1,2}(?:\.\d{1,9})?)?\s?(AM|PM|SA|CH)?\s{0,3}(.*)$/i
const numbers = /(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/
/** Matches seconds or milliseconds since 1970, as a plain number or in the JSON form of .NET: `/Date(…)/`. */
const epoch = /^(?:\/Date\()?(\d{10}|\d{13})(?:\)\/)?$/

/**
 * Parses a date of a feed. Returns an ISO 8601 time in +07:00, or only the date or month if the text has no time.
 * Returns null if the text is not a date. A time without a zone is read as Vietnam time.
 */
export function readFeedDate(received: string, order: DateOrder = 'day-first'): string | null {
  if (received.length > maxDateLength) return null
  const text = received.replace(/\s+/g, ' ').trim()
  const old = asctime.exec(text)
  const match = worded.exec(text)
  if (old !== null) {
    const [, month = '', day = '', clock = '', zone = '', year = ''] = old
    return fromWords(day, month, year, `${clock} ${zone}`)
  }
  if (match !== null) {
    const [, day = '', month = '', year = '', rest = ''] = match
    return fromWords(day, month, year, rest)
  }
  const since = epoch.exec(text)?.[1]
  if (since !== undefined) {
    const iso = new Date(Number(since) * (since.length === 10 ? 1000 : 1)).toISOString()
    return toVietnam(iso.slice(0, 10), iso.slice(11, 13), iso.slice(14, 16), 'Z')
  }
  const yearAndMonth = /^(\d{4})-(\d{2})$/.exec(text)
  if (yearAndMonth !== null) return monthOf(yearAndMonth[1] ?? '', yearAndMonth[2] ?? '')
  const dayFirst = order === 'day-first' ? text : text.replace(numbers, '$3$2$1$2$4')
  return findDate(dayFirst)?.value ?? null
}

/**
 * Finds the order of day and month in the dates of one feed. Returns `month-first` if some date is possible only in
 * this order, such as 9/23/2020, and all dates are possible in it. Servers that are set to English write such dates.
 * Otherwise returns `day-first`, the order in Vietnam.
 */
export function dateOrderOf(dates: readonly string[]): DateOrder {
  const found = dates.map((date) => numbers.exec(date)).filter((match) => match !== null)
  const fits = (day: 1 | 3, month: 1 | 3): boolean =>
    found.every((match) => dayOf(match[4] ?? '', match[month] ?? '', match[day] ?? '') !== null)
  return !fits(1, 3) && fits(3, 1) ? 'month-first' : 'day-first'
}

function fromWords(day: string, monthName: string, year: string, rest: string): string | null {
  const month = months.indexOf(monthName.slice(0, 3).toLowerCase()) + 1
  // A year of two digits is allowed by RFC 822. RFC 2822 defines the century of such a year.
  const whole = year.length === 4 ? year : String(Number(year) + (Number(year) < 50 ? 2000 : 1900))
  const date = dayOf(whole, String(month), day)
  const match = time.exec(rest)
  if (date === null || match === null) return date
  const [, hour = '', minute = '', half = '', zone = ''] = match
  const isAfternoon = /^(?:pm|ch)$/i.test(half)
  const given = Number(hour)
  const hours = isAfternoon && given < 12 ? given + 12 : half !== '' && !isAfternoon && given === 12 ? 0 : given
  const [hh, mm] = [String(hours).padStart(2, '0'), minute.padStart(2, '0')]
  // ISO 8601 allows 24:00 for the end of a day.
  if (hh === '24' && mm === '00') return toVietnam(nextDay(date), '00', mm, offsetOf(zone))
  return toVietnam(date, hh, mm, offsetOf(zone))
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

/**
 * Returns the offset of a zone as `Z`, `+hh:mm` or `-hh:mm`. Returns undefined if the zone is absent or unknown, and
 * the caller then uses Vietnam time.
 */
function offsetOf(zone: string): string | undefined {
  const numeric = /(?:^|GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d{2}))?/i.exec(zone)
  if (numeric !== null) {
    const [, sign = '+', hours = '', minutes = '00'] = numeric
    return `${sign}${hours.padStart(2, '0')}:${minutes}`
  }
  return zones[zone.replace(/[^a-z]/gi, '').toLowerCase()]
}
