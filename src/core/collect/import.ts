import { basename } from 'node:path'
import type { ImportResult } from '../../shared/api'
import type { Encoding } from '../../shared/encodings'
import { AppError, toErrorShape } from '../../shared/errors'
import type { ReceivedPage } from '../extract/extract'
import type { Addition } from '../library/additions'
import type { Library } from '../library/library'
import { concernsLibrary } from './run-ending'

/** A file to import: its name for the reader, and how to get its bytes (bounded by {@link ./uploads.maxImportBytes}). */
export interface ImportItem {
  /** The path or name as the reader gave it; the result names items by it. */
  path: string
  /** Throws `unreadable`, `too-large`. */
  read(): Promise<Uint8Array>
}

/** One import: watched like any long work, in an encoding that the reader may have chosen. */
export interface ImportRun {
  /** Absent: decided by content. */
  encoding?: Encoding
  signal: AbortSignal
  onProgress(done: number, total: number, current: string): void
}

/** What one import needs. */
export interface ImportOptions extends ImportRun {
  library: Pick<Library, 'add'>
  extract(page: ReceivedPage, signal: AbortSignal): Promise<Addition>
  onStored(id: string): void
}

/**
 * Imports files one after another. A file that fails is named with its reason and holds up no other; only what
 * concerns the library as a whole (full disk, read-only) ends the run early, and then every file not yet stored
 * is in `failed` with that reason.
 */
export async function importFiles(items: readonly ImportItem[], options: ImportOptions): Promise<ImportResult> {
  const result: ImportResult = { added: [], revised: [], unchanged: [], failed: [] }
  const fail = (path: string, thrown: unknown): void => {
    const { code, message, details } = toErrorShape(thrown)
    result.failed.push({ path, code, message, details: { name: basename(path), ...details } })
  }
  let ending: AppError | null = null
  for (const [done, item] of items.entries()) {
    if (options.signal.aborted) ending = new AppError('cancelled', 'import: cancelled')
    if (ending !== null) {
      fail(item.path, ending)
      continue
    }
    options.onProgress(done, items.length, item.path)
    try {
      const page = { bytes: await item.read(), name: basename(item.path), encoding: options.encoding ?? 'auto' }
      const addition = await options.extract(page, options.signal)
      const { outcome, id, title } = await options.library.add(addition)
      result[outcome].push({ id, title, path: item.path })
      if (outcome !== 'unchanged') options.onStored(id)
    } catch (thrown) {
      fail(item.path, thrown)
      if (thrown instanceof AppError && concernsLibrary.has(thrown.code)) ending = thrown
    }
  }
  options.onProgress(items.length, items.length, '')
  return result
}
