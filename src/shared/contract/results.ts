import * as z from 'zod/mini'
import { listItemSchema } from '../bulletin'
import { errorShapeSchema } from '../errors'
import { discoveredSourceSchema, refreshSchema, sourceCheckSchema } from '../refresh'
import { removalReasons } from '../removal-reasons'

// The jobs of the contract, and the results of these jobs. Scripts use the results that the command line prints, so
// fields of results are only added, never changed or removed.

/** An imported file. `path` is the path given on the command line, or the file name in the interface. */
const importedSchema = z.object({ id: z.string(), title: z.string(), path: z.string() })

/** The result of an import, file by file. The command line prints this result. */
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
/** The type of the values that {@link importResultSchema} accepts. */
export type ImportResult = z.infer<typeof importResultSchema>

/** A downloaded bulletin. `missing` counts the pictures and files that could not be downloaded. */
const downloadedSchema = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  missing: z.int(),
  /** True if the bulletin was known under another address, with the same text. */
  isOtherAddress: z.optional(z.boolean()),
})
const notFetched = z.object({
  url: z.string(),
  code: errorShapeSchema.shape.code,
  message: z.string(),
  details: errorShapeSchema.shape.details,
})

/** The result of a download, address by address. The command line prints this result. */
export const addResultSchema = z.object({
  added: z.array(downloadedSchema),
  revised: z.array(downloadedSchema),
  unchanged: z.array(downloadedSchema),
  failed: z.array(notFetched),
  /**
   * The pieces that the extraction removed from each page. The list is filled only if the caller requested the pieces.
   */
  explained: z.array(
    z.object({
      url: z.string(),
      removals: z.array(
        z.object({
          step: z.int(),
          reason: z.enum(removalReasons),
          element: z.string(),
          text: z.string(),
          length: z.int(),
          prose: z.int(),
        }),
      ),
    }),
  ),
})
/** The type of the values that {@link addResultSchema} accepts. */
export type AddResult = z.infer<typeof addResultSchema>

/** The result of downloading missing pictures and files again. */
export const missingResultSchema = z.object({
  /** The ids of the bulletins that have more pictures or files than before. */
  changed: z.array(z.string()),
  found: z.int().check(z.nonnegative()),
  failed: z.array(notFetched),
})
/** The type of the values that {@link missingResultSchema} accepts. */
export type MissingResult = z.infer<typeof missingResultSchema>

/** The result of a check of the library. The command line prints this result. */
export const verifyResultSchema = z.object({
  checked: z.int().check(z.nonnegative()),
  damaged: z.array(
    z.object({
      /**
       * The id of the bulletin. If the id can't be read, the value is the name of the bulletin's folder. The value is
       * null for files that belong to the library and to no bulletin.
       */
      id: z.nullable(z.string()),
      /** The path below the library, with forward slashes. */
      file: z.string(),
      problem: z.enum(['missing', 'changed', 'unreadable', 'unexpected', 'no-manifest', 'set-aside', 'stored-twice']),
    }),
  ),
})
/** The type of the values that {@link verifyResultSchema} accepts. */
export type VerifyResult = z.infer<typeof verifyResultSchema>

/** The result of restoring a backup: counts of its bulletins. */
export const restoreResultSchema = z.object({
  /** The number of bulletins in the backup. */
  bulletins: z.int().check(z.nonnegative()),
  added: z.int().check(z.nonnegative()),
  /** The number of known bulletins to which the backup added something. */
  merged: z.int().check(z.nonnegative()),
  unchanged: z.int().check(z.nonnegative()),
  /** The number of bulletins that were skipped, because the user has deleted these bulletins for good. */
  skipped: z.int().check(z.nonnegative()),
  failed: importResultSchema.shape.failed,
  /** The number of restored sources, which sleep until the user turns them on. Absent if no source was restored. */
  asleep: z.optional(z.int().check(z.positive())),
  /** The value is false if the backup file is incomplete or has changed since the file was written. */
  isWhole: z.boolean(),
})
/** The type of the values that {@link restoreResultSchema} accepts. */
export type RestoreResult = z.infer<typeof restoreResultSchema>

/** The result of rebuilding the index. The command line prints this result. */
export const reindexResultSchema = z.object({ indexed: z.int().check(z.nonnegative()), ms: z.int() })
/** The type of the values that {@link reindexResultSchema} accepts. */
export type ReindexResult = z.infer<typeof reindexResultSchema>

/** The content of a backup: counts of its bulletins. */
export const backupResultSchema = z.object({
  bulletins: z.int().check(z.nonnegative()),
  /** The number of bulletins that do not match their manifest. The backup contains these bulletins unchanged. */
  damaged: z.int().check(z.nonnegative()),
  /** The paths below the library of the folders of damaged bulletins and of files that could not be read. */
  damagedPaths: z.array(z.string()),
})
/** The type of the values that {@link backupResultSchema} accepts. */
export type BackupResult = z.infer<typeof backupResultSchema>

/**
 * The hits of a search. Each hit has a snippet, which is a list of parts of the text. The flag of a part tells whether
 * the part matches.
 */
