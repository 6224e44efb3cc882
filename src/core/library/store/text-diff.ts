import { diffArrays } from 'diff'
import type { BulletinText, Change } from '../../../shared/bulletin'

/** The units of a word diff: words, numbers with dots and commas, runs of white space, single other characters. */
const tokens = /[\p{L}\p{M}\p{N}]+(?:[.,]\p{N}+)*|\s+|[^\p{L}\p{M}\p{N}\s]/gu
/** Texts with more differences count as entirely different, because their comparison would take too long. */
const maxDifferences = 4000

/** The changes from one text to another by words, in reading order. The `same` and `added` parts are the new text. */
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

/** Title, summary, captions, body and author, separated by blank lines. */
function joinFields({ title, summary, author, bodyText, figures }: BulletinText): string {
  return [title, summary, ...figures.map(({ caption }) => caption), bodyText, author]
    .filter((part) => part !== null && part !== '')
    .join('\n\n')
}
