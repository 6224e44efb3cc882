import type { BulletinText } from '../../../shared/bulletin'

/**
 * The limits for question marks inside words. Such marks stand for lost letters if there are more than
 * `maxOrdinaryMarks`, and if there is more than one such mark per `wordsPerMark` words.
 */
const maxOrdinaryMarks = 5
const wordsPerMark = 20

/**
 * Counts the letters that a bulletin lost before it was received. A lost letter is U+FFFD, or a question mark inside a
 * word ("B?c K?n") in place of a letter that a code page did not have.
 */
export function countLostLetters({ title, summary, author, bodyText, figures }: BulletinText): number {
  const text = [title, summary, author, bodyText, ...figures.map(({ caption }) => caption)].join('\n')
  const replaced = text.match(/\ufffd/g)?.length ?? 0
  if (!text.includes('?')) return replaced
  const words = text.split(/\s+/u).filter((word) => !/[/=&@]/.test(word))
  // Whole runs are matched, because a search around each question mark takes quadratic time.
  const runs = words.flatMap((word) => word.match(/(?<=\p{L})\?+(?=\p{L})/gu) ?? [])
  const marks = runs.reduce((sum, run) => sum + run.length, 0)
  return replaced + (marks > maxOrdinaryMarks && marks * wordsPerMark > words.length ? marks : 0)
}
