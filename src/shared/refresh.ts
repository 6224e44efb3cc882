import * as z from 'zod/mini'
import { errorShapeSchema } from './errors'
import { channelSchema, entrySchema, sourceKinds, sourceSchema } from './source'

const count = z.int().check(z.nonnegative())
/** A month as YYYY-MM. */
export const monthSchema = z.string().check(z.regex(/^\d{4}-(?:0[1-9]|1[0-2])$/))
/** What a rescue fetches: one month, what has no date, or nothing: it only looks what there is. */
export const rescueScopeSchema = z.union([monthSchema, z.enum(['undated', 'nothing'])])
/** The id of a refresh: when it began, in order, and something that no other has (`20261124t031500z-1a2b3c4d`). */
export const refreshIdSchema = z.string().check(z.regex(/^\d{8}t\d{6}z-[0-9a-f]{8}$/))
/** The id of a source. */
export const sourceIdSchema = sourceSchema.shape.id

/**
 * How far a refresh, or one source of it, is. `waiting`: its turn has not come · `paused`: by the reader, or by the
 * end of the program; it goes on where it stopped · `offline`: this machine has no network; it goes on by itself.
 */
export const refreshStates = ['waiting', 'running', 'offline', 'paused', 'done', 'failed', 'cancelled'] as const
/** One of {@link refreshStates}. */
export type RefreshState = (typeof refreshStates)[number]

/** Why a refresh was begun. `retry`: for the pages that failed in another; `rescue`: for those missing of a month, or of all. */
export const refreshReasons = ['reader', 'schedule', 'rescue', 'retry'] as const
/** One of {@link refreshReasons}. */
export type RefreshReason = (typeof refreshReasons)[number]

/** A page that could not be had, and why; `code` becomes the sentence that says what to do. */
export const refreshFailureSchema = z.extend(errorShapeSchema, { url: z.string(), title: z.nullable(z.string()) })
/** See {@link refreshFailureSchema}. */
export type RefreshFailure = z.infer<typeof refreshFailureSchema>

const counts = {
  /** Entries that its feeds, listings and sitemaps named. */
  found: count,
  /** Pages to ask for: what is not kept yet, and kept ones to look whether they changed. */
  wanted: count,
  /** Of those, asked and settled one way or another. */
  done: count,
  added: count,
  revised: count,
  unchanged: count,
  failed: count,
  /** Kept pages that the portal no longer has. */
  gone: count,
  /** Received, of pages, pictures and files. */
  bytes: count,
  /** Null while nobody can tell. */
  secondsLeft: z.nullable(count),
}
/** Counts of a refresh, of one source or of all. */
export const refreshCountsSchema = z.object(counts)
/** See {@link refreshCountsSchema}. */
export type RefreshCounts = z.infer<typeof refreshCountsSchema>

/** How one source of a refresh goes. */
export const sourceRefreshSchema = z.object({
  ...counts,
  id: sourceIdSchema,
  name: z.string(),
  state: z.enum(refreshStates),
  /** The address that is being asked, for the reader. */
  current: z.nullable(z.string()),
  /** Why the source failed as a whole. */
  error: z.nullable(errorShapeSchema),
  /** The first of its failures; `failed` counts all. */
  failures: z.array(refreshFailureSchema),
})
/** See {@link sourceRefreshSchema}. */
export type SourceRefresh = z.infer<typeof sourceRefreshSchema>

/** One refresh of some sources, running or past. Times are UTC with Z. */
export const refreshSchema = z.object({
  id: refreshIdSchema,
  reason: z.enum(refreshReasons),
  state: z.enum(refreshStates),
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** The oldest day that was asked for (YYYY-MM-DD), and the most new bulletins of each source. */
  since: z.nullable(z.string()),
  max: z.nullable(z.int()),
  /** See {@link rescueScopeSchema}; null in any other refresh, and where a rescue fetches all. */
  month: z.nullable(rescueScopeSchema),
  total: refreshCountsSchema,
  sources: z.array(sourceRefreshSchema),
})
/** See {@link refreshSchema}. */
export type Refresh = z.infer<typeof refreshSchema>

/** A source as the interface lists it. */
export const sourceListItemSchema = z.object({
  source: sourceSchema,
  /** Bulletins kept of it, and those of its entries not kept yet. */
  kept: count,
  missing: count,
  /** When its schedule wants it next; null where it has none, or nothing is running that would do it. */
  nextAt: z.nullable(z.string()),
  /** The refresh that is under way or paused for it; null where there is none. */
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

/** What was found at an address, for the reader to choose from. */
export const discoveredSourceSchema = z.object({
  kind: z.enum([...sourceKinds, 'bulletin', 'nothing']),
  /** Where the address led. */
  address: z.string(),
  title: z.nullable(z.string()),
  channels: z.array(
    z.object({
      ...channelSchema.shape,
      title: z.nullable(z.string()),
      /** Whether what is older can be had from it too. */
      reachesBack: z.boolean(),
      /** Whether it is followed unless the reader chooses otherwise. */
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

/** What following an address would find (CLI: a contract). */
export const sourceCheckSchema = z.object({
  kind: discoveredSourceSchema.shape.kind,
  entries: z.array(z.object({ url: z.string(), title: z.nullable(z.string()), publishedAt: z.nullable(z.string()) })),
})
/** See {@link sourceCheckSchema}. */
export type SourceCheck = z.infer<typeof sourceCheckSchema>

/** What a source has of one month, or without a date, against what is kept of it. */
export const rescuableSchema = z.object({
  found: count,
  kept: count,
  /** Of what was found, the portal had it no more before it was kept. */
  gone: count,
})
/** See {@link rescuableSchema}. */
export type Rescuable = z.infer<typeof rescuableSchema>

/** What a source has, month by month, against what is kept of it. */
export const rescueGridSchema = z.object({
  /** Only months that have any, the oldest first. */
  months: z.array(z.extend(rescuableSchema, { month: monthSchema })),
  undated: rescuableSchema,
  /** Whether its feeds, listings and sitemaps have been followed to their end. */
  isWhole: z.boolean(),
})
/** See {@link rescueGridSchema}. */
export type RescueGrid = z.infer<typeof rescueGridSchema>

/** A page of which refreshes are listed; the newest first. */
export const refreshLogSchema = z.object({ refreshes: z.array(refreshSchema) })
