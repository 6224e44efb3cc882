import * as z from 'zod/mini'
import { listItemSchema } from '../bulletin'
import { errorShapeSchema } from '../errors'
import { discoveredSourceSchema, refreshSchema, sourceCheckSchema } from '../refresh'
import { removalReasons } from '../removal-reasons'

// What the methods of the contract answer after work, and the jobs that do it.

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

/** One downloaded bulletin; `missing` counts the pictures and files that could not be had. */
const downloadedSchema = z.object({ id: z.string(), title: z.string(), url: z.string(), missing: z.int() })
const notFetched = z.object({
  url: z.string(),
  code: errorShapeSchema.shape.code,
  message: z.string(),
  details: errorShapeSchema.shape.details,
})

/** What downloading addresses did, item by item (CLI: a contract). */
export const addResultSchema = z.object({
  added: z.array(downloadedSchema),
  revised: z.array(downloadedSchema),
  unchanged: z.array(downloadedSchema),
  failed: z.array(notFetched),
  /** What extraction left out of each page, where that was asked for. */
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

/** What asking again for missing pictures and files did. */
export const missingResultSchema = z.object({
  /** Bulletins that have more now. */
  changed: z.array(z.string()),
  found: z.int().check(z.nonnegative()),
  failed: z.array(notFetched),
})
/** See {@link missingResultSchema}. */
export type MissingResult = z.infer<typeof missingResultSchema>

/** What a check of the library found (CLI: a contract). */
export const verifyResultSchema = z.object({
  checked: z.int().check(z.nonnegative()),
  damaged: z.array(
    z.object({
      /** The bulletin's id; its folder's name where the id can't be read; null for files of the library itself. */
      id: z.nullable(z.string()),
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
  bulletins: z.int().check(z.nonnegative()),
  added: z.int().check(z.nonnegative()),
  /** Known here already; something of the backup was new. */
  merged: z.int().check(z.nonnegative()),
  unchanged: z.int().check(z.nonnegative()),
  /** Deleted for good here, so not brought back unasked. */
  skipped: z.int().check(z.nonnegative()),
  failed: importResultSchema.shape.failed,
  /** False when the file breaks off or differs from what was written. */
  isWhole: z.boolean(),
})
/** See {@link restoreResultSchema}. */
export type RestoreResult = z.infer<typeof restoreResultSchema>

/** What rebuilding the index did (CLI: a contract). */
export const reindexResultSchema = z.object({ indexed: z.int().check(z.nonnegative()), ms: z.int() })
/** See {@link reindexResultSchema}. */
export type ReindexResult = z.infer<typeof reindexResultSchema>

/** What a backup holds: counts of its bulletins. */
export const backupResultSchema = z.object({
  bulletins: z.int().check(z.nonnegative()),
  /** Bulletins that do not match their manifest; they are in the backup as they are. */
  damaged: z.int().check(z.nonnegative()),
  /** Their folders, below the library; and files that could not be read. */
  damagedPaths: z.array(z.string()),
})
/** See {@link backupResultSchema}. */
export type BackupResult = z.infer<typeof backupResultSchema>

/** Hits of a search, with a snippet each: pieces of the text as it stands, those that matched marked. */
export const searchResultSchema = z.object({
  total: z.int().check(z.nonnegative()),
  /** Whether there are more than `total`, because counting ended there (`mostCounted`). */
  isMore: z.boolean(),
  /** Spellings the best hits have of a query without marks, the commonest first (CLI: a contract). */
  spellings: z.array(z.string()),
  items: z.array(z.extend(listItemSchema, { snippet: z.array(z.object({ text: z.string(), isMatch: z.boolean() })) })),
})
/** See {@link searchResultSchema}. */
export type SearchResult = z.infer<typeof searchResultSchema>

/** What reading a bulletin in another encoding did (CLI: a contract). */
export const rereadResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Number of the revision that is current now. */
  revision: z.int(),
  /** False where the text was the same: no revision was written. */
  changed: z.boolean(),
})
/** See {@link rereadResultSchema}. */
export type RereadResult = z.infer<typeof rereadResultSchema>
/** What is kept under a printed code (CLI: a contract). */
export const checkResultSchema = z.object({
  match: z.boolean(),
  id: z.nullable(z.string()),
  title: z.nullable(z.string()),
  capturedAt: z.nullable(z.string()),
  /** The revision it was printed from, and whether that is still the current one. */
  revision: z.nullable(z.int()),
  isCurrent: z.boolean(),
})
/** See {@link checkResultSchema}. */
export type CheckResult = z.infer<typeof checkResultSchema>

/** What a print job made. */
export const printResultSchema = z.object({
  /** In reading order; `path` is the address of the bytes among the host's pages, for as long as newer jobs leave it. */
  files: z.array(z.object({ name: z.string(), pages: z.int(), path: z.string() })),
  pages: z.int().check(z.nonnegative()),
  sheets: z.int().check(z.nonnegative()),
  bulletins: z.int().check(z.nonnegative()),
})
/** See {@link printResultSchema}. */
export type PrintResult = z.infer<typeof printResultSchema>

/** What an export job made (CLI: a contract). */
export const exportResultSchema = z.object({
  /** `path` is the address of the bytes among the host's pages, for as long as newer jobs leave it. */
  files: z.array(z.object({ name: z.string(), path: z.string() })),
  /** Bulletins in the files. */
  bulletins: z.int().check(z.nonnegative()),
  /** Pictures that were asked for and are not in them: not kept, or of a kind or size the format does not take. */
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
  /** What is being worked on, for the reader. */
  current: z.nullable(z.string()),
  error: z.nullable(errorShapeSchema),
}

/** Long work: started by a `start…` method, followed by `job-changed` events, ended by itself or by `cancelJob`. */
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
