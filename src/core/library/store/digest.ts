import type { BulletinText } from '../../../shared/bulletin'
import type { RevisionDocument } from './documents'
import { sha256 } from './identity'

/** Name of the rule of {@link digestOf}. It changes with the rule. */
export const digestRule = 'text/1'

/**
 * sha256 of a revision's text: NFC, white space collapsed, one field per line. Two texts are the same if their digests
 * are equal.
 */
export function digestOf(text: Pick<BulletinText, 'title' | 'summary' | 'author' | 'bodyText' | 'figures'>): string {
  const fields = [text.title, text.summary, text.author, text.bodyText, ...text.figures.map(({ caption }) => caption)]
  return sha256(fields.map((field) => (field ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()).join('\n'))
}

/**
 * Whether the text of a stored revision matches its digest. A digest by another rule can't be checked and counts as
 * valid.
 */
export function hasValidDigest(revision: RevisionDocument): boolean {
  return revision.digestRule !== digestRule || digestOf(revision) === revision.digest
}
