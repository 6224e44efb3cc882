import { z } from 'zod'
import {
  bulletinSchema,
  changeSchema,
  filterSchema,
  listItemSchema,
  positionSchema,
  revisionSummarySchema,
} from './bulletin'
import { errorShapeSchema } from './errors'
import { settingsChangeSchema, settingsSchema } from './settings'

const nothing = z.object({}).strict()
const id = z.string().regex(/^[0-9a-hjkmnp-tv-z]{16}(~\d+)?$/)
const revision = z.int().min(1).max(1_000_000)
const ids = z.array(id).min(1).max(10_000)

/** What the interface must know of the host it runs on. */
export const hostSchema = z.object({
  kind: z.enum(['desktop', 'web']),
  version: z.string(),
  platform: z.string(),
  /** The library's folder, shown to the machine's own user. */
  libraryPath: z.string(),
  readOnly: z.boolean(),
  /** Whether `savePdf` can work here: a print engine was found. */
  canMakePdf: z.boolean(),
  /** Most bytes one imported file may have. */
  maxImportBytes: z.int(),
})

/** One imported file: `path` is what the reader called it (a path on the command line, a file name in the interface). */
const importedSchema = z.object({ id: z.string(), title: z.string(), path: z.string() })

/** What an import did, item by item (CLI: a contract). */
export const importResultSchema = z.object({
  added: z.array(importedSchema),
  revised: z.array(importedSchema),
  unchanged: z.array(importedSchema),
  failed: z.array(
    z.object({
      path: z.string(),
      code: errorShapeSchema.shape.code,
      message: z.string(),
      details: errorShapeSchema.shape.details,
    }),
  ),
})
/** See {@link importResultSchema}. */
export type ImportResult = z.infer<typeof importResultSchema>

/** What a check of the library found (CLI: a contract). */
export const verifyResultSchema = z.object({
  checked: z.int().nonnegative(),
  damaged: z.array(
    z.object({
      /** The bulletin's id; its folder's name where the id can't be read; null for files of the library itself. */
      id: z.string().nullable(),
      /** Path below the library, with forward slashes. */
      file: z.string(),
      problem: z.enum(['missing', 'changed', 'unreadable', 'unexpected', 'no-manifest', 'set-aside']),
    }),
  ),
})
/** See {@link verifyResultSchema}. */
export type VerifyResult = z.infer<typeof verifyResultSchema>

/** What restoring a backup did: counts of its bulletins. */
export const restoreResultSchema = z.object({
  /** Bulletins found in the backup. */
  bulletins: z.int().nonnegative(),
  added: z.int().nonnegative(),
  /** Known here already; something of the backup was new. */
  merged: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  /** Deleted for good here, so not brought back unasked. */
  skipped: z.int().nonnegative(),
  failed: importResultSchema.shape.failed,
  /** False when the file breaks off or differs from what was written. */
  isWhole: z.boolean(),
})
/** See {@link restoreResultSchema}. */
export type RestoreResult = z.infer<typeof restoreResultSchema>

const jobBase = {
  id: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** What is being worked on, for the reader. */
  current: z.string().nullable(),
  error: errorShapeSchema.nullable(),
}

/** Long work: started by a `start…` method, followed by `job-changed` events, ended by itself or by `cancelJob`. */
export const jobSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('import'), ...jobBase, result: importResultSchema.nullable() }),
  z.object({ kind: z.literal('verify'), ...jobBase, result: verifyResultSchema.nullable() }),
  z.object({ kind: z.literal('restore-backup'), ...jobBase, result: restoreResultSchema.nullable() }),
])
/** See {@link jobSchema}. */
export type Job = z.infer<typeof jobSchema>

const changed = z.object({ changed: z.array(z.string()) })
const started = z.object({ jobId: z.string() })
/** A page of this host to open for the reader, or null where the host has shown a window or dialog of its own. */
const page = z.object({ page: z.string().nullable() })

