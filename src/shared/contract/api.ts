import * as z from 'zod/mini'
import {
  bulletinSchema,
  repairNameSchema,
  changeSchema,
  filterSchema,
  highlightSchema,
  listItemSchema,
  listOrders,
  noteSchema,
  passageSchema,
  positionSchema,
  revisionSummarySchema,
} from '../bulletin'
import { encodings } from '../text/encodings'
import type { ErrorShape } from '../errors'
import { exportMethods } from './export-methods'
import { idSchema as id, idsSchema as ids, revisionSchema as revision, revisionsSchema } from '../ids'
import { printOptionsSchema } from '../print/print-options'
import { refreshSchema } from '../refresh'
import { checkResultSchema, jobSchema, searchResultSchema } from './results'
import { settingsChangeSchema, settingsSchema } from '../settings/settings'
import { sourceMethods } from './source-methods'

// The whole contract is had from here.
export { isId } from '../ids'
export * from './results'

const nothing = z.strictObject({})
/** A passage and a mark as they may come from outside: nothing beside the known fields. */
const passage = z.strictObject(passageSchema.shape)

/** What the interface must know of the host it runs on. */
export const hostSchema = z.object({
  kind: z.enum(['desktop', 'web']),
  version: z.string(),
  platform: z.string(),
  /** The library's folder, shown to the machine's own user. */
  libraryPath: z.string(),
  readOnly: z.boolean(),
  /** Whether `startPrint` can work here: a print engine was found. */
  canMakePdf: z.boolean(),
  /** Most bytes one imported file may have. */
  maxImportBytes: z.int(),
})

const group = z.object({ name: z.string(), count: z.int() })
/** `ids`: of the followed sources that its bulletins came from; null stands for those that came from none. */
const sourceGroup = z.extend(group, { ids: z.array(z.nullable(z.string())) })

const changed = z.object({ changed: z.array(z.string()) })
const started = z.object({ jobId: z.string() })
/** A page of this host to open for the reader, or null where the host has shown a window or dialog of its own. */
const page = z.object({ page: z.nullable(z.string()) })

/** Makes each value when it is first asked for: building the schemas of all methods would cost every command 3 ms. */
function createLazyRecord<T extends Record<string, () => unknown>>(
  makers: T,
): { readonly [K in keyof T]: ReturnType<T[K]> } {
  const values: Partial<Record<string, unknown>> = {}
  const getters = Object.keys(makers).map((name) => [
    name,
    { enumerable: true, get: () => (values[name] ??= makers[name]?.()) },
  ])
  // One getter for each name, answering what its maker makes.
  return Object.defineProperties({}, Object.fromEntries(getters) as PropertyDescriptorMap) as {
    readonly [K in keyof T]: ReturnType<T[K]>
  }
}

/**
 * THE contract: every method of the program with its input and output. Both hosts answer exactly these; anything
 * else is `unknown-method`, anything malformed `invalid-input`.
 */
