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
import { printMethods } from './print-methods'
import { idSchema as id, idsSchema as ids, revisionSchema as revision } from '../ids'
import type { NumberedEvent } from './events'
import { countsSchema, jobSchema, searchResultSchema } from './results'
import { settingsChangeSchema, settingsSchema } from '../settings/settings'
import { sourceMethods } from './source-methods'

// These re-exports let callers import the whole contract from this file.
export { isId } from '../ids'
export * from './events'
export * from './results'

const nothing = z.strictObject({})
/** A passage in the input of a method. A passage with an unknown field is refused. */
const passage = z.strictObject(passageSchema.shape)

/** The facts about the host that the interface needs. */
export const hostSchema = z.object({
  kind: z.enum(['desktop', 'web']),
  version: z.string(),
  platform: z.string(),
  /** The path of the library's folder, which the interface shows to the user of this machine. */
  libraryPath: z.string(),
  readOnly: z.boolean(),
  /** Whether the library is read-only because the disk is full. It becomes writable when the disk has space again. */
  isDiskFull: z.boolean(),
  /** Whether the caller is a guest. A guest gets an empty `libraryPath` and may call only some methods. */
  isForGuests: z.boolean(),
  /** Whether the host has found a print engine. Without a print engine, `startPrint` does not work. */
  canMakePdf: z.boolean(),
  /** The maximum size of an imported file, in bytes. */
  maxImportBytes: z.int(),
})

const group = z.object({ name: z.string(), count: z.int() })
/**
 * A source as a group of bulletins. `ids` are the followed sources of these bulletins. A null in `ids` stands for
 * bulletins without a followed source.
 */
const sourceGroup = z.extend(group, { ids: z.array(z.nullable(z.string())) })

const changed = z.object({ changed: z.array(z.string()) })
const started = z.object({ jobId: z.string() })
/** A page of this host that the client must open. The value is null if the host has shown its own window or dialog. */
const page = z.object({ page: z.nullable(z.string()) })

/**
 * Creates the schema of a method when the schema is first read. If the schemas of all methods were created at the
 * start, each command would take 3 ms longer.
 */
function createLazyRecord<T extends Record<string, () => unknown>>(
  makers: T,
): { readonly [K in keyof T]: ReturnType<T[K]> } {
  const values: Partial<Record<string, unknown>> = {}
  const getters = Object.keys(makers).map((name) => [
    name,
    { enumerable: true, get: () => (values[name] ??= makers[name]?.()) },
  ])
  // The cast is correct, because each name has a getter that returns the value of the maker with that name.
  return Object.defineProperties({}, Object.fromEntries(getters) as PropertyDescriptorMap) as {
    readonly [K in keyof T]: ReturnType<T[K]>
  }
}

/**
 * The contract: all methods of the program with their inputs and outputs. Both hosts answer exactly these methods. A
 * call of any other method fails with `unknown-method`, and a malformed input fails with `invalid-input`.
 */