export const searchResultSchema = z.object({
  total: z.int().check(z.nonnegative()),
  /**
   * Whether there are more hits than `total`. There may be more hits, because counting stops at the limit `mostCounted`
   * of the input.
   */
  isMore: z.boolean(),
  /**
   * For a query without marks, the spellings in the best hits, the most frequent first. The command line prints these
   * spellings.
   */
  spellings: z.array(z.string()),
  items: z.array(z.extend(listItemSchema, { snippet: z.array(z.object({ text: z.string(), isMatch: z.boolean() })) })),
  /** The index is being built, so there may be more hits. */
  isPartial: z.optional(z.boolean()),
  /** The query whose hits these are, if the typed query has no hit: its words as keys of Telex, or with a letter changed. */
  understoodAs: z.optional(z.string()),
})
/** The type of the values that {@link searchResultSchema} accepts. */
export type SearchResult = z.infer<typeof searchResultSchema>

/** The result of decoding a bulletin in another encoding. The command line prints this result. */
export const rereadResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** The number of the current revision. */
  revision: z.int(),
  /** The value is false if the new text and encoding equal the current ones. No revision is written in this case. */
  changed: z.boolean(),
})
/** The type of the values that {@link rereadResultSchema} accepts. */
export type RereadResult = z.infer<typeof rereadResultSchema>
/** The bulletin of a printed verification code. The command line prints this result. */
export const checkResultSchema = z.object({
  match: z.boolean(),
  id: z.nullable(z.string()),
  title: z.nullable(z.string()),
  capturedAt: z.nullable(z.string()),
  /** The number of the printed revision, and whether this revision is still the current one. */
  revision: z.nullable(z.int()),
  isCurrent: z.boolean(),
})
/** The type of the values that {@link checkResultSchema} accepts. */
export type CheckResult = z.infer<typeof checkResultSchema>

/** The result of a print job. */
export const printResultSchema = z.object({
  /**
   * The files in reading order. `path` is the address of the page that serves the bytes of a file. The host serves the
   * file until newer jobs replace the file.
   */
  files: z.array(
    z.object({
      name: z.string(),
      pages: z.int(),
      path: z.string(),
      /** The address of the HTML page that the file is the print of. Null if its pages lie on sheets in another order. */
      edition: z.nullable(z.string()),
      sheet: z.object({
        widthMm: z.number(),
        heightMm: z.number(),
        duplex: z.enum(['simplex', 'longEdge', 'shortEdge']),
      }),
    }),
  ),
  pages: z.int().check(z.nonnegative()),
  sheets: z.int().check(z.nonnegative()),
  bulletins: z.int().check(z.nonnegative()),
})
/** The type of the values that {@link printResultSchema} accepts. */
export type PrintResult = z.infer<typeof printResultSchema>

/** The result of an export job. The command line prints this result. */
export const exportResultSchema = z.object({
  /**
   * `path` is the address of the page that serves the bytes of a file. The host serves the file until newer jobs
   * replace the file.
   */
  files: z.array(z.object({ name: z.string(), path: z.string() })),
  /** The number of bulletins in the exported files. */
  bulletins: z.int().check(z.nonnegative()),
  /**
   * The number of pictures that were left out. A picture is left out if the picture is missing or if the format does
   * not support the picture's type or size.
   */
  leftOut: z.int().check(z.nonnegative()),
  /** The bulletins that could not be read. */
  failed: z.array(
    z.object({
      id: z.string(),
      code: errorShapeSchema.shape.code,
      message: z.string(),
      details: errorShapeSchema.shape.details,
    }),
  ),
})
/** The type of the values that {@link exportResultSchema} accepts. */
export type ExportResult = z.infer<typeof exportResultSchema>

const jobBase = {
  id: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  done: z.int().check(z.nonnegative()),
  total: z.int().check(z.nonnegative()),
  /** The item that the job works on now, for display. */
  current: z.nullable(z.string()),
  error: z.nullable(errorShapeSchema),
}

/**
 * The state of a job. A job is long work that a `start…` method starts. A job sends `job-changed` events, and
 * `cancelJob` can end a job.
 */
export const jobSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('import'), ...jobBase, result: z.nullable(importResultSchema) }),
  z.object({ kind: z.literal('add'), ...jobBase, result: z.nullable(addResultSchema) }),
  z.object({ kind: z.literal('fetch-missing'), ...jobBase, result: z.nullable(missingResultSchema) }),
  z.object({ kind: z.literal('verify'), ...jobBase, result: z.nullable(verifyResultSchema) }),
  z.object({ kind: z.literal('reindex'), ...jobBase, result: z.nullable(reindexResultSchema) }),
  z.object({ kind: z.literal('reread'), ...jobBase, result: z.nullable(rereadResultSchema) }),
  z.object({ kind: z.literal('backup'), ...jobBase, result: z.nullable(backupResultSchema) }),
  z.object({ kind: z.literal('restore-backup'), ...jobBase, result: z.nullable(restoreResultSchema) }),
  z.object({ kind: z.literal('print'), ...jobBase, result: z.nullable(printResultSchema) }),
  z.object({ kind: z.literal('export'), ...jobBase, result: z.nullable(exportResultSchema) }),
  z.object({ kind: z.literal('discover'), ...jobBase, result: z.nullable(discoveredSourceSchema) }),
  z.object({ kind: z.literal('check-source'), ...jobBase, result: z.nullable(sourceCheckSchema) }),
  z.object({ kind: z.literal('refresh'), ...jobBase, result: z.nullable(refreshSchema) }),
])
/** The type of the values that {@link jobSchema} accepts. */
export type Job = z.infer<typeof jobSchema>

/** The counts of the navigation. `isPartial`: the index is being built, so the counts lack bulletins. */
export const countsSchema = z.object({
  all: z.int(),
  unread: z.int(),
  starred: z.int(),
  started: z.int(),
  trash: z.int(),
  isPartial: z.optional(z.boolean()),
})
