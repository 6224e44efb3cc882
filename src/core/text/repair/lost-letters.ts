import type { BulletinText } from '../../../shared/bulletin'

/** Question marks inside words, more than these and more than one word in `wordsPerMark`, stand for lost letters. */
const maxOrdinaryMarks = 5
const wordsPerMark = 20

/**
 * How many letters of a text were lost before it was received: U+FFFD that some program put there, and question marks
 * inside words ("B?c K?n"), which stand for letters a code page did not have.
 */
export function countLostLetters({ title, summary, author, bodyText, figures }: BulletinText): number {
  const text = [title, summary, author, bodyText, ...figures.map(({ caption }) => caption)].join('\n')
  const replaced = text.match(/\ufffd/g)?.length ?? 0
  if (!text.includes('?')) return replaced
  const words = text.split(/\s+/u).filter((word) => !/[/=&@]/.test(word))
  const marks = words.reduce((sum, word) => sum + (word.match(/(?<=\p{L}\?*)\?(?=\?*\p{L})/gu)?.length ?? 0), 0)
  return replaced + (marks > maxOrdinaryMarks && marks * wordsPerMark > words.length ? marks : 0)
}
