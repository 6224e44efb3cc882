import * as z from 'zod/mini'
import { errorShapeSchema } from './errors'
import { channelSchema, entrySchema, sourceKinds, sourceSchema } from './source'

const count = z.int().check(z.nonnegative())
/** A month as YYYY-MM. */
export const monthSchema = z.string().check(z.regex(/^\d{4}-(?:0[1-9]|1[0-2])$/))
/**
 * The scope of a rescue: one month, bulletins without a date, or nothing (the rescue only lists the bulletins of the
 * portal).
 */
export const rescueScopeSchema = z.union([monthSchema, z.enum(['undated', 'nothing'])])
/** The id of a refresh: its start time, so that ids sort by time, and a random part (`20261124t031500z-1a2b3c4d`). */
export const refreshIdSchema = z.string().check(z.regex(/^\d{8}t\d{6}z-[0-9a-f]{8}$/))
/** The id of a source. */
export const sourceIdSchema = sourceSchema.shape.id

/**
 * The state of a refresh, or of one source of it. `waiting`: the refresh has not begun. `paused`: the user paused the
 * refresh or the program ended, and the refresh can be continued. `offline`: this machine has no network, and the
 * refresh continues automatically when the network is back.
 */
export const refreshStates = ['waiting', 'running', 'offline', 'paused', 'done', 'failed', 'cancelled'] as const
/** One of {@link refreshStates}. */
export type RefreshState = (typeof refreshStates)[number]

/**
 * Why a refresh was started. `retry` fetches the pages that failed in another refresh. `rescue` fetches missing pages.
 */
export const refreshReasons = ['reader', 'schedule', 'rescue', 'retry'] as const
/** One of {@link refreshReasons}. */
export type RefreshReason = (typeof refreshReasons)[number]

/** A page that could not be fetched, with the error. The interface shows the sentence of `code`. */
export const refreshFailureSchema = z.extend(errorShapeSchema, { url: z.string(), title: z.nullable(z.string()) })
/** See {@link refreshFailureSchema}. */
export type RefreshFailure = z.infer<typeof refreshFailureSchema>

const counts = {
  /** Entries found in feeds, listings and sitemaps. */
  found: count,
  /** Number of pages to fetch. These are new pages, and stored pages that may have changed. */
  wanted: count,
  /** Pages that are finished, with any result. */
  done: count,
  added: count,
  revised: count,
  unchanged: count,
  failed: count,
  /** Stored pages that the portal no longer has. */
  gone: count,
  /** Bytes received for pages, pictures and files. */
  bytes: count,
  /** Null while it can't be estimated. */
  secondsLeft: z.nullable(count),
}
/** Counts of a refresh, either for one source or for all sources. */
export const refreshCountsSchema = z.object(counts)
/** See {@link refreshCountsSchema}. */
export type RefreshCounts = z.infer<typeof refreshCountsSchema>

/** The progress of one source in a refresh. */
export const sourceRefreshSchema = z.object({
  ...counts,
  id: sourceIdSchema,
  name: z.string(),
  state: z.enum(refreshStates),
  /** The address that is being fetched, for display. */
  current: z.nullable(z.string()),
  /** Why the source failed as a whole. */
  error: z.nullable(errorShapeSchema),
  /** The first failures. `failed` counts all of them. */
  failures: z.array(refreshFailureSchema),
})
/** See {@link sourceRefreshSchema}. */
export type SourceRefresh = z.infer<typeof sourceRefreshSchema>

/** A refresh of one or more sources, running or ended. Times are UTC with Z. */
export const refreshSchema = z.object({
  id: refreshIdSchema,
  reason: z.enum(refreshReasons),
  state: z.enum(refreshStates),
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** The oldest day to fetch (YYYY-MM-DD), and the limit on new bulletins for each source. */
  since: z.nullable(z.string()),
  max: z.nullable(z.int()),
  /** See {@link rescueScopeSchema}. Null if the refresh is not a rescue, or if the rescue fetches everything. */
  month: z.nullable(rescueScopeSchema),
  total: refreshCountsSchema,
  sources: z.array(sourceRefreshSchema),
})
/** See {@link refreshSchema}. */
export type Refresh = z.infer<typeof refreshSchema>

/** A source as the interface lists it. */
export const sourceListItemSchema = z.object({
  source: sourceSchema,
  /** Number of the source's bulletins that are stored, and number of its entries that are not stored yet. */
  kept: count,
  missing: count,
  /**
   * Time of the next scheduled refresh of the source. Null if the source has no schedule or if no running program
   * refreshes sources on schedule.
   */
  nextAt: z.nullable(z.string()),
  /** The refresh of the source that is running or paused. Null if there is none. */
  refreshId: z.nullable(refreshIdSchema),
})
/** See {@link sourceListItemSchema}. */
export type SourceListItem = z.infer<typeof sourceListItemSchema>

const estimateSchema = z.object({
  seen: count,
  total: z.nullable(count),
  lastMonth: z.nullable(count),
  bytes: count,
  newest: z.nullable(z.string()),
  oldest: z.nullable(z.string()),
})

/** The channels that were found at an address, from which the user can choose. */
export const discoveredSourceSchema = z.object({
  kind: z.enum([...sourceKinds, 'bulletin', 'nothing']),
  /** The address after redirects. */
  address: z.string(),
  title: z.nullable(z.string()),
  channels: z.array(
    z.object({
      ...channelSchema.shape,
      title: z.nullable(z.string()),
      /** Whether the channel also lists older bulletins. */
      reachesBack: z.boolean(),
      /** Whether the channel is followed by default. */
      isChosen: z.boolean(),
      samples: z.array(entrySchema),
      estimate: estimateSchema,
    }),
  ),
  failed: z.array(z.object({ url: z.string(), error: errorShapeSchema })),
  estimate: estimateSchema,
  isCut: z.boolean(),
})
/** See {@link discoveredSourceSchema}. */
export type DiscoveredSource = z.infer<typeof discoveredSourceSchema>

/** The entries that a first refresh of an address would find. Scripts use this output, so fields are only added. */
export const sourceCheckSchema = z.object({
  kind: discoveredSourceSchema.shape.kind,
  entries: z.array(z.object({ url: z.string(), title: z.nullable(z.string()), publishedAt: z.nullable(z.string()) })),
})
/** See {@link sourceCheckSchema}. */
export type SourceCheck = z.infer<typeof sourceCheckSchema>

/**
 * Counts of the bulletins of one month or of those without a date. The counts are the bulletins found at the source and
 * the bulletins stored here.
 */
export const rescuableSchema = z.object({
  found: count,
  kept: count,
  /** Found bulletins that the portal removed before they were stored. */
  gone: count,
})
/** See {@link rescuableSchema}. */
export type Rescuable = z.infer<typeof rescuableSchema>

/** Counts of the bulletins of a source for each month, both found at the source and stored here. */
export const rescueGridSchema = z.object({
  /** Only months with bulletins, the oldest first. */
  months: z.array(z.extend(rescuableSchema, { month: monthSchema })),
  undated: rescuableSchema,
  /** Whether the feeds, listings and sitemaps of the source have been read to their end. */
  isWhole: z.boolean(),
})
/** See {@link rescueGridSchema}. */
export type RescueGrid = z.infer<typeof rescueGridSchema>

/** A list of refreshes, the newest first. */
export const refreshLogSchema = z.object({ refreshes: z.array(refreshSchema) })
