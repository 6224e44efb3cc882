import { fold } from './fold'

/**
 * Turns a title into a part of a file name: a–z, 0–9 and single hyphens, at most `maxLength` characters. A long title
 * is cut at the end of a word if at least half of `maxLength` stays. Returns "" if the title has no letter or digit
 * that can stay. The result may be a Windows device name, so callers add a date or an id.
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
