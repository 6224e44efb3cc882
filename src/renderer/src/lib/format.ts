import { dayInVietnam, vietnamClock } from '../../../shared/text/vietnam-time'

/** dd/mm/yyyy of a plain date or an instant in +07:00; mm/yyyy of a month. */
export function vietnamDate(value: string): string {
  return value.slice(0, 10).split('-').reverse().join('/')
}

/** The day of an instant (UTC) in Vietnam: 24/11/2026. */
export function vietnamDay(instant: string): string {
  return vietnamClock(instant).day
}

/** An instant (UTC) in Vietnam's time: 24/11/2026, 10:15. */
export function vietnamTime(instant: string): string {
  const { day, time } = vietnamClock(instant)
  return `${day}, ${time}`
}

/** 412 KB, 1,5 MB, 61 GB. */
export function formatFileSize(bytes: number, language: string): string {
  const format = (value: number): string => value.toLocaleString(language, { maximumFractionDigits: 1 })
  if (bytes < 1024 ** 2) return `${format(Math.max(1, Math.round(bytes / 1024)))} KB`
  return bytes < 1024 ** 3 ? `${format(bytes / 1024 ** 2)} MB` : `${format(bytes / 1024 ** 3)} GB`
}

/**
 * Minutes to read a text in silence, at 240 syllables a minute. A written word of Vietnamese is one syllable. Reading
 * aloud has a rate of its own.
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

/** "2 giờ trước", "hôm qua", "sau 20 phút", or the date if that is a week or more away. Both times in ms. */
export function relativeTime(at: number, now: number, language: string): string {
  const away = at - now
  const step = steps.find(({ until }) => Math.abs(away) < until)
  if (step === undefined) return vietnamDay(new Date(at).toISOString())
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  return format.format(Math.trunc(away / step.ms), step.unit)
}

/** An instant to the minute; within the last week also how long ago that is: "…, 10:15 (2 giờ trước)". */
export function timeAndAgo(instant: string, language: string, now = Date.now()): string {
  const at = Date.parse(instant)
  const exact = vietnamTime(instant)
  return Math.abs(now - at) < 7 * 86_400_000 ? `${exact} (${relativeTime(at, now, language)})` : exact
}

/** Today in Vietnam as YYYY-MM-DD, or the day `daysAgo` days before. */
export function vietnamToday(daysAgo = 0): string {
  return dayInVietnam(new Date(Date.now() - daysAgo * 86_400_000))
}
