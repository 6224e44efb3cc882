import { basename } from 'node:path'
import type { ImportResult } from '../../shared/contract/api'
import type { Encoding } from '../../shared/text/encodings'
import { AppError, toErrorShape } from '../../shared/errors'
import type { Extraction, ReceivedPage } from '../extract/extraction'
import type { Addition } from '../library/changes/add-bulletin'
import type { Library } from '../library/library'
import { splitJsonArray } from './json-array'
import { collectMedia } from '../media/collect-media'
import { type ImportPart, createSavedPartResolver } from './saved-page-parts'
import { createAddition } from './reread-page'
import { fatalErrorCodes } from '../fatal-errors'
import { unpackPage } from './unpack-page'

/** A file to import: its name for the reader, and how to get its bytes (bounded by {@link ./uploads.maxImportBytes}). */
export interface ImportItem {
  /** The path or name as the reader gave it; the result names items by it. */
  path: string
  /** Throws `unreadable`, `too-large`. */
  read(): Promise<Uint8Array>
  /** What was saved with it. */
  parts?: readonly ImportPart[]
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
  extract(page: ReceivedPage, signal: AbortSignal): Promise<Extraction>
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
    const pages = await pagesOf(item, options).catch((thrown: unknown) => fail(item.path, thrown))
    for (const page of pages ?? [])
      try {
        const addition = await readPage(page, item.parts ?? [], options)
        const { outcome, id, title } = await options.library.add(addition)
        result[outcome].push({ id, title, path: item.path })
        if (outcome !== 'unchanged') options.onStored(id)
      } catch (thrown) {
        fail(item.path, thrown)
        if (thrown instanceof AppError && fatalErrorCodes.has(thrown.code)) {
          ending = thrown
          break
        }
      }
  }
  options.onProgress(items.length, items.length, '')
  return result
}

/** The pages of a file: one, but for a list of our own documents. */
async function pagesOf(item: ImportItem, { encoding = 'auto' }: ImportOptions): Promise<ReceivedPage[]> {
  const page = { bytes: await item.read(), name: basename(item.path), encoding }
  const elements = /\.json$/i.test(page.name) ? splitJsonArray(page.bytes, page.name) : null
  return elements === null ? [page] : elements.map((bytes) => ({ ...page, bytes }))
}

/**
 * A handed-in page made into an addition: taken out of its archive, extracted, with the pictures and files that were
 * saved with it. Nothing is asked of the network: what is not there is missing until its reader asks for it.
 */
async function readPage(
  received: ReceivedPage,
  parts: readonly ImportPart[],
  { extract, signal }: Pick<ImportOptions, 'extract' | 'signal'>,
): Promise<Addition> {
  const { page, resolve } = unpackPage(received)
  const carried = parts.map(({ reference }) => reference)
  const extraction = await extract(resolve === null ? { ...page, carried } : page, signal)
  const { text, files } = await collectMedia(extraction.text, extraction.media, {
    resolve: resolve ?? createSavedPartResolver(parts, extraction.media),
    signal,
  })
  const address = namesPage(extraction.address) ? extraction.address : null
  return { ...createAddition(received, extraction), address, text, files }
}

/** Some systems name their front page on every page: that identifies none. */
function namesPage(address: string | null): boolean {
  const url = address === null ? null : URL.parse(address)
  return url !== null && (url.pathname !== '/' || url.search !== '')
}
