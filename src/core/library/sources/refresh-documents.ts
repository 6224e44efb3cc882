import * as z from 'zod/mini'
import { storedErrorSchema } from '../../../shared/errors'
import { refreshSchema } from '../../../shared/refresh'
import { entrySchema } from '../../../shared/source'

/*
 * What following keeps beside the bulletins, below `refreshes/`: none of it is needed to read the library, and all of it
 * can be had again from the portals. As everywhere, fields this version does not know are kept.
 */

const validator = z.nullable(z.string())

/** A page of a feed, listing or sitemap as it was when it was last read. */
export const channelPageSchema = z.looseObject({
  etag: validator,
  lastModified: validator,
  /** Keys of its entries, in its order. */
  entries: z.array(z.string()),
  next: z.nullable(z.string()),
  /** Sitemaps that an index names. */
  parts: z.array(z.looseObject({ url: z.string(), changedAt: z.nullable(z.string()) })),
})
/** See {@link channelPageSchema}. */
export type ChannelPage = z.infer<typeof channelPageSchema>

/** An entry that was found once. */
export const knownEntrySchema = z.looseObject({
  url: z.string(),
  title: z.nullable(z.string()),
  /** As the entry says, else as its page does. */
  publishedAt: z.nullable(z.string()),
  /** The bulletin it is kept as; null while it isn't. */
  id: z.nullable(z.string()),
  etag: validator,
  lastModified: validator,
  /** When its page was last asked for. */
  checkedAt: z.nullable(z.string()),
  /** Since when its page is gone, or its lists no longer name it. */
  goneAt: z.nullable(z.string()),
  unlistedAt: z.nullable(z.string()),
  /** Its reader has deleted it for good: not asked for again. */
  isDeleted: z.optional(z.boolean()),
})
/** See {@link knownEntrySchema}. */
export type KnownEntry = z.infer<typeof knownEntrySchema>

/** `refreshes/known/<source>.json`: what is known of a source's pages, by address. */
export const knowledgeDocument = z.looseObject({
  pages: z.record(z.string(), channelPageSchema),
  /** By the entry's canonical address. */
  entries: z.record(z.string(), knownEntrySchema),
  /** Whether every feed, listing and sitemap was once followed to its end. */
  isWhole: z.boolean(),
})
/** See {@link knowledgeDocument}. */
export type CrawlState = z.infer<typeof knowledgeDocument>

/** `refreshes/<id>/run.json`: a refresh as it is shown. */
export const runDocument = z.looseObject(refreshSchema.shape)

/** A page that a refresh will ask for. */
export const plannedSchema = z.looseObject({
  url: z.string(),
  title: entrySchema.shape.title,
  publishedAt: entrySchema.shape.publishedAt,
})
/** See {@link plannedSchema}. */
export type PlannedPage = z.infer<typeof plannedSchema>

/** `refreshes/<id>/<source>.plan.json`: the pages that a refresh will ask for. */
export const planDocument = z.looseObject({ found: z.int(), entries: z.array(plannedSchema) })
/** See {@link planDocument}. */
export type RefreshPlan = z.infer<typeof planDocument>

/** A line of `refreshes/<id>/<source>.done.jsonl`: a page that is settled. */
export const settledRecord = z.looseObject({
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
/** See {@link settledRecord}. */
export type FinishedPage = z.infer<typeof settledRecord>

/** Whether an entry is of a day (YYYY-MM-DD) or later; a month is when the day is in it, and what has no date may be. */
export function isSince({ publishedAt }: Pick<KnownEntry, 'publishedAt'>, since: string | null): boolean {
  return since === null || publishedAt === null || publishedAt.slice(0, 10) >= since.slice(0, publishedAt.length)
}
