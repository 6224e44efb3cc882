import type { BulletinText } from '../../../shared/bulletin'
import type { RevisionDocument } from './documents'
import { sha256 } from './identity'

/** Name of the digest's rule; changes whenever {@link digestOf} does. */
export const digestRule = 'text/1'

/** sha256 of the text of a revision: NFC, white space folded, one field a line; what "the same text" means. */
export function digestOf(text: Pick<BulletinText, 'title' | 'summary' | 'author' | 'bodyText' | 'figures'>): string {
  const fields = [text.title, text.summary, text.author, text.bodyText, ...text.figures.map(({ caption }) => caption)]
  return sha256(fields.map((field) => (field ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()).join('\n'))
}

/** Whether a stored revision still has the text its digest was made of; one of another rule can't be told. */
export function hasItsDigest(revision: RevisionDocument): boolean {
  return revision.digestRule !== digestRule || digestOf(revision) === revision.digest
}
