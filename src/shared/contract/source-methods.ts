import * as z from 'zod/mini'
import {
  refreshIdSchema,
  refreshLogSchema,
  refreshSchema,
  rescueScopeSchema,
  rescueGridSchema,
  sourceIdSchema,
  sourceListItemSchema,
} from '../refresh'
import { portalsSchema } from '../portals'
import { channelSchema, scheduleSchema, sourceKinds, sourceSchema } from '../source'
import { defineMethods } from './define-methods'

const nothing = z.strictObject({})
const started = z.object({ jobId: z.string() })
const refreshStarted = z.object({ jobId: z.string(), refreshId: refreshIdSchema })
const address = z.string().check(z.trim(), z.minLength(1), z.maxLength(8192))
const sourceName = z.string().check(z.trim(), z.minLength(1), z.maxLength(300))
const channels = z.array(z.strictObject(channelSchema.shape)).check(z.maxLength(200))
const sourceIds = z.array(sourceIdSchema).check(z.minLength(1), z.maxLength(10_000))
/** The issuer of a source. The value null stands for an unknown name. */
const issuer = z.strictObject(sourceSchema.shape.issuer.shape)

/** The methods of the contract that follow sources. `api.ts` joins these methods with the other methods. */
export const sourceMethods = defineMethods({
  /**
   * Lists all followed sources, sorted by name. `damaged` lists the documents that can't be read, as paths below the
   * library.
   */
  listSources: () => ({
    input: nothing,
    output: z.object({ sources: z.array(sourceListItemSchema), damaged: z.array(z.string()) }),
  }),
  /**
   * Lists the portals that the program offers on its first start, grouped by province. The provinces are sorted by
   * their present names.
   */
  listPortals: () => ({ input: nothing, output: portalsSchema }),
  /** Discovers the channels at an address that the user typed. The method stores nothing. */
  startDiscover: () => ({ input: z.strictObject({ url: address }), output: started }),
  /**
   * Finds the entries that the first refresh of an address or of a followed source would find. The method stores
   * nothing.
   */
  startCheckSource: () => ({
    input: z.strictObject({ url: z.optional(address), id: z.optional(sourceIdSchema) }),
    output: started,
  }),
  /**
   * Follows a source. If `channels` is absent, the first refresh discovers the channels. A source that is already
   * followed stays unchanged.
   */
  addSource: () => ({
    input: z.strictObject({
      url: address,
      name: z.optional(sourceName),
      kind: z.enum(sourceKinds),
      channels: z.optional(channels),
      everyMinutes: z.optional(scheduleSchema.shape.everyMinutes),
      since: z.optional(z.nullable(z.iso.date())),
    }),
    output: z.object({ source: sourceSchema, isNew: z.boolean() }),
  }),
  /**
   * Changes a source. A new address means that the source has moved. In this case the source keeps its old host with
   * the last day of that host, and the channels are discovered again. `isAsleep: false` turns on a source that sleeps.
   * A new address does so too. Throws `refresh-under-way` if the address or the channels would change during a refresh.
   * Throws `source-asleep` if only the schedule of a sleeping source would change.
   */
  changeSource: () => ({
    input: z.strictObject({
      id: sourceIdSchema,
      url: z.optional(address),
      name: z.optional(sourceName),
      everyMinutes: z.optional(scheduleSchema.shape.everyMinutes),
      since: z.optional(z.nullable(z.iso.date())),
      channels: z.optional(channels),
      issuer: z.optional(issuer),
      isAsleep: z.optional(z.literal(false)),
    }),
    output: sourceSchema,
  }),
  /** Stops following a source. The bulletins of the source stay in the library. */
  removeSource: () => ({ input: z.strictObject({ id: sourceIdSchema }), output: nothing }),
  /**
   * Follows the feeds of an OPML file. These feeds must be on the public internet, because no user typed their
   * addresses.
   */
  importSources: () => ({
    input: z.strictObject({ text: z.string().check(z.maxLength(20_000_000)) }),
    output: z.object({ added: z.array(sourceSchema), known: z.int(), unreadable: z.array(z.string()) }),
  }),
  /** Returns the followed sources as an OPML file. */
  exportSources: () => ({ input: nothing, output: z.object({ name: z.string(), text: z.string() }) }),

  /**
   * Fetches new bulletins of the sources in `ids`, or of all sources if `ids` is null. `since` is the oldest day to
   * fetch. `max` limits the number of bulletins for each source.
   */
  startRefresh: () => ({
    input: z.strictObject({
      sources: z.nullable(sourceIds),
      since: z.optional(z.iso.date()),
      max: z.optional(z.int().check(z.gte(1), z.lte(1_000_000))),
    }),
    output: refreshStarted,
  }),
  /**
   * Lists refreshes, the newest first. The list contains all running and paused refreshes. Ended refreshes fill the
   * list up to `limit` entries.
   */
  listRefreshes: () => ({
    input: z.strictObject({ limit: z.int().check(z.gte(1), z.lte(200)) }),
    output: refreshLogSchema,
  }),
  getRefresh: () => ({ input: z.strictObject({ refreshId: refreshIdSchema }), output: refreshSchema }),
  /**
   * Pauses a refresh and ends its job. The refresh stays paused until `resumeRefresh` is called, even after a restart
   * of the program.
   */
  pauseRefresh: () => ({ input: z.strictObject({ refreshId: refreshIdSchema }), output: nothing }),
  resumeRefresh: () => ({ input: z.strictObject({ refreshId: refreshIdSchema }), output: refreshStarted }),
  /** Ends a running or paused refresh for good. The bulletins that the refresh has fetched stay in the library. */
  cancelRefresh: () => ({ input: z.strictObject({ refreshId: refreshIdSchema }), output: nothing }),
  /** Fetches the failed pages of a refresh again, either the pages of one source or the pages of all sources. */
  startRetry: () => ({
    input: z.strictObject({ refreshId: refreshIdSchema, source: z.optional(sourceIdSchema) }),
    output: refreshStarted,
  }),
  /** Returns the data for the view "Cứu cổng": the number of bulletins found and of bulletins stored in each month. */
  getRescueGrid: () => ({ input: z.strictObject({ id: sourceIdSchema }), output: rescueGridSchema }),
  /**
   * Fetches missing bulletins of a source. The scope is one month, the bulletins without a date (`undated`) or all
   * bulletins (null). With the scope `nothing`, the method only lists the bulletins of the portal.
   */
  startRescue: () => ({
    input: z.strictObject({ id: sourceIdSchema, month: z.nullable(rescueScopeSchema) }),
    output: refreshStarted,
  }),
})
