import { fold } from './fold'

/**
 * A title as part of a file name: a–z, 0–9 and single hyphens, cut at a word within `maxLength`; "" where nothing
 * is left. Never a Windows device name by itself: callers add a date or an id.
 */
export function slugOf(title: string, maxLength: number): string {
  const whole = fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  if (whole.length <= maxLength) return whole
  const cut = whole.slice(0, maxLength + 1)
  const atWord = cut.slice(0, cut.lastIndexOf('-'))
  return atWord.length > maxLength / 2 ? atWord : whole.slice(0, maxLength)
}
