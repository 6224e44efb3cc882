import * as z from 'zod/mini'
import { storedErrorSchema } from './errors'

/**
 * The kinds of sources. A source of the kind `portal` is a front page, and the program reads the feeds, listings and
 * sitemaps of this page.
 */
export const sourceKinds = ['portal', 'feed', 'listing', 'sitemap'] as const
/** One entry of {@link sourceKinds}. */
export type SourceKind = (typeof sourceKinds)[number]

/**
 * An entry of a feed, listing or sitemap whose page is not yet fetched. Every field is text as received, never HTML.
 */
export const entrySchema = z.object({
  /**
   * The absolute http(s) address of the page. The value is null if the entry has no page. The interface shows such an
   * entry, but the program can't fetch the entry.
   */
  url: z.nullable(z.string()),
  title: z.nullable(z.string()),
  /** The date in ISO 8601: a time with +07:00, a plain date, or a month. The value is null if the date is unknown. */
  publishedAt: z.nullable(z.string()),
  summary: z.nullable(z.string()),
})
/** The type of the values that {@link entrySchema} accepts. */
export type Entry = z.infer<typeof entrySchema>

/** A present or earlier host of a source. The host of a portal changes when provinces merge. Dates are YYYY-MM-DD. */
export const sourceHostSchema = z.object({
  host: z.string(),
  /**
   * The first day of the host. The value is null if the source already had this host when the user began to follow the
   * source.
   */
  from: z.nullable(z.string()),
  /** The last day of the host. The value is null for the present host. */
  until: z.nullable(z.string()),
})
/** The type of the values that {@link sourceHostSchema} accepts. */
export type SourceHost = z.infer<typeof sourceHostSchema>

/** A feed, listing or sitemap of a source. */
export const channelSchema = z.object({ url: z.string(), kind: z.enum(['feed', 'listing', 'sitemap']) })

/** The schedule of a source. */
export const scheduleSchema = z.object({
  /** The minutes between two refreshes. The value is null if only the user starts refreshes. */
  everyMinutes: z.nullable(z.int().check(z.minimum(5), z.maximum(525_600))),
})
/** The type of the values that {@link scheduleSchema} accepts. */
export type Schedule = z.infer<typeof scheduleSchema>

/** The results of the last refreshes of a source. Times are UTC with Z. */
export const healthSchema = z.object({
  lastTriedAt: z.nullable(z.string()),
  lastGoodAt: z.nullable(z.string()),
  /** The number of consecutive refreshes that failed as a whole. A successful refresh sets the number to 0. */
  failuresInARow: z.int().check(z.nonnegative()),
  /** The error of the last refresh. The value is null after a success. */
  lastError: z.nullable(storedErrorSchema),
})
/** The type of the values that {@link healthSchema} accepts. */
export type Health = z.infer<typeof healthSchema>

/**
 * `sources/<id>.json`: a source (docs/format/library-1.md). A later version of the program may add fields. When this
 * version writes the document again, the document keeps unknown fields.
 */
export const sourceSchema = z.looseObject({
  id: z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{16}$/)),
  name: z.string().check(z.minLength(1)),
  /** The address that the user typed or chose. */
  url: z.string(),
  kind: z.enum(sourceKinds),
  /**
   * The channels in which a refresh looks for entries. A source that is a feed, listing or sitemap has one channel. A
   * portal has the channels that the user chose.
   */
  channels: z.array(channelSchema),
  hosts: z.array(sourceHostSchema).check(z.minLength(1)),
  /**
   * The issuer of the source's bulletins, with the present name. A former name is included if the former name differs.
   */
  issuer: z.object({ name: z.nullable(z.string()), nameThen: z.nullable(z.string()) }),
  schedule: scheduleSchema,
  /**
   * The portal pack that extracts the pages of the source. The value is null if the general rules extract the pages.
   */
  pack: z.nullable(z.string()),
  health: healthSchema,
  addedAt: z.string(),
  /**
   * Whether the user typed the address. An address that the user typed may be on a private network. An address from a
   * file must be public.
   */
  isTyped: z.optional(z.boolean()),
  /**
   * True if the document of the source comes from a backup or a library of somebody else. Nothing is downloaded from
   * such a source until the user turns it on. The field is computed when the document is read and is never stored.
   */
  isAsleep: z.optional(z.boolean()),
  /**
   * The oldest day (YYYY-MM-DD) of which a refresh fetches bulletins. If the value is null or absent, a refresh fetches
   * the bulletins of all days.
   */
  since: z.optional(z.nullable(z.iso.date())),
})
/** The type of the values that {@link sourceSchema} accepts. */
export type Source = z.infer<typeof sourceSchema>

/** The health of a source that was never refreshed. */
export const initialHealth: Health = { lastTriedAt: null, lastGoodAt: null, failuresInARow: 0, lastError: null }