export const methods = createLazyRecord({
  getHost: () => ({ input: nothing, output: hostSchema }),
  getSettings: () => ({ input: nothing, output: settingsSchema }),
  changeSettings: () => ({ input: settingsChangeSchema, output: settingsSchema }),
  /** The settings as the text of a file, for another machine; `name` is what the file may be called. */
  exportSettings: () => ({ input: nothing, output: z.object({ name: z.string(), text: z.string() }) }),
  /** Takes over the settings of such a file; `ignored` names those whose value this version does not understand. */
  importSettings: () => ({
    input: z.strictObject({ text: z.string().check(z.maxLength(200_000)) }),
    output: z.object({ settings: settingsSchema, ignored: z.array(z.string()) }),
  }),

  /** Newest first unless asked otherwise; rows are paged, `total` counts all that match. */
  listBulletins: () => ({
    input: z.strictObject({
      filter: filterSchema,
      order: z.optional(z.enum(listOrders)),
      offset: z.int().check(z.nonnegative()),
      limit: z.int().check(z.gte(1), z.lte(500)),
    }),
    output: z.object({ total: z.int(), items: z.array(listItemSchema) }),
  }),
  countBulletins: () => ({
    input: nothing,
    output: z.object({ all: z.int(), unread: z.int(), starred: z.int(), started: z.int(), trash: z.int() }),
  }),
  /** How the library is kept: what lies in it, the room beside it, and when all of it was last checked. Walks no folder. */
  getStorage: () => ({
    input: nothing,
    output: z.object({
      /** Without what is in the trash. */
      bulletins: z.int(),
      /** Null where the system does not say. */
      freeBytes: z.nullable(z.number()),
      /** `damaged`: how many problems were found; null: never checked as a whole. */
      lastVerify: z.nullable(z.object({ at: z.string(), damaged: z.int() })),
    }),
  }),
  /** Full text; what the query says of source, dates and tag counts beside the filter. While typing, its last word may go on. */
  searchBulletins: () => ({
    input: z.strictObject({
      query: z.string().check(z.maxLength(20_000)),
      filter: filterSchema,
      order: z.optional(z.enum([...listOrders, 'best'])),
      offset: z.int().check(z.nonnegative()),
      limit: z.int().check(z.gte(1), z.lte(200)),
      isTyping: z.optional(z.boolean()),
      /** Counts no further than this many hits: finding the first is quick, counting all of them is not. */
      mostCounted: z.optional(z.int().check(z.positive())),
    }),
    output: searchResultSchema,
  }),
  /** Sources, tags and the reader's folders, the largest first. */
  listGroups: () => ({
    input: nothing,
    output: z.object({ sources: z.array(sourceGroup), tags: z.array(group), folders: z.array(group) }),
  }),
  /** As it is now, or as it was in an older revision; the reader's marks are the same for all. */
  getBulletin: () => ({
    input: z.strictObject({ id, revision: z.optional(revision) }),
    output: bulletinSchema,
  }),
  /** The received bytes of the first page capture as text, for "Xem bản lưu nguyên trạng". */
  getCapturedText: () => ({
    input: z.strictObject({ id }),
    output: z.object({ name: z.string(), text: z.string() }),
  }),
  /** Oldest first. */
  listRevisions: () => ({ input: z.strictObject({ id }), output: z.array(revisionSummarySchema) }),
  /** Word by word, from one revision to another; without `to` the current one, without `from` the one before `to`. */
  diffRevisions: () => ({
    input: z.strictObject({ id, from: z.optional(revision), to: z.optional(revision) }),
    output: z.object({ from: z.int(), to: z.int(), changes: z.array(changeSchema) }),
  }),
  markBulletins: () => ({
    input: z.strictObject({
      ids,
      read: z.optional(z.boolean()),
      starred: z.optional(z.boolean()),
      addTags: z.optional(
        z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(100))).check(z.maxLength(100)),
      ),
      removeTags: z.optional(z.array(z.string()).check(z.maxLength(100))),
      /** The reader's own folder to lie in; null takes it out of any. */
      folder: z.optional(z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(100)))),
    }),
    output: changed,
  }),
  /**
   * Keeps highlights and notes, each under its own id (one that is known is changed), and removes those named. To take a
   * change back, what was there before is kept again.
   */
  keepMarks: () => ({
    input: z.strictObject({
      id,
      highlights: z._default(
        z.array(z.strictObject({ ...highlightSchema.shape, passage })).check(z.maxLength(500)),
        [],
      ),
      notes: z._default(z.array(z.strictObject({ ...noteSchema.shape, passage })).check(z.maxLength(500)), []),
      remove: z._default(z.array(z.string()).check(z.maxLength(500)), []),
    }),
    output: nothing,
  }),
  keepPosition: () => ({ input: z.strictObject({ id, position: z.nullable(positionSchema) }), output: nothing }),

  /** Paragraphs as they are read aloud: each sentence with its stretch of the paragraph and how it is spoken (TEXT). */
  prepareSpeech: () => ({
    input: z.strictObject({ paragraphs: z.array(z.string().check(z.maxLength(200_000))).check(z.maxLength(5000)) }),
    output: z.object({
      paragraphs: z.array(z.array(z.object({ from: z.int(), to: z.int(), spoken: z.string(), syllables: z.int() }))),
      /** Abbreviations of several meanings: left as they are, for the announcer to decide. */
      ambiguous: z.array(z.string()),
    }),
  }),
  /** Takes a repair of the current text back, or makes it again; answers the revision that is current then. */
  setRepair: () => ({
    input: z.strictObject({ id, repair: z.strictObject(repairNameSchema.shape), undone: z.boolean() }),
    output: z.object({ revision: z.int() }),
  }),
  /** How a bulletin's page would begin in an encoding; stores nothing. */
  sampleEncoding: () => ({
    input: z.strictObject({ id, encoding: z.enum(encodings) }),
    /** `charset`: what most of it was read in. */
    output: z.object({ title: z.string(), text: z.string(), charset: z.string(), lost: z.int() }),
  }),
  /** Reads a bulletin's kept page in another encoding, as a new revision. */
  startReread: () => ({ input: z.strictObject({ id, encoding: z.enum(encodings) }), output: started }),
  /** To the trash and back; `changed` are those that moved. */
  trashBulletins: () => ({ input: z.strictObject({ ids }), output: changed }),
  restoreBulletins: () => ({ input: z.strictObject({ ids }), output: changed }),
  /** Deletes for good what is in the trash: these, or with null all. */
  emptyTrash: () => ({ input: z.strictObject({ ids: z.nullable(ids) }), output: changed }),

  /** Hands bytes to the host; answers a handle that `startImport` takes once. */
  upload: () => ({
    input: z.strictObject({
      name: z.string().check(z.minLength(1), z.maxLength(1000)),
      bytes: z.instanceof(Uint8Array),
    }),
    output: z.object({ handle: z.string() }),
  }),
  /** Imports files and folders of this machine by their absolute paths. */
  startImportPaths: () => ({
    input: z.strictObject({
      paths: z.array(z.string().check(z.minLength(1))).check(z.minLength(1), z.maxLength(10_000)),
      encoding: z.optional(z.enum(encodings)),
    }),
    output: started,
  }),
  startImport: () => ({
    input: z.strictObject({
      handles: z.array(z.string()).check(z.minLength(1), z.maxLength(10_000)),
      encoding: z.optional(z.enum(encodings)),
    }),
    output: started,
  }),
  /** Downloads these addresses as the reader typed or pasted them. */
  startAdd: () => ({
    input: z.strictObject({
      urls: z.array(z.string().check(z.minLength(1), z.maxLength(8192))).check(z.minLength(1), z.maxLength(1000)),
      explain: z.optional(z.boolean()),
    }),
    output: started,
  }),
  /** Asks again for the pictures and files that these bulletins miss. */
  startFetchMissing: () => ({ input: z.strictObject({ ids }), output: started }),
  /** Extracts the kept page again ("Trích lại"); answers the revision that is current then. */
  reextractBulletin: () => ({ input: z.strictObject({ id }), output: z.object({ revision: z.int() }) }),
  /** Gives an attached file to the reader: a download of this host, or a dialog of its own. */
  openAttachment: () => ({
    input: z.strictObject({ id, file: z.string().check(z.regex(/^[0-9a-f]{32}\.[a-z0-9]{1,8}$/)) }),
    output: page,
  }),
  /** Puts the sample bulletin into the library (again), for "Xem bài mẫu". */
  addSample: () => ({ input: nothing, output: z.object({ id: z.string() }) }),
  /** Makes the index anew from the documents. */
  startReindex: () => ({ input: nothing, output: started }),
  /** Checks the library; with `ids` only these. */
  startVerify: () => ({ input: z.strictObject({ ids: z.nullish(ids) }), output: started }),
  getJob: () => ({ input: z.strictObject({ jobId: z.string() }), output: jobSchema }),
  cancelJob: () => ({ input: z.strictObject({ jobId: z.string() }), output: nothing }),

  ...sourceMethods,
  ...exportMethods,
  /** Makes the PDF of these bulletins; a preview of a long edition holds its first bulletins alone. */
  startPrint: () => ({
    input: z.strictObject({
      ids,
      revisions: z.optional(revisionsSchema),
      options: printOptionsSchema,
      isPreview: z.boolean(),
    }),
    output: started,
  }),
  /** Hands a file of a finished print job to the printer. */
  printFile: () => ({
    input: z.strictObject({
      jobId: z.string(),
      file: z.int().check(z.nonnegative()),
      copies: z.int().check(z.gte(1), z.lte(99)),
    }),
    output: page,
  }),
  /** Gives all files of a finished print or export job to the reader: pages to download, or where the host has saved them. */
  saveFiles: () => ({
    input: z.strictObject({ jobId: z.string() }),
    output: z.object({ pages: z.array(z.string()), saved: z.array(z.string()) }),
  }),
  /** The two pages, front and back, that teach how a printer turns a stack put back by hand. */
  startTurnTest: () => ({ input: nothing, output: started }),
  /** Looks for what a printed code ("Mã đối chiếu") stands for. Throws `wrong-code` where it is mistyped. */
  checkCode: () => ({
    input: z.strictObject({ code: z.string().check(z.maxLength(100)) }),
    output: checkResultSchema,
  }),
  /** Opens an http, https or mailto address outside the program, through the host's one checked way. */
  openExternal: () => ({ input: z.strictObject({ url: z.string().check(z.maxLength(8192)) }), output: page }),
  /** Shows a bulletin in a window (desktop) or tab (web) of its own. */
  openReader: () => ({ input: z.strictObject({ id }), output: page }),
  /** Shows the library's folder in the file manager; a host that may not says `opened: false`. */
  openDataFolder: () => ({ input: nothing, output: z.object({ path: z.string(), opened: z.boolean() }) }),
  /** Saves a text through the host's dialog; `byPage`: this host has none, the page shall offer it as a download. */
  saveText: () => ({
    input: z.strictObject({
      name: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,80}\.(?:txt|json|opml)$/)),
      text: z.string().check(z.maxLength(20_000_000)),
    }),
    output: z.object({ saved: z.boolean(), byPage: z.boolean() }),
  }),
  /** Writes the whole library into one file; without a job the reader decided otherwise. `page`: where to fetch it when done. */
  startBackup: () => ({
    input: nothing,
    output: z.object({ jobId: z.nullable(z.string()), page: z.nullable(z.string()) }),
  }),
  /** Writes the whole library into this file, given by its absolute path. */
  startBackupTo: () => ({ input: z.strictObject({ file: z.string() }), output: started }),
  /** Merges a backup file into the library; `withDeleted` also brings back bulletins that were deleted for good. */
  startRestoreBackup: () => ({
    input: z.strictObject({ file: z.string(), withDeleted: z.boolean() }),
    output: started,
  }),
  /** How the process that holds the library has opened it. */
  getLibraryState: () => ({ input: nothing, output: z.object({ readOnly: z.boolean() }) }),
  /** What whoever helps needs to know of this machine; without texts, names and paths of the reader's. */
  getReport: () => ({ input: nothing, output: z.object({ text: z.string() }) }),
} satisfies Record<string, () => { input: z.ZodMiniType; output: z.ZodMiniType }>)

