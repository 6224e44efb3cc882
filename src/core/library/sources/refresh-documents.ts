import * as z from 'zod/mini'
import { storedErrorSchema } from '../../../shared/errors'
import { refreshSchema } from '../../../shared/refresh'
import { entrySchema } from '../../../shared/source'

/**
 * The schemas of the documents below `refreshes/`. The library can be read without these documents, and a refresh can
 * download all of their content again. As in every document, fields that this version does not know are kept.
 */

const validator = z.nullable(z.string())

/** The state of a page of a feed, listing or sitemap when it was last read. */
export const channelPageSchema = z.looseObject({
  etag: validator,
  lastModified: validator,
  /** Keys of the entries that the page lists, in the order of the page. */
  entries: z.array(z.string()),
  next: z.nullable(z.string()),
  /** If the page is a sitemap index, the sitemaps that it names. */
  parts: z.array(z.looseObject({ url: z.string(), changedAt: z.nullable(z.string()) })),
})
/** See {@link channelPageSchema}. */
export type ChannelPage = z.infer<typeof channelPageSchema>

/** An entry that a refresh has found. */
export const knownEntrySchema = z.looseObject({
  url: z.string(),
  title: z.nullable(z.string()),
  /** The date that the feed or listing gives for the entry. If it gives none, the date on the entry's page. */
  publishedAt: z.nullable(z.string()),
  /** The id of the entry's bulletin. Null if the bulletin is not stored. */
  id: z.nullable(z.string()),
  etag: validator,
  lastModified: validator,
  /** Time of the last request for the entry's page. */
  checkedAt: z.nullable(z.string()),
  /**
   * `goneAt` is the time since which the entry's page is missing on the portal. `unlistedAt` is the time since which no
   * feed, listing or sitemap names the entry.
   */
  goneAt: z.nullable(z.string()),
  unlistedAt: z.nullable(z.string()),
  /** Whether the user deleted the entry's bulletin for good. Its page is then not requested again. */
  isDeleted: z.optional(z.boolean()),
})
/** See {@link knownEntrySchema}. */
export type KnownEntry = z.infer<typeof knownEntrySchema>

/** `refreshes/known/<source>.json`: the pages of a source that refreshes have found, by address. */
export const crawlStateDocument = z.looseObject({
  pages: z.record(z.string(), channelPageSchema),
  /** By the canonical address of the entry. */
  entries: z.record(z.string(), knownEntrySchema),
  /** Whether every feed, listing and sitemap has been read to its end at least once. */
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

/** `refreshes/<id>/<source>.plan.json`: the pages that a refresh will request. */
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
 * Whether an entry is from the day `since` (YYYY-MM-DD) or later. Also returns true for an entry whose date is only the
 * month of that day, and for an entry without a date.
 */
export function isSince({ publishedAt }: Pick<KnownEntry, 'publishedAt'>, since: string | null): boolean {
  return since === null || publishedAt === null || publishedAt.slice(0, 10) >= since.slice(0, publishedAt.length)
}
