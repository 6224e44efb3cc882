import type { Refresh, RefreshCounts } from '../../../shared/refresh'
import type { SentenceKey, SentenceValues } from '../../../shared/locales/translate'

/** A function that returns a sentence in the user's language. */
export type Say = (key: SentenceKey, values?: SentenceValues) => string

/** Returns the name of the source that is refreshed, or the number of sources if there are several. */
export function titleOf({ sources }: Refresh, say: Say): string {
  const [only] = sources
  return sources.length === 1 && only !== undefined ? only.name : say('log.sources', { count: sources.length })
}

/**
 * Returns the text that says why a refresh runs and what the refresh fetches, for example "lưu trọn cổng", "cập nhật
 * theo lịch".
 */
export function reasonOf({ reason, month }: Refresh, say: Say): string {
  if (reason !== 'rescue') return say(`log.reason-${reason}`)
  if (month === 'nothing') return say('log.reason-look')
  if (month === 'undated') return say('log.reason-undated')
  return month === null ? say('log.reason-whole') : say('log.reason-month', { month: monthText(month) })
}

/** Formats the month 2019-03 as 3/2019. */
export function monthText(month: string): string {
  const [year = '', number = ''] = month.split('-')
  return `${Number(number)}/${year}`
}

/**
 * Formats the remaining time as "còn khoảng 14 phút", rounded up to minutes. Returns "" if the remaining time is not
 * known.
 */
export function timeLeft(seconds: number | null, say: Say): string {
  if (seconds === null) return ''
  const minutes = Math.max(1, Math.ceil(seconds / 60))
  return minutes < 120
    ? say('log.minutes-left', { count: minutes })
    : say('log.hours-left', { count: Math.round(minutes / 60) })
}

/** Formats the counts of a refresh in one line, without the counts that are zero. */
export function resultOf(counts: RefreshCounts, say: Say): string {
  const parts = (['added', 'revised', 'gone', 'failed'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => say(`log.${name}`, { count: counts[name] }))
  return parts.length === 0 ? say('log.nothing-new') : parts.join(', ')
}
