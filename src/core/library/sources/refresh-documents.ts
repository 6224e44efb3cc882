import * as z from 'zod/mini'
import { storedErrorSchema } from '../../../shared/errors'
import { refreshSchema } from '../../../shared/refresh'
import { entrySchema } from '../../../shared/source'

/**
 * The documents below `refreshes/`. A library can be read without them, and a refresh can download their content again.
 * Fields that this version does not know are kept, as in every document.
 */

const validator = z.nullable(z.string())

/** The state of a page of a feed, listing or sitemap at the last request. */
export const channelPageSchema = z.looseObject({
  etag: validator,
  lastModified: validator,
  /** The keys of the entries that the page lists, in the order of the page. A key is the entry's canonical address. */
  entries: z.array(z.string()),
  next: z.nullable(z.string()),
  /** The sitemaps that a sitemap index lists. Empty for any other page. */
  parts: z.array(z.looseObject({ url: z.string(), changedAt: z.nullable(z.string()) })),
})
/** See {@link channelPageSchema}. */
export type ChannelPage = z.infer<typeof channelPageSchema>

/** An entry that a refresh has found. */
export const knownEntrySchema = z.looseObject({
  url: z.string(),
  title: z.nullable(z.string()),
  /** The date that the feed or listing gives for the entry, or else the date on the entry's own page. */
  publishedAt: z.nullable(z.string()),
  /** The id of the entry's bulletin. Null if the bulletin is not stored. */
  id: z.nullable(z.string()),
  etag: validator,
  lastModified: validator,
  /** The time of the last request for the entry's page. */
  checkedAt: z.nullable(z.string()),
  /**
   * `goneAt` is the time since which the portal no longer has the entry's page, or null if the portal has it.
   * `unlistedAt` is the time since which no feed, listing or sitemap lists the entry, or null if one lists it.
   */
  goneAt: z.nullable(z.string()),
  unlistedAt: z.nullable(z.string()),
  /** Whether the user deleted the entry's bulletin for good. If true, no refresh requests the page again. */
  isDeleted: z.optional(z.boolean()),
})
/** See {@link knownEntrySchema}. */
export type KnownEntry = z.infer<typeof knownEntrySchema>

/**
 * `refreshes/known/<source>.json`: the crawl state of a source, which is everything that refreshes have found so far.
 * The key of `pages` is the address of the page.
 */
export const crawlStateDocument = z.looseObject({
  pages: z.record(z.string(), channelPageSchema),
  /** The known entries. The key is the entry's canonical address. */
  entries: z.record(z.string(), knownEntrySchema),
  /** Whether refreshes have read every feed, listing and sitemap to its end at least once. */
  isWhole: z.boolean(),
})
/** See {@link crawlStateDocument}. */
export type CrawlState = z.infer<typeof crawlStateDocument>

/** `refreshes/<id>/run.json`: the state of a refresh. */
export const runDocument = z.looseObject(refreshSchema.shape)

/** A page that a refresh will request. */
export const plannedSchema = z.looseObject({
  url: z.string(),
  title: entrySchema.shape.title,
  publishedAt: entrySchema.shape.publishedAt,
})
/** See {@link plannedSchema}. */
export type PlannedPage = z.infer<typeof plannedSchema>

/**
 * `refreshes/<id>/<source>.plan.json`: the pages of a source that a refresh will request. `found` is the number of
 * entries that the refresh has found.
 */
export const planDocument = z.looseObject({ found: z.int(), entries: z.array(plannedSchema) })
/** See {@link planDocument}. */
export type RefreshPlan = z.infer<typeof planDocument>

/** A line of `refreshes/<id>/<source>.done.jsonl`: a page that a refresh has finished. */
export const finishedPageRecord = z.looseObject({
  url: z.string(),
  outcome: z.enum(['added', 'revised', 'unchanged', 'failed', 'gone', 'deleted']),
  id: z.nullable(z.string()),
  title: z.nullable(z.string()),
  publishedAt: z.nullable(z.string()),
  at: z.string(),
  bytes: z.int(),
  etag: validator,
  lastModified: validator,
  error: z.nullable(storedErrorSchema),
})
/** See {@link finishedPageRecord}. */
export type FinishedPage = z.infer<typeof finishedPageRecord>

/**
 * Whether an entry is from the day `since` (YYYY-MM-DD) or later. Returns true for an entry without a date. If the
 * entry's date is only a month, returns true if the month is that of `since` or later.
 */
export function isSince({ publishedAt }: Pick<KnownEntry, 'publishedAt'>, since: string | null): boolean {
  return since === null || publishedAt === null || publishedAt.slice(0, 10) >= since.slice(0, publishedAt.length)
}
