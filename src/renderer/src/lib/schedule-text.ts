import type { SentenceKey, SentenceValues } from '../../../shared/locales/translate'

const units = [
  { minutes: 7 * 24 * 60, key: 'sources.every-weeks' },
  { minutes: 24 * 60, key: 'sources.every-days' },
  { minutes: 60, key: 'sources.every-hours' },
  { minutes: 1, key: 'sources.every-minutes' },
] as const

/**
 * Formats an interval as "6 giờ một lần", in the largest unit that gives a whole number. Null means that only the user
 * starts refreshes.
 */
export function scheduleSentence(
  everyMinutes: number | null,
  say: (key: SentenceKey, values?: SentenceValues) => string,
): string {
  if (everyMinutes === null) return say('sources.every-never')
  const unit = units.find(({ minutes }) => everyMinutes % minutes === 0) ?? units[3]
  return say(unit.key, { count: everyMinutes / unit.minutes })
}
