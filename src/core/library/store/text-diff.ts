import { diffArrays } from 'diff'
import type { BulletinText, Change } from '../../../shared/bulletin'

/** Words, numbers with their dots and commas, runs of blanks, single signs: the units of a word diff. */
const tokens = /[\p{L}\p{M}\p{N}]+(?:[.,]\p{N}+)*|\s+|[^\p{L}\p{M}\p{N}\s]/gu
/** Beyond this many differences two texts are simply two texts, and comparing them on would take too long. */
const maxDifferences = 4000

/** What changed from one text to another, word by word, in reading order: joined, `same` and `added` are the new text. */
export function diffTexts(from: BulletinText, to: BulletinText): Change[] {
  const [before, after] = [wholeText(from), wholeText(to)]
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

/** Everything a reader sees of a text: title, summary, captions, body, author, parted by blank lines. */
function wholeText({ title, summary, author, bodyText, figures }: BulletinText): string {
  return [title, summary, ...figures.map(({ caption }) => caption), bodyText, author]
    .filter((part) => part !== null && part !== '')
    .join('\n\n')
}
