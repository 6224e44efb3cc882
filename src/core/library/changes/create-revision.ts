import type { BulletinText, Repair } from '../../../shared/bulletin'
import { digestOf, digestRule } from '../store/digest'
import type { RevisionDocument } from '../store/documents'
import type { Addition } from './addition'

/**
 * Creates the content of `revisions/NNNN.json` for an addition. `capture` is the path of the addition's capture,
 * relative to the bulletin's folder.
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
 * Returns a text whose missing files have the same reasons as in the earlier revision `before`. When a stored page is
 * extracted, the extraction knows that a file is not stored, but does not know the reason.
 */
export function withMissingReasons(text: BulletinText, before: Pick<BulletinText, 'missing'>): BulletinText {
  if (text.missing === undefined) return text
  const reasons = new Map(before.missing?.map(({ address, code }) => [address, code]))
  return { ...text, missing: text.missing.map((file) => ({ ...file, code: reasons.get(file.address) ?? file.code })) }
}
