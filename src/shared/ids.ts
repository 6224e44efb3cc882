import * as z from 'zod/mini'
import { maxIds } from './max-ids'

/** A bulletin's id (docs/format/library-1.md). */
export const idSchema = z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{16}(~\d+)?$/))
/** The ids of the bulletins that one call works on. */
export const idsSchema = z.array(idSchema).check(z.minLength(1), z.maxLength(maxIds))
/** The number of a revision of a bulletin. */
export const revisionSchema = z.int().check(z.gte(1), z.lte(1_000_000))
/** Numbers of older revisions, by bulletin id. For a bulletin without an entry, the current revision is used. */
export const revisionsSchema = z.record(idSchema, revisionSchema)

/** Tells whether a text has the form of a bulletin's id. */
export function isId(text: string): boolean {
  return idSchema.safeParse(text).success
}
