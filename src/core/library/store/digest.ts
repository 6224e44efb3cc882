import type { BulletinText } from '../../../shared/bulletin'
import type { RevisionDocument } from './documents'
import { sha256 } from './identity'

/** Name of the rule by which {@link digestOf} computes a digest. A new rule must get a new name. */
export const digestRule = 'text/1'

/**
 * Returns the sha256 of a revision's text. The text is normalised to NFC, its white space is collapsed, and each field
 * is one line. Two texts count as the same if their digests are equal.
 */
export function digestOf(text: Pick<BulletinText, 'title' | 'summary' | 'author' | 'bodyText' | 'figures'>): string {
  const fields = [text.title, text.summary, text.author, text.bodyText, ...text.figures.map(({ caption }) => caption)]
  return sha256(fields.map((field) => (field ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()).join('\n'))
}

/**
 * Whether the text of a stored revision matches its digest. A digest that another rule computed can't be checked, so it
 * counts as valid.
 */
export function hasValidDigest(revision: RevisionDocument): boolean {
  return revision.digestRule !== digestRule || digestOf(revision) === revision.digest
}