export const methods = createLazyRecord({
  getHost: () => ({ input: nothing, output: hostSchema }),
  getSettings: () => ({ input: nothing, output: settingsSchema }),
  changeSettings: () => ({ input: settingsChangeSchema, output: settingsSchema }),
  /**
   * Returns the settings as the text of a file, so that the user can take the settings to another machine. `name` is
   * the suggested name of the file.
   */
  exportSettings: () => ({ input: nothing, output: z.object({ name: z.string(), text: z.string() }) }),
  /**
   * Imports the settings from the text of a file that `exportSettings` created. `ignored` lists the known settings with
   * an invalid value.
   */
  importSettings: () => ({
    input: z.strictObject({ text: z.string().check(z.maxLength(200_000)) }),
    output: z.object({ settings: settingsSchema, ignored: z.array(z.string()) }),
  }),

  /** Returns a page of the bulletins that match, the newest first by default. `total` counts all matches. */
  listBulletins: () => ({
    input: z.strictObject({
      filter: filterSchema,
      order: z.optional(z.enum(listOrders)),
      offset: z.int().check(z.nonnegative()),
      limit: z.int().check(z.gte(1), z.lte(500)),
    }),
    /** `isPartial`: the index is being built, so the list lacks bulletins. */
    output: z.object({ total: z.int(), items: z.array(listItemSchema), isPartial: z.optional(z.boolean()) }),
  }),
  countBulletins: () => ({
    input: nothing,
    output: countsSchema,
  }),
  /**
   * Returns the size of the library, the free disk space and the last full check. The method reads no folder, so the
   * method is fast.
   */
  getStorage: () => ({
    input: nothing,
    output: z.object({
      /** The number of bulletins outside the trash. */
      bulletins: z.int(),
      /** The free disk space in bytes. The value is null if the system does not report the free space. */
      freeBytes: z.nullable(z.number()),
      /**
       * The last full check. `damaged` is the number of problems. The value is null if the whole library was never
       * checked.
       */
      lastVerify: z.nullable(z.object({ at: z.string(), damaged: z.int() })),
    }),
  }),
  /** Searches the full text. The fields in the query (source, dates, tag) and the filter apply together. */
  searchBulletins: () => ({
    input: z.strictObject({
      query: z.string().check(z.maxLength(20_000)),
      filter: filterSchema,
      order: z.optional(z.enum([...listOrders, 'best'])),
      offset: z.int().check(z.nonnegative()),
      limit: z.int().check(z.gte(1), z.lte(200)),
      /** Whether the user is still typing, so that the last word may be incomplete. */
      isTyping: z.optional(z.boolean()),
      /** The number of hits at which counting stops. Finding the first hits is fast, but counting all hits is slow. */
      mostCounted: z.optional(z.int().check(z.positive())),
    }),
    output: searchResultSchema,
  }),
  /** Lists sources, tags and the user's folders. The groups with the most bulletins come first. */
  listGroups: () => ({
    input: nothing,
    output: z.object({ sources: z.array(sourceGroup), tags: z.array(group), folders: z.array(group) }),
  }),
  /**
   * Returns the current revision or an older revision. The user's highlights and notes are the same in all revisions.
   */
  getBulletin: () => ({
    input: z.strictObject({ id, revision: z.optional(revision) }),
    output: bulletinSchema,
  }),
  /** Returns the received bytes of the first capture as text, for "Xem bản lưu nguyên trạng". */
  getCapturedText: () => ({
    input: z.strictObject({ id }),
    output: z.object({ name: z.string(), text: z.string() }),
  }),
  /** Lists the revisions of a bulletin, the oldest first. */
  listRevisions: () => ({ input: z.strictObject({ id }), output: z.array(revisionSummarySchema) }),
  /**
   * Compares two revisions word by word. `to` defaults to the current revision, and `from` to the revision before `to`.
   */
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
      /** The user's folder into which the bulletins are moved. Null removes the bulletins from their folders. */
      folder: z.optional(z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(100)))),
    }),
    output: changed,
  }),
  /**
   * Stores highlights and notes. An entry with a known id replaces the stored entry. Removes the entries whose ids are
   * in `remove`. To undo a change, the client stores the previous highlights and notes again.
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

  /** Prepares paragraphs for reading aloud: each sentence with its range in the paragraph and its spoken text. */
  prepareSpeech: () => ({
    input: z.strictObject({ paragraphs: z.array(z.string().check(z.maxLength(200_000))).check(z.maxLength(5000)) }),
    output: z.object({
      paragraphs: z.array(z.array(z.object({ from: z.int(), to: z.int(), spoken: z.string(), syllables: z.int() }))),
      /**
       * The abbreviations with several meanings. These abbreviations stay in the text, and the announcer decides how to
       * read them.
       */
      ambiguous: z.array(z.string()),
    }),
  }),
  /**
   * Undoes a repair of the current text, or applies a repair that was undone. Returns the number of the new current
   * revision.
   */
  setRepair: () => ({
    input: z.strictObject({ id, repair: z.strictObject(repairNameSchema.shape), undone: z.boolean() }),
    output: z.object({ revision: z.int() }),
  }),
  /** Returns the beginning of a bulletin's page in another encoding. The method stores nothing. */
  sampleEncoding: () => ({
    input: z.strictObject({ id, encoding: z.enum(encodings) }),
    /** `charset` is the encoding of most of the text. */
    output: z.object({ title: z.string(), text: z.string(), charset: z.string(), lost: z.int() }),
  }),
  /** Decodes a bulletin's stored page in another encoding and stores the result as a new revision. */
  startReread: () => ({ input: z.strictObject({ id, encoding: z.enum(encodings) }), output: started }),
  /** Moves bulletins to the trash. `changed` lists the bulletins that were moved. */
  trashBulletins: () => ({ input: z.strictObject({ ids }), output: changed }),
  /** Moves bulletins out of the trash. `changed` lists the bulletins that were moved. */
  restoreBulletins: () => ({ input: z.strictObject({ ids }), output: changed }),
  /**
   * Deletes bulletins in the trash for good: only the bulletins in `ids`, or all bulletins in the trash if `ids` is
   * null.
   */
  emptyTrash: () => ({ input: z.strictObject({ ids: z.nullable(ids) }), output: changed }),

  /** Sends bytes to the host. Returns a handle for one call of `startImport`. */
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
  /** Downloads the pages at these addresses, which the user typed or pasted. */
  startAdd: () => ({
    input: z.strictObject({
      urls: z.array(z.string().check(z.minLength(1), z.maxLength(8192))).check(z.minLength(1), z.maxLength(1000)),
      explain: z.optional(z.boolean()),
    }),
    output: started,
  }),
  /** Downloads the missing pictures and files of these bulletins again. */
  startFetchMissing: () => ({ input: z.strictObject({ ids }), output: started }),
  /** Extracts the stored page again ("Trích lại"). Returns the number of the new current revision. */
  reextractBulletin: () => ({
    /**
     * If `keepsAll` is true, the text keeps everything that the page shows. If it is false, the text keeps only the
     * article.
     */
    input: z.strictObject({ id, keepsAll: z.optional(z.boolean()) }),
    output: z.object({ revision: z.int() }),
  }),
  /** Opens an attached file for the user. The host offers the file as a download or shows a dialog. */
  openAttachment: () => ({
    input: z.strictObject({ id, file: z.string().check(z.regex(/^[0-9a-f]{32}\.[a-z0-9]{1,8}$/)) }),
    output: page,
  }),
  /**
   * Adds the sample bulletin to the library for "Xem bài mẫu", even if the user has deleted the sample bulletin before.
   */
  addSample: () => ({ input: nothing, output: z.object({ id: z.string() }) }),
  /** Rebuilds the index from the documents. */
  startReindex: () => ({ input: nothing, output: started }),
  /** Checks the library, or only the bulletins in `ids`. */
  startVerify: () => ({ input: z.strictObject({ ids: z.nullish(ids) }), output: started }),
  getJob: () => ({ input: z.strictObject({ jobId: z.string() }), output: jobSchema }),
  cancelJob: () => ({ input: z.strictObject({ jobId: z.string() }), output: nothing }),

  ...sourceMethods,
  ...exportMethods,
  ...printMethods,
  /** Opens an http, https or mailto address outside the program. The host checks the address first. */
  openExternal: () => ({ input: z.strictObject({ url: z.string().check(z.maxLength(8192)) }), output: page }),
  /** Shows a bulletin in a separate window (desktop) or tab (web). */
  openReader: () => ({ input: z.strictObject({ id }), output: page }),
  /**
   * Shows the library's folder in the file manager. `opened` is false if the host is not allowed to open the folder.
   */
  openDataFolder: () => ({ input: nothing, output: z.object({ path: z.string(), opened: z.boolean() }) }),
  /**
   * Saves a text through a dialog of the host. `byPage` is true if the host has no dialogs. The page must then offer a
   * download.
   */
  saveText: () => ({
    input: z.strictObject({
      name: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,80}\.(?:txt|json|opml)$/)),
      text: z.string().check(z.maxLength(20_000_000)),
    }),
    output: z.object({ saved: z.boolean(), byPage: z.boolean() }),
  }),
  /**
   * Writes the whole library into one file. `jobId` is null if the user cancelled the dialog. `page` is the page from
   * which a browser downloads the file after the job.
   */
  startBackup: () => ({
    input: nothing,
    output: z.object({ jobId: z.nullable(z.string()), page: z.nullable(z.string()) }),
  }),
  /** Writes the whole library into a file. The input is the absolute path of this file. */
  startBackupTo: () => ({ input: z.strictObject({ file: z.string() }), output: started }),
  /**
   * Merges a backup file into the library. With `withDeleted`, also restores bulletins that the user has deleted for
   * good.
   */
  startRestoreBackup: () => ({
    input: z.strictObject({ file: z.string(), withDeleted: z.boolean() }),
    output: started,
  }),
  /** Returns the mode in which the library is open. */
  getLibraryState: () => ({
    input: nothing,
    output: z.object({
      readOnly: z.boolean(),
      /** Whether the library is read-only because the disk is full. An older version of the program leaves this out. */
      isDiskFull: z._default(z.boolean(), false),
    }),
  }),
  /**
   * Checks whether a newer version of the program exists. With `onlyIfDue`, asks the network only if the user allows
   * automatic checks and the last check is a week old.
   */
  checkUpdate: () => ({
    input: z.strictObject({ onlyIfDue: z.boolean() }),
    output: z.object({
      /** `no-source`: this build has no update feed. `never`: this program has not checked yet. */
      state: z.enum(['no-source', 'never', 'current', 'available']),
      checkedAt: z.nullable(z.string()),
      /** The new version and its download page. Null unless the state is `available`. */
      version: z.nullable(z.string()),
      page: z.nullable(z.string()),
      /** Whether `installUpdate` works on this host. */
      canInstall: z.boolean(),
    }),
  }),
  /** Downloads the new version. It is installed when the program ends. */
  installUpdate: () => ({ input: nothing, output: nothing }),
  /** Returns a report about this machine for support, without the texts, names and paths of the user. */
  getReport: () => ({ input: nothing, output: z.object({ text: z.string() }) }),
} satisfies Record<string, () => { input: z.ZodMiniType; output: z.ZodMiniType }>)

/** The name of a method. */
export type Method = keyof typeof methods
/** The input of a method. */
export type Input<M extends Method> = z.input<(typeof methods)[M]['input']>
/** The output of a method. */
export type Output<M extends Method> = z.output<(typeof methods)[M]['output']>

/**
 * The result of a call. The host returns errors as data, because an error that is thrown over IPC keeps only its
 * message.
 */
export type CallResult<T> = { ok: true; value: T } | { ok: false; error: ErrorShape }

/**
 * The client of the contract. The preload exposes exactly these two functions as `window.bantin`. The web bridge offers
 * the same two functions over HTTP and an event stream.
 */
export interface Client {
  call<M extends Method>(method: M, input: Input<M>): Promise<CallResult<Output<M>>>
  /** Adds a listener for events. Returns the function that removes the listener. */
  on(listener: (event: NumberedEvent) => void): () => void
}
