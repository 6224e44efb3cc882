import * as z from 'zod/mini'
import { storedErrorSchema } from './errors'

/** The kinds of sources. `portal` is a front page, whose feeds, listings and sitemaps are read. */
export const sourceKinds = ['portal', 'feed', 'listing', 'sitemap'] as const
/** One of {@link sourceKinds}. */
export type SourceKind = (typeof sourceKinds)[number]

/** One line of a feed, listing or sitemap, not yet fetched. Every field is text as received, never HTML. */
export const entrySchema = z.object({
  /**
   * Absolute http(s) address of the page. Null if the entry has no page. An entry without a page is shown but can't be
   * fetched.
   */
  url: z.nullable(z.string()),
  title: z.nullable(z.string()),
  /** ISO 8601: a time with +07:00, a plain date, or a month. Null if unknown. */
  publishedAt: z.nullable(z.string()),
  summary: z.nullable(z.string()),
})
/** See {@link entrySchema}. */
export type Entry = z.infer<typeof entrySchema>

/** A present or earlier host of a source. Portals move when provinces merge. Dates are YYYY-MM-DD. */
export const sourceHostSchema = z.object({
  host: z.string(),
  /** The first day of the host. Null if the source already had this host when it was followed. */
  from: z.nullable(z.string()),
  /** The last day of the host. Null for the present host. */
  until: z.nullable(z.string()),
})
/** See {@link sourceHostSchema}. */
export type SourceHost = z.infer<typeof sourceHostSchema>

/** A feed, listing or sitemap of a source. */
export const channelSchema = z.object({ url: z.string(), kind: z.enum(['feed', 'listing', 'sitemap']) })

/** The schedule of a source. */
export const scheduleSchema = z.object({
  /** Minutes between two refreshes. Null if only the user starts refreshes. */
  everyMinutes: z.nullable(z.int().check(z.minimum(5), z.maximum(525_600))),
})
/** See {@link scheduleSchema}. */
export type Schedule = z.infer<typeof scheduleSchema>

/** The results of the last refreshes of a source. Times are UTC with Z. */
export const healthSchema = z.object({
  lastTriedAt: z.nullable(z.string()),
  lastGoodAt: z.nullable(z.string()),
  /** Number of refreshes in a row that failed as a whole. The number is 0 after a success. */
  failuresInARow: z.int().check(z.nonnegative()),
  /** Why the last refresh failed. Null after a success. */
  lastError: z.nullable(storedErrorSchema),
})
/** See {@link healthSchema}. */
export type Health = z.infer<typeof healthSchema>

/**
 * `sources/<id>.json`: a source (docs/format/library-1.md). A later version of the program may add fields. Unknown fields
 * stay in the document when it is written again.
 */
export const sourceSchema = z.looseObject({
  id: z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{16}$/)),
  name: z.string().check(z.minLength(1)),
  /** The address that the user typed or chose. */
  url: z.string(),
  kind: z.enum(sourceKinds),
  /**
   * The channels that are read for entries. A source that is a feed, listing or sitemap has one channel. A portal has
   * the channels that the user chose.
   */
  channels: z.array(channelSchema),
  hosts: z.array(sourceHostSchema).check(z.minLength(1)),
  /** The issuer of the bulletins of the source, with the present name, and the former name if that differs. */
  issuer: z.object({ name: z.nullable(z.string()), nameThen: z.nullable(z.string()) }),
  schedule: scheduleSchema,
  /** The portal pack that extracts the pages of the source. Null if the general rules extract them. */
  pack: z.nullable(z.string()),
  health: healthSchema,
  addedAt: z.string(),
  /**
   * Whether the user typed the address. Only an address that the user typed may be on a private network. An address
   * from a file may not.
   */
  isTyped: z.optional(z.boolean()),
  /**
   * The oldest day (YYYY-MM-DD) of which a refresh fetches bulletins. Null or absent if it fetches the bulletins of all
   * days.
   */
  since: z.optional(z.nullable(z.iso.date())),
})
/** See {@link sourceSchema}. */
export type Source = z.infer<typeof sourceSchema>

/** The health of a source that was never refreshed. */
export const initialHealth: Health = { lastTriedAt: null, lastGoodAt: null, failuresInARow: 0, lastError: null }
