import { fold } from './fold'

/**
 * A title as part of a file name: a–z, 0–9 and single hyphens, at most `maxLength` characters, cut at a word where
 * that keeps at least half; "" where nothing is left. Never a Windows device name by itself: callers add a date or
 * an id.
 */
export function toSlug(title: string, maxLength: number): string {
  const whole = fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (whole.length <= maxLength) return whole
  const cut = whole.slice(0, maxLength + 1)
  const atWord = cut.slice(0, cut.lastIndexOf('-'))
  return atWord.length * 2 >= maxLength ? atWord : whole.slice(0, maxLength).replace(/-$/, '')
}
