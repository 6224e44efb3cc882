import type { BulletinText, Repair } from '../../../shared/bulletin'
import { digestOf, digestRule } from '../store/digest'
import type { RevisionDocument } from '../store/documents'
import type { Addition } from './addition'

/**
 * Creates the document `revisions/NNNN.json` of an addition. `capture` is the path of its capture below the bulletin's
 * folder.
 */
export function createRevision(
  { text, extractor }: Pick<Addition, 'text' | 'extractor'>,
  number: number,
  cause: RevisionDocument['cause'],
  capture: string,
  now: Date,
): RevisionDocument {
  return {
    number,
    cause,
    capturedAt: now.toISOString(),
    capture,
    extractor: { ...extractor, pack: extractor.pack ?? null },
    digest: digestOf(text),
    digestRule,
    ...text,
    repairs: text.repairs.map((repair): Repair => ({ ...repair })),
  }
}

/**
 * Copies the reason why a file is missing from the earlier revision `before`. An extraction of a stored page knows only
 * that the file is not stored.
 */
export function withMissingReasons(text: BulletinText, before: Pick<BulletinText, 'missing'>): BulletinText {
  if (text.missing === undefined) return text
  const reasons = new Map(before.missing?.map(({ address, code }) => [address, code]))
  return { ...text, missing: text.missing.map((file) => ({ ...file, code: reasons.get(file.address) ?? file.code })) }
}