/** The name of a method. */
export type Method = keyof typeof methods
/** What a method takes. */
export type Input<M extends Method> = z.input<(typeof methods)[M]['input']>
/** What a method answers. */
export type Output<M extends Method> = z.output<(typeof methods)[M]['output']>

/** What a host did with a call: errors cross as data, since a thrown one loses all but its message over IPC. */
export type CallResult<T> = { ok: true; value: T } | { ok: false; error: ErrorShape }

/** Everything a host may tell its interfaces unasked. */
export const eventSchema = z.discriminatedUnion('type', [
  /** Bulletins were added, revised or removed. */
  z.object({ type: z.literal('bulletins-changed'), ids: z.array(z.string()) }),
  z.object({ type: z.literal('status-changed'), ids: z.array(z.string()) }),
  z.object({ type: z.literal('settings-changed'), settings: settingsSchema }),
  z.object({ type: z.literal('job-changed'), job: jobSchema }),
  /** A source was added, changed, looked at or removed. */
  z.object({ type: z.literal('sources-changed') }),
  /** A few times a second while a refresh runs, and when its state changes. */
  z.object({ type: z.literal('refresh-changed'), refresh: refreshSchema }),
  /** The reader chose a command in the native menu of this window. */
  z.object({
    type: z.literal('command'),
    command: z.enum([
      'add',
      'add-source',
      'refresh-all',
      'refreshes',
      'import',
      'print',
      'save-pdf',
      'export',
      'larger',
      'smaller',
      'reset-size',
      'star',
      'settings',
      'back',
      'forward',
      'find',
      'search',
      'palette',
      'focus',
      'undo',
      'help',
      'guide',
      'backup',
      'data-folder',
      'report',
    ]),
  }),
])
/** See {@link eventSchema}. */
export type AppEvent = z.infer<typeof eventSchema>

/**
 * Events are numbered from 1 since the host started; a client that sees a gap, or a number not above the last,
 * fetches anew. `command` events are for one window and carry number 0.
 */
export const numberedEventSchema = z.object({ number: z.int().check(z.nonnegative()), event: eventSchema })
/** See {@link numberedEventSchema}. */
export type NumberedEvent = z.infer<typeof numberedEventSchema>

/**
 * The one client type. The preload offers exactly these two functions as `window.bantin`; the web bridge offers
 * the same over HTTP and one event stream.
 */
export interface Client {
  call<M extends Method>(method: M, input: Input<M>): Promise<CallResult<Output<M>>>
  /** Returns the function that ends listening. */
  on(listener: (event: NumberedEvent) => void): () => void
}
