import { diffArrays } from 'diff'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BulletinText, Change, RevisionSummary } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { names, revisionPath } from './bulletin-folder'
import { systemCode } from './disk'
import { readDocument, revisionDocument, type RevisionDocument } from './documents'

/** Words, numbers with their dots and commas, runs of blanks, single signs: the units of a word diff. */
const tokens = /[\p{L}\p{M}\p{N}]+(?:[.,]\p{N}+)*|\s+|[^\p{L}\p{M}\p{N}\s]/gu
/** Beyond this many differences two texts are simply two texts, and comparing them on would take too long. */
const mostDifferences = 4000

/** The revisions of a bulletin's folder, oldest first. Throws `bulletin-damaged`. */
export async function listRevisions(folder: string): Promise<RevisionSummary[]> {
  const files = (await readdir(join(folder, names.revisions))).sort()
  return Promise.all(
    files.map(async (file) => {
      const path = join(folder, names.revisions, file)
      const { number, cause, capturedAt, digest, extractor } = await readDocument(path, revisionDocument)
      return { number, cause, capturedAt, digest, extractor: { name: extractor.name, version: extractor.version } }
    }),
  )
}

/** One revision of a bulletin's folder. Throws `revision-not-found` (details: number), `bulletin-damaged`. */
export async function readRevision(folder: string, number: number): Promise<RevisionDocument> {
  try {
    return await readDocument(join(folder, revisionPath(number)), revisionDocument)
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT') throw thrown
    throw new AppError('revision-not-found', `revision ${number}: not there`, { number }, { cause: thrown })
  }
}

/** What changed from one text to another, word by word, in reading order: joined, `same` and `added` are the new text. */
export function diffTexts(from: BulletinText, to: BulletinText): Change[] {
  const [before, after] = [wholeText(from), wholeText(to)]
  const parts = diffArrays(before.match(tokens) ?? [], after.match(tokens) ?? [], { maxEditLength: mostDifferences })
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
