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
/** A name alone may be null: as it was then is not always known. */
const issuer = z.strictObject(sourceSchema.shape.issuer.shape)

/** The methods of the contract that follow sources; see {@link ./api.methods}. */
export const sourceMethods = defineMethods({
  /** Every followed source, by name; `damaged` names documents that can't be read (paths below the library). */
  listSources: () => ({
    input: nothing,
    output: z.object({ sources: z.array(sourceListItemSchema), damaged: z.array(z.string()) }),
  }),
  /** The portals by province that the first start offers, provinces by today's names. */
  listPortals: () => ({ input: nothing, output: portalsSchema }),
  /** What is at an address the reader typed, and what can be followed from it; stores nothing. */
  startDiscover: () => ({ input: z.strictObject({ url: address }), output: started }),
  /** The entries that following an address (or a source, by its id) would find; stores nothing. */
  startCheckSource: () => ({
    input: z.strictObject({ url: z.optional(address), id: z.optional(sourceIdSchema) }),
    output: started,
  }),
  /** Follows what was found. Without channels they are looked for by the first refresh. One that is followed already stays as it is. */
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
  /** With another address the source has moved: its host of before is kept with its last day, and what is read is looked for anew. Neither its address nor its channels change under a refresh: `refresh-under-way`. */
  changeSource: () => ({
    input: z.strictObject({
      id: sourceIdSchema,
      url: z.optional(address),
      name: z.optional(sourceName),
      everyMinutes: z.optional(scheduleSchema.shape.everyMinutes),
      since: z.optional(z.nullable(z.iso.date())),
      channels: z.optional(channels),
      issuer: z.optional(issuer),
    }),
    output: sourceSchema,
  }),
  /** Ends following; its bulletins stay. */
  removeSource: () => ({ input: z.strictObject({ id: sourceIdSchema }), output: nothing }),
  /** OPML in and out. A feed of a file was typed by nobody: it is reached on the public internet only. */
  importSources: () => ({
    input: z.strictObject({ text: z.string().check(z.maxLength(20_000_000)) }),
    output: z.object({ added: z.array(sourceSchema), known: z.int(), unreadable: z.array(z.string()) }),
  }),
  exportSources: () => ({ input: nothing, output: z.object({ name: z.string(), text: z.string() }) }),

  /** Fetches what is new of these sources, or with null of all. `since`: a day; `max`: new bulletins of each source. */
  startRefresh: () => ({
    input: z.strictObject({
      sources: z.nullable(sourceIds),
      since: z.optional(z.iso.date()),
      max: z.optional(z.int().check(z.gte(1), z.lte(1_000_000))),
    }),
    output: refreshStarted,
  }),
  /** The newest refreshes first: all that are under way or paused, and so many past ones that `limit` is reached. */
  listRefreshes: () => ({
    input: z.strictObject({ limit: z.int().check(z.gte(1), z.lte(200)) }),
    output: refreshLogSchema,
  }),
  getRefresh: () => ({ input: z.strictObject({ refreshId: refreshIdSchema }), output: refreshSchema }),
  /** Ends the job; the refresh waits for `resumeRefresh`, also after the program was closed. */
  pauseRefresh: () => ({ input: z.strictObject({ refreshId: refreshIdSchema }), output: nothing }),
  resumeRefresh: () => ({ input: z.strictObject({ refreshId: refreshIdSchema }), output: refreshStarted }),
  /** Ends a refresh for good, running or paused; what came home stays. */
  cancelRefresh: () => ({ input: z.strictObject({ refreshId: refreshIdSchema }), output: nothing }),
  /** Asks again for the pages that failed in a refresh: all of a source, or of all sources. */
  startRetry: () => ({
    input: z.strictObject({ refreshId: refreshIdSchema, source: z.optional(sourceIdSchema) }),
    output: refreshStarted,
  }),
  /** "Cứu cổng": found against kept, month by month. */
  getRescueGrid: () => ({ input: z.strictObject({ id: sourceIdSchema }), output: rescueGridSchema }),
  /** Fetches what is missing of a month, of what has no date (`undated`), or of all (null); `nothing` only looks what there is. */
  startRescue: () => ({
    input: z.strictObject({ id: sourceIdSchema, month: z.nullable(rescueScopeSchema) }),
    output: refreshStarted,
  }),
})
