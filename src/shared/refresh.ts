import * as z from 'zod/mini'
import { errorShapeSchema } from './errors'
import { channelSchema, entrySchema, sourceKinds, sourceSchema } from './source'

const count = z.int().check(z.nonnegative())
/** A month, written as YYYY-MM. */
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
 * The state of a refresh, or the state of one source in a refresh. `waiting`: the refresh has not begun. `paused`: the
 * user paused the refresh or the program ended, and the refresh can be continued. `offline`: this machine has no
 * network, and the refresh continues automatically when the network is back.
 */
export const refreshStates = ['waiting', 'running', 'offline', 'paused', 'done', 'failed', 'cancelled'] as const
/** One entry of {@link refreshStates}. */
export type RefreshState = (typeof refreshStates)[number]

/**
 * The reasons for which a refresh is started. `retry` fetches the pages that failed in another refresh. `rescue`
 * fetches missing pages.
 */
export const refreshReasons = ['reader', 'schedule', 'rescue', 'retry'] as const
/** One entry of {@link refreshReasons}. */
export type RefreshReason = (typeof refreshReasons)[number]

/** A page that could not be fetched, with the error. The interface shows the sentence of `code`. */
export const refreshFailureSchema = z.extend(errorShapeSchema, { url: z.string(), title: z.nullable(z.string()) })
/** The type of the values that {@link refreshFailureSchema} accepts. */
export type RefreshFailure = z.infer<typeof refreshFailureSchema>

const counts = {
  /** The number of entries found in feeds, listings and sitemaps. */
  found: count,
  /** The number of pages to fetch. These pages are new pages and stored pages that may have changed. */
  wanted: count,
  /** The number of pages that are finished, with any result. */
  done: count,
  added: count,
  revised: count,
  unchanged: count,
  failed: count,
  /** The number of stored pages that the portal no longer has. */
  gone: count,
  /** The number of bytes received for pages, pictures and files. */
  bytes: count,
  /** The estimated time until the end of the refresh. The value is null while no estimate is possible. */
  secondsLeft: z.nullable(count),
}
/** The counts of a refresh, either for one source or for all sources. */
export const refreshCountsSchema = z.object(counts)
/** The type of the values that {@link refreshCountsSchema} accepts. */
export type RefreshCounts = z.infer<typeof refreshCountsSchema>

/** The progress of one source in a refresh. */
export const sourceRefreshSchema = z.object({
  ...counts,
  id: sourceIdSchema,
  name: z.string(),
  state: z.enum(refreshStates),
  /** The address that is being fetched, for display. */
  current: z.nullable(z.string()),
  /** The error that made the whole source fail. The value is null if the source has not failed. */
  error: z.nullable(errorShapeSchema),
  /** The first failures of the source. `failed` counts all failures. */
  failures: z.array(refreshFailureSchema),
})
/** The type of the values that {@link sourceRefreshSchema} accepts. */
export type SourceRefresh = z.infer<typeof sourceRefreshSchema>

/** A refresh of one or more sources, running or ended. Times are UTC with Z. */
export const refreshSchema = z.object({
  id: refreshIdSchema,
  reason: z.enum(refreshReasons),
  state: z.enum(refreshStates),
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** The oldest day to fetch (YYYY-MM-DD), and the maximum number of new bulletins for each source. */
  since: z.nullable(z.string()),
  max: z.nullable(z.int()),
  /**
   * The scope of a rescue, see {@link rescueScopeSchema}. The value is null if the refresh is not a rescue, or if the
   * rescue fetches everything.
   */
  month: z.nullable(rescueScopeSchema),
  total: refreshCountsSchema,
  sources: z.array(sourceRefreshSchema),
})
/** The type of the values that {@link refreshSchema} accepts. */
export type Refresh = z.infer<typeof refreshSchema>

/** A source as the interface lists it. */
export const sourceListItemSchema = z.object({
  source: sourceSchema,
  /** The number of the source's bulletins that are stored, and the number of its entries that are not stored yet. */
  kept: count,
  missing: count,
  /**
   * The time of the next scheduled refresh. The value is null if the source has no schedule, or if no running program
   * refreshes sources on schedule.
   */
  nextAt: z.nullable(z.string()),
  /** The running or paused refresh of the source. The value is null if there is no such refresh. */
  refreshId: z.nullable(refreshIdSchema),
})
/** The type of the values that {@link sourceListItemSchema} accepts. */
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
  /** The address to which the typed address redirects. */
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
/** The type of the values that {@link discoveredSourceSchema} accepts. */
export type DiscoveredSource = z.infer<typeof discoveredSourceSchema>

/**
 * The entries that a first refresh of an address would find. Scripts read this output, so later versions may only add
 * fields.
 */
export const sourceCheckSchema = z.object({
  kind: discoveredSourceSchema.shape.kind,
  entries: z.array(z.object({ url: z.string(), title: z.nullable(z.string()), publishedAt: z.nullable(z.string()) })),
})
/** The type of the values that {@link sourceCheckSchema} accepts. */
export type SourceCheck = z.infer<typeof sourceCheckSchema>

/**
 * The counts of the bulletins of one month, or of the bulletins without a date. The counts are the bulletins found at
 * the source and the bulletins stored here.
 */
export const rescuableSchema = z.object({
  found: count,
  kept: count,
  /** The number of found bulletins that the portal removed before the program could store these bulletins. */
  gone: count,
})
/** The type of the values that {@link rescuableSchema} accepts. */
export type Rescuable = z.infer<typeof rescuableSchema>

/** For each month, the number of bulletins found at the source and the number of bulletins stored here. */
export const rescueGridSchema = z.object({
  /** The months with bulletins, the oldest first. Months without bulletins are left out. */
  months: z.array(z.extend(rescuableSchema, { month: monthSchema })),
  undated: rescuableSchema,
  /** Whether the feeds, listings and sitemaps of the source have been read completely. */
  isWhole: z.boolean(),
})
/** The type of the values that {@link rescueGridSchema} accepts. */
export type RescueGrid = z.infer<typeof rescueGridSchema>

/** A list of refreshes, the newest first. */
export const refreshLogSchema = z.object({ refreshes: z.array(refreshSchema) })
