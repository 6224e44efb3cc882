import * as z from 'zod/mini'
import { listItemSchema } from '../bulletin'
import { errorShapeSchema } from '../errors'
import { discoveredSourceSchema, refreshSchema, sourceCheckSchema } from '../refresh'
import { removalReasons } from '../removal-reasons'

// The jobs of the contract, and the results of these jobs. Scripts use the results that the command line prints, so
// fields of results are only added, never changed or removed.

/** An imported file. `path` is the path given on the command line, or the file name in the interface. */
const importedSchema = z.object({ id: z.string(), title: z.string(), path: z.string() })

/** The result of an import, file by file. Printed by the command line. */
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

/** A downloaded bulletin. `missing` counts the pictures and files that could not be downloaded. */
const downloadedSchema = z.object({ id: z.string(), title: z.string(), url: z.string(), missing: z.int() })
const notFetched = z.object({
  url: z.string(),
  code: errorShapeSchema.shape.code,
  message: z.string(),
  details: errorShapeSchema.shape.details,
})

/** The result of a download, address by address. Printed by the command line. */
export const addResultSchema = z.object({
  added: z.array(downloadedSchema),
  revised: z.array(downloadedSchema),
  unchanged: z.array(downloadedSchema),
  failed: z.array(notFetched),
  /** The pieces that extraction removed from each page, if that was requested. */
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
        }),
      ),
    }),
  ),
})
/** See {@link addResultSchema}. */
export type AddResult = z.infer<typeof addResultSchema>

/** The result of downloading missing pictures and files again. */
export const missingResultSchema = z.object({
  /** Ids of the bulletins that have more pictures or files than before. */
  changed: z.array(z.string()),
  found: z.int().check(z.nonnegative()),
  failed: z.array(notFetched),
})
/** See {@link missingResultSchema}. */
export type MissingResult = z.infer<typeof missingResultSchema>

/** The result of a check of the library. Printed by the command line. */
export const verifyResultSchema = z.object({
  checked: z.int().check(z.nonnegative()),
  damaged: z.array(
    z.object({
      /**
       * The id of the bulletin, or the name of the bulletin's folder if the id can't be read. Null for files that
       * belong to the library and not to a bulletin.
       */
      id: z.nullable(z.string()),
      /** Path below the library, with forward slashes. */
      file: z.string(),
      problem: z.enum(['missing', 'changed', 'unreadable', 'unexpected', 'no-manifest', 'set-aside']),
    }),
  ),
})
/** See {@link verifyResultSchema}. */
export type VerifyResult = z.infer<typeof verifyResultSchema>

/** The result of restoring a backup: counts of its bulletins. */
export const restoreResultSchema = z.object({
  /** Number of bulletins in the backup. */
  bulletins: z.int().check(z.nonnegative()),
  added: z.int().check(z.nonnegative()),
  /** Known bulletins to which the backup added something. */
  merged: z.int().check(z.nonnegative()),
  unchanged: z.int().check(z.nonnegative()),
  /** Bulletins that were deleted for good here and are not restored automatically. */
  skipped: z.int().check(z.nonnegative()),
  failed: importResultSchema.shape.failed,
  /** False if the backup file is incomplete or has changed since it was written. */
  isWhole: z.boolean(),
})
/** See {@link restoreResultSchema}. */
export type RestoreResult = z.infer<typeof restoreResultSchema>

/** The result of rebuilding the index. Printed by the command line. */
export const reindexResultSchema = z.object({ indexed: z.int().check(z.nonnegative()), ms: z.int() })
/** See {@link reindexResultSchema}. */
export type ReindexResult = z.infer<typeof reindexResultSchema>

/** The content of a backup: counts of its bulletins. */
export const backupResultSchema = z.object({
  bulletins: z.int().check(z.nonnegative()),
  /** Bulletins that do not match their manifest. The backup contains them unchanged. */
  damaged: z.int().check(z.nonnegative()),
  /** Paths below the library: the folders of the damaged bulletins, and files that could not be read. */
  damagedPaths: z.array(z.string()),
})
/** See {@link backupResultSchema}. */
export type BackupResult = z.infer<typeof backupResultSchema>

/**
 * The hits of a search. Each hit has a snippet, which is a list of parts of the text. Each part has a flag that tells
 * whether it matches.
 */
export const searchResultSchema = z.object({
  total: z.int().check(z.nonnegative()),
  /** Whether there are more than `total` hits, because counting stopped at the limit `mostCounted` of the input. */
  isMore: z.boolean(),
  /** The spellings of a query without marks in the best hits, the most frequent first. Printed by the command line. */
  spellings: z.array(z.string()),
  items: z.array(z.extend(listItemSchema, { snippet: z.array(z.object({ text: z.string(), isMatch: z.boolean() })) })),
})
/** See {@link searchResultSchema}. */
export type SearchResult = z.infer<typeof searchResultSchema>

/** The result of decoding a bulletin in another encoding. Printed by the command line. */
export const rereadResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Number of the current revision. */
  revision: z.int(),
  /** False if the new text and encoding equal the current ones, so that no revision was written. */
  changed: z.boolean(),
})
/** See {@link rereadResultSchema}. */
export type RereadResult = z.infer<typeof rereadResultSchema>
/** The bulletin of a printed verification code. Printed by the command line. */
export const checkResultSchema = z.object({
  match: z.boolean(),
  id: z.nullable(z.string()),
  title: z.nullable(z.string()),
  capturedAt: z.nullable(z.string()),
  /** The number of the printed revision, and whether this revision is still the current one. */
  revision: z.nullable(z.int()),
  isCurrent: z.boolean(),
})
/** See {@link checkResultSchema}. */
export type CheckResult = z.infer<typeof checkResultSchema>

/** The result of a print job. */
export const printResultSchema = z.object({
  /**
   * The files in reading order. `path` is the address of the page that serves the bytes of a file until newer jobs
   * replace the file.
   */
  files: z.array(z.object({ name: z.string(), pages: z.int(), path: z.string() })),
  pages: z.int().check(z.nonnegative()),
  sheets: z.int().check(z.nonnegative()),
  bulletins: z.int().check(z.nonnegative()),
})
/** See {@link printResultSchema}. */
export type PrintResult = z.infer<typeof printResultSchema>

/** The result of an export job. Printed by the command line. */
export const exportResultSchema = z.object({
  /** `path` is the address of the page that serves the bytes of a file until newer jobs replace the file. */
  files: z.array(z.object({ name: z.string(), path: z.string() })),
  /** Number of bulletins in the exported files. */
  bulletins: z.int().check(z.nonnegative()),
  /**
   * Number of pictures that were left out. A picture is left out if it is missing or if the format does not support its
   * type or size.
   */
  leftOut: z.int().check(z.nonnegative()),
  /** Bulletins that could not be read. */
  failed: z.array(
    z.object({
      id: z.string(),
      code: errorShapeSchema.shape.code,
      message: z.string(),
      details: errorShapeSchema.shape.details,
    }),
  ),
})
/** See {@link exportResultSchema}. */
export type ExportResult = z.infer<typeof exportResultSchema>

const jobBase = {
  id: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  done: z.int().check(z.nonnegative()),
  total: z.int().check(z.nonnegative()),
  /** The current item, for display. */
  current: z.nullable(z.string()),
  error: z.nullable(errorShapeSchema),
}

/** A job is long work that a `start…` method starts. It sends `job-changed` events, and `cancelJob` can end it. */
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
/** See {@link jobSchema}. */
export type Job = z.infer<typeof jobSchema>
