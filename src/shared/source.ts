import * as z from 'zod/mini'
import { storedErrorSchema } from './errors'

/** What of a source is read for its entries: `portal` is a front page, read through what was found on it. */
export const sourceKinds = ['portal', 'feed', 'listing', 'sitemap'] as const
/** One of {@link sourceKinds}. */
export type SourceKind = (typeof sourceKinds)[number]

/** One line of a feed, listing or sitemap, not yet fetched. Every field is text as received, never HTML. */
export const entrySchema = z.object({
  /** Absolute http(s) address; null where the entry names no page (it is shown, and can't be fetched). */
  url: z.nullable(z.string()),
  title: z.nullable(z.string()),
  /** ISO 8601: with +07:00 where a time is given, else a plain date or month; null where unknown. */
  publishedAt: z.nullable(z.string()),
  summary: z.nullable(z.string()),
})
/** See {@link entrySchema}. */
export type Entry = z.infer<typeof entrySchema>

/** A host at which a source was or is found; portals move when provinces merge. Dates are YYYY-MM-DD. */
export const sourceHostSchema = z.object({
  host: z.string(),
  /** Null: since before we looked. */
  from: z.nullable(z.string()),
  /** Null: still there. */
  until: z.nullable(z.string()),
})
/** See {@link sourceHostSchema}. */
export type SourceHost = z.infer<typeof sourceHostSchema>

/** One place that is read for entries. */
export const channelSchema = z.object({ url: z.string(), kind: z.enum(['feed', 'listing', 'sitemap']) })

/** When a source is looked at. */
export const scheduleSchema = z.object({
  /** Between two refreshes, in minutes; null: only when the reader asks. */
  everyMinutes: z.nullable(z.int().check(z.minimum(5), z.maximum(525_600))),
})
/** See {@link scheduleSchema}. */
export type Schedule = z.infer<typeof scheduleSchema>

/** How following a source goes. Times are UTC with Z. */
export const healthSchema = z.object({
  lastTriedAt: z.nullable(z.string()),
  lastGoodAt: z.nullable(z.string()),
  /** Refreshes in a row that failed as a whole; 0 after a good one. */
  failuresInARow: z.int().check(z.nonnegative()),
  /** Why the last one failed; null after a good one. */
  lastError: z.nullable(storedErrorSchema),
})
/** See {@link healthSchema}. */
export type Health = z.infer<typeof healthSchema>

/**
 * `sources/<id>.json` (FORMAT): an issuing body we follow. A document written by a later version may hold more: what
 * is unknown here is kept when it is written again.
 */
export const sourceSchema = z.looseObject({
  id: z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{16}$/)),
  name: z.string().check(z.minLength(1)),
  /** The address the reader gave or chose. */
  url: z.string(),
  kind: z.enum(sourceKinds),
  /** What is read for entries: one address for a feed, listing or sitemap; those chosen by the reader for a portal. */
  channels: z.array(channelSchema),
  hosts: z.array(sourceHostSchema).check(z.minLength(1)),
  /** Who issues its bulletins: as it is called today, and as it was called then where that differs. */
  issuer: z.object({ name: z.nullable(z.string()), nameThen: z.nullable(z.string()) }),
  schedule: scheduleSchema,
  /** Name of the portal family whose rules read its pages; null: the general ones. */
  pack: z.nullable(z.string()),
  health: healthSchema,
  addedAt: z.string(),
  /** Whether a reader typed its address: only then may it lie on a private network (a list of sources was typed by nobody). */
  isTyped: z.optional(z.boolean()),
  /** The oldest day (YYYY-MM-DD) whose bulletins are wanted when it is refreshed; null or absent: all there are. */
  since: z.optional(z.nullable(z.iso.date())),
})
/** See {@link sourceSchema}. */
export type Source = z.infer<typeof sourceSchema>

/** The health of a source that was never looked at. */
export const initialHealth: Health = { lastTriedAt: null, lastGoodAt: null, failuresInARow: 0, lastError: null }