/** Makes each value when it is first asked for: building the schemas of all methods would cost every command 3 ms. */
function eachWhenAsked<T extends Record<string, () => unknown>>(
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
export const methods = eachWhenAsked({
  getHost: () => ({ input: nothing, output: hostSchema }),
  getSettings: () => ({ input: nothing, output: settingsSchema }),
  changeSettings: () => ({ input: settingsChangeSchema, output: settingsSchema }),

  /** Newest first by publication (first capture where unknown); rows are paged, `total` counts all that match. */
  listBulletins: () => ({
    input: z
      .object({
        filter: filterSchema,
        offset: z.int().nonnegative(),
        limit: z.int().min(1).max(500),
      })
      .strict(),
    output: z.object({ total: z.int(), items: z.array(listItemSchema) }),
  }),
  countBulletins: () => ({
    input: nothing,
    output: z.object({ all: z.int(), unread: z.int(), starred: z.int(), started: z.int() }),
  }),
  getBulletin: () => ({ input: z.object({ id }).strict(), output: bulletinSchema }),
  /** The received bytes of the first page capture as text, for "Xem bản lưu nguyên trạng". */
  getCapturedText: () => ({
    input: z.object({ id }).strict(),
    output: z.object({ name: z.string(), text: z.string() }),
  }),
  /** Oldest first. */
  listRevisions: () => ({ input: z.object({ id }).strict(), output: z.array(revisionSummarySchema) }),
  /** Word by word, from one revision to another; without `to` the current one, without `from` the one before `to`. */
  diffRevisions: () => ({
    input: z.object({ id, from: revision.optional(), to: revision.optional() }).strict(),
    output: z.object({ from: z.int(), to: z.int(), changes: z.array(changeSchema) }),
  }),
  markBulletins: () => ({
    input: z
      .object({
        ids,
        read: z.boolean().optional(),
        starred: z.boolean().optional(),
        addTags: z.array(z.string().trim().min(1).max(100)).max(100).optional(),
        removeTags: z.array(z.string()).max(100).optional(),
        /** The reader's own folder to lie in; null takes it out of any. */
        folder: z.string().trim().min(1).max(100).nullable().optional(),
      })
      .strict(),
    output: changed,
  }),
  keepPosition: () => ({ input: z.object({ id, position: positionSchema.nullable() }).strict(), output: nothing }),

  /** To the trash and back; `changed` are those that moved. */
  trashBulletins: () => ({ input: z.object({ ids }).strict(), output: changed }),
  restoreBulletins: () => ({ input: z.object({ ids }).strict(), output: changed }),
  /** Deletes for good what is in the trash: these, or with null all. */
  emptyTrash: () => ({ input: z.object({ ids: ids.nullable() }).strict(), output: changed }),

  /** Hands bytes to the host; answers a handle that `startImport` takes once. */
  upload: () => ({
    input: z.object({ name: z.string().min(1).max(1000), bytes: z.instanceof(Uint8Array) }).strict(),
    output: z.object({ handle: z.string() }),
  }),
  startImport: () => ({
    input: z.object({ handles: z.array(z.string()).min(1).max(10_000) }).strict(),
    output: started,
  }),
  /** Puts the sample bulletin into the library (again), for "Xem bài mẫu". */
  addSample: () => ({ input: nothing, output: z.object({ id: z.string() }) }),
  /** Checks the library; with `ids` only these. */
  startVerify: () => ({ input: z.object({ ids: ids.nullish() }).strict(), output: started }),
  getJob: () => ({ input: z.object({ jobId: z.string() }).strict(), output: jobSchema }),
  cancelJob: () => ({ input: z.object({ jobId: z.string() }).strict(), output: nothing }),

  openPrint: () => ({ input: z.object({ ids }).strict(), output: page }),
  savePdf: () => ({ input: z.object({ ids }).strict(), output: page }),
  /** Opens an http, https or mailto address outside the program, through the host's one checked way. */
  openExternal: () => ({ input: z.object({ url: z.string().max(8192) }).strict(), output: page }),
} satisfies Record<string, () => { input: z.ZodType; output: z.ZodType }>)

/** The name of a method. */
export type Method = keyof typeof methods
/** What a method takes. */
export type Input<M extends Method> = z.input<(typeof methods)[M]['input']>
/** What a method answers. */
export type Output<M extends Method> = z.output<(typeof methods)[M]['output']>

/** What a host did with a call: errors cross as data, since a thrown one loses all but its message over IPC. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: z.infer<typeof errorShapeSchema> }

/** Everything a host may tell its interfaces unasked. */
export const eventSchema = z.discriminatedUnion('type', [
  /** Bulletins were added, revised or removed. */
  z.object({ type: z.literal('bulletins-changed'), ids: z.array(z.string()) }),
  z.object({ type: z.literal('status-changed'), ids: z.array(z.string()) }),
  z.object({ type: z.literal('settings-changed'), settings: settingsSchema }),
  z.object({ type: z.literal('job-changed'), job: jobSchema }),
  /** The reader chose a command in the native menu of this window. */
  z.object({
    type: z.literal('command'),
    command: z.enum(['import', 'print', 'save-pdf', 'larger', 'smaller', 'reset-size', 'star', 'settings']),
  }),
])
/** See {@link eventSchema}. */
export type AppEvent = z.infer<typeof eventSchema>

/**
 * Events are numbered from 1 since the host started; a client that sees a gap, or a number not above the last,
 * fetches anew. `command` events are for one window and carry number 0.
 */
export const numberedEventSchema = z.object({ number: z.int().nonnegative(), event: eventSchema })
/** See {@link numberedEventSchema}. */
export type NumberedEvent = z.infer<typeof numberedEventSchema>

/**
 * The one client type. The preload offers exactly these two functions as `window.bantin`; the web bridge offers
 * the same over HTTP and one event stream.
 */
export interface Client {
  call<M extends Method>(method: M, input: Input<M>): Promise<Answer<Output<M>>>
  /** Returns the function that ends listening. */
  on(listener: (event: NumberedEvent) => void): () => void
}
