import { dayInVietnam, vietnamClock } from '../../../shared/text/vietnam-time'

/** Formats a plain date or an instant in +07:00 as dd/mm/yyyy, and a month as mm/yyyy. */
export function vietnamDate(value: string): string {
  return value.slice(0, 10).split('-').reverse().join('/')
}

/** Formats the day in Vietnam of a UTC instant, for example 24/11/2026. */
export function vietnamDay(instant: string): string {
  return vietnamClock(instant).day
}

/** Formats a UTC instant as day and time in Vietnam, for example 24/11/2026, 10:15. */
export function vietnamTime(instant: string): string {
  const { day, time } = vietnamClock(instant)
  return `${day}, ${time}`
}

/** Formats a size in bytes, for example 412 KB, 1,5 MB or 61 GB. */
export function formatFileSize(bytes: number, language: string): string {
  const format = (value: number): string => value.toLocaleString(language, { maximumFractionDigits: 1 })
  if (bytes < 1024 ** 2) return `${format(Math.max(1, Math.round(bytes / 1024)))} KB`
  return bytes < 1024 ** 3 ? `${format(bytes / 1024 ** 2)} MB` : `${format(bytes / 1024 ** 3)} GB`
}

/**
 * Returns the minutes that a user needs to read a text silently, at 240 syllables a minute. A written word of
 * Vietnamese is one syllable. Reading aloud uses another rate.
 */
export function minutesToRead(text: string): number {
  const syllables = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  return Math.max(1, Math.round(syllables / 240))
}

const steps = [
  { unit: 'minute', ms: 60_000, until: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, until: 86_400_000 },
  { unit: 'day', ms: 86_400_000, until: 7 * 86_400_000 },
] as const

/**
 * Formats a time relative to now: "2 giờ trước", "hôm qua", "sau 20 phút". A time that is a week or more away is
 * formatted as a date. Both times are in ms.
 */
export function relativeTime(at: number, now: number, language: string): string {
  const away = at - now
  const step = steps.find(({ until }) => Math.abs(away) < until)
  if (step === undefined) return vietnamDay(new Date(at).toISOString())
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  return format.format(Math.trunc(away / step.ms), step.unit)
}

/**
 * Formats the day and the time of an instant. If the instant was in the last week, the text also tells how long ago the
 * instant was: "…, 10:15 (2 giờ trước)".
 */
export function timeAndAgo(instant: string, language: string, now = Date.now()): string {
  const at = Date.parse(instant)
  const exact = vietnamTime(instant)
  return Math.abs(now - at) < 7 * 86_400_000 ? `${exact} (${relativeTime(at, now, language)})` : exact
}

/** Returns today's day in Vietnam as YYYY-MM-DD, or the day `daysAgo` days before today. */
export function vietnamToday(daysAgo = 0): string {
  return dayInVietnam(new Date(Date.now() - daysAgo * 86_400_000))
}
