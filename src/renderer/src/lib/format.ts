import { dayInVietnam, vietnamClock } from '../../../shared/text/vietnam-time'

/** Formats a plain date or an instant in +07:00 as dd/mm/yyyy, and a month as mm/yyyy. */
export function vietnamDate(value: string): string {
  return value.slice(0, 10).split('-').reverse().join('/')
}

/** The day in Vietnam of an instant in UTC, for example 24/11/2026. */
export function vietnamDay(instant: string): string {
  return vietnamClock(instant).day
}

/** Formats a UTC instant as day and time in Vietnam, for example 24/11/2026, 10:15. */
export function vietnamTime(instant: string): string {
  const { day, time } = vietnamClock(instant)
  return `${day}, ${time}`
}

/** A size in bytes as text, for example 412 KB, 1,5 MB or 61 GB. */
export function formatFileSize(bytes: number, language: string): string {
  const format = (value: number): string => value.toLocaleString(language, { maximumFractionDigits: 1 })
  if (bytes < 1024 ** 2) return `${format(Math.max(1, Math.round(bytes / 1024)))} KB`
  return bytes < 1024 ** 3 ? `${format(bytes / 1024 ** 2)} MB` : `${format(bytes / 1024 ** 3)} GB`
}

/**
 * Minutes to read a text in silence, at 240 syllables a minute. A written word of Vietnamese is one syllable. Reading
 * aloud uses another rate.
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

/** "2 giờ trước", "hôm qua", "sau 20 phút", or the date of a time that is a week or more away. Both times are in ms. */
export function relativeTime(at: number, now: number, language: string): string {
  const away = at - now
  const step = steps.find(({ until }) => Math.abs(away) < until)
  if (step === undefined) return vietnamDay(new Date(at).toISOString())
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  return format.format(Math.trunc(away / step.ms), step.unit)
}

/**
 * The day and the time of an instant. For an instant in the last week, adds how long ago it was: "…, 10:15 (2 giờ
 * trước)".
 */
export function timeAndAgo(instant: string, language: string, now = Date.now()): string {
  const at = Date.parse(instant)
  const exact = vietnamTime(instant)
  return Math.abs(now - at) < 7 * 86_400_000 ? `${exact} (${relativeTime(at, now, language)})` : exact
}

/** Today in Vietnam as YYYY-MM-DD, or the day `daysAgo` days before. */
export function vietnamToday(daysAgo = 0): string {
  return dayInVietnam(new Date(Date.now() - daysAgo * 86_400_000))
}
