import type { BulletinText } from '../../../shared/bulletin'
import type { RevisionDocument } from './documents'
import { sha256 } from './identity'

/** The name of the rule by which {@link digestOf} computes a digest. A changed rule must get a new name. */
export const digestRule = 'text/1'

/**
 * Returns the sha256 of a revision's text: one line for each field, in NFC, with runs of white space collapsed to one
 * space. Two texts with the same digest count as the same text.
 */
export function digestOf(text: Pick<BulletinText, 'title' | 'summary' | 'author' | 'bodyText' | 'figures'>): string {
  const fields = [text.title, text.summary, text.author, text.bodyText, ...text.figures.map(({ caption }) => caption)]
  return sha256(fields.map((field) => (field ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()).join('\n'))
}

/**
 * Whether the text of a stored revision matches its digest. If another rule computed the digest, the digest can't be
 * checked and counts as valid.
 */
export function hasValidDigest(revision: RevisionDocument): boolean {
  return revision.digestRule !== digestRule || digestOf(revision) === revision.digest
}
