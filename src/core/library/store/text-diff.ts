import { diffArrays } from 'diff'
import type { BulletinText, Change } from '../../../shared/bulletin'

/**
 * Matches one unit of the word diff: a word, a number with its dots and commas, a run of white space, or one other
 * character.
 */
const tokens = /[\p{L}\p{M}\p{N}]+(?:[.,]\p{N}+)*|\s+|[^\p{L}\p{M}\p{N}\s]/gu
/**
 * Maximum number of different units (words, numbers, signs) for which the diff searches. Two texts with more
 * differences count as entirely different, because a longer search would take too much time.
 */
const maxDifferences = 4000

/**
 * Returns the differences between two texts, word by word, in reading order. The parts `same` and `added` together give
 * the text of `to`.
 */
export function diffTexts(from: BulletinText, to: BulletinText): Change[] {
  const [before, after] = [joinFields(from), joinFields(to)]
  const parts = diffArrays(before.match(tokens) ?? [], after.match(tokens) ?? [], { maxEditLength: maxDifferences })
  if (parts === undefined)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  return parts.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

/** Joins title, summary, captions, body and author into one text, separated by blank lines. */
function joinFields({ title, summary, author, bodyText, figures }: BulletinText): string {
  return [title, summary, ...figures.map(({ caption }) => caption), bodyText, author]
    .filter((part) => part !== null && part !== '')
    .join('\n\n')
}
