import { basename } from 'node:path'
import type { ImportResult } from '../../shared/contract/api'
import type { Encoding } from '../../shared/text/encodings'
import { AppError, toErrorShape } from '../../shared/errors'
import type { Extraction, ReceivedPage } from '../extract/extraction'
import { noteMorePages } from '../extract/pages/join-pages'
import { fatalErrorCodes } from '../fatal-errors'
import type { Addition } from '../library/changes/addition'
import type { Library } from '../library/library'
import { collectMedia, type ResolveMedia } from '../media/collect-media'
import { createNotBesideError } from '../media/media-errors'
import type { RunTask } from '../threads/task'
import { createAddition } from './create-addition'
import type { ImportItem } from './import-item'
import { openZipTask, splitJsonTask } from './import-tasks'
import { createSavedPartResolver } from './saved-page-parts'
import { addressInMirror, listPageReferences } from './siblings'

export type { ImportItem } from './import-item'

/** The options of one import. */
export interface ImportRun {
  /** The encoding that the user chose. If absent, the encoding is detected from the content. */
  encoding?: Encoding
  signal: AbortSignal
  onProgress(done: number, total: number, current: string): void
}

/** The dependencies of an import. */
export interface ImportFilesParts extends ImportRun {
  library: Pick<Library, 'add'>
  extract(page: ReceivedPage, signal: AbortSignal): Promise<Extraction>
  runTask: RunTask
  onStored(id: string): void
}

/**
 * Imports files one after another. A file that fails is listed in `failed` with its error and does not stop the others.
 * An error that concerns the whole library (`fatalErrorCodes`) ends the import. In that case, `failed` also lists every
 * file that is not stored yet.
 */
export async function importFiles(items: readonly ImportItem[], parts: ImportFilesParts): Promise<ImportResult> {
  const result: ImportResult = { added: [], revised: [], unchanged: [], failed: [] }
  const fail = (path: string, thrown: unknown): void => {
    const { code, message, details } = toErrorShape(thrown)
    result.failed.push({ path, code, message, details: { name: basename(path), ...details } })
  }
  let fatalError: AppError | null = null
  for (const [done, item] of items.entries()) {
    if (parts.signal.aborted) fatalError = new AppError('cancelled', 'import: cancelled')
    if (fatalError !== null) {
      fail(item.path, fatalError)
      continue
    }
    parts.onProgress(done, items.length, item.path)
    const pages = await readPages(item, parts).catch((thrown: unknown) => fail(item.path, thrown))
    for (const { page, source } of pages ?? [])
      try {
        const addition = await extractPage(page, source, parts)
        const { outcome, id, title } = await parts.library.add(addition)
        result[outcome].push({ id, title, path: item.path })
        if (outcome !== 'unchanged') parts.onStored(id)
      } catch (thrown) {
        fail(item.path, thrown)
        if (thrown instanceof AppError && fatalErrorCodes.has(thrown.code)) {
          fatalError = thrown
          break
        }
      }
  }
  parts.onProgress(items.length, items.length, '')
  return result
}

/** Whether bytes are a zip archive. */
function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

/** A page to import, and the imported file from which it comes. */
interface PageOfItem {
  page: ReceivedPage
  source: ImportItem
}

/**
 * Returns the pages of a file. A JSON file with a list of bulletins has one page for each of them. An archive has one
 * page for each saved page. Every other file is itself one page.
 */
async function readPages(
  item: ImportItem,
  { encoding = 'auto', signal, runTask }: ImportFilesParts,
): Promise<PageOfItem[]> {
  const bytes = await item.read()
  const name = basename(item.path)
  const zipped = isZip(bytes) ? await runTask(openZipTask, { bytes, name }, { name, signal }) : null
  if (zipped !== null)
    return zipped.map(({ path, bytes: page, savedFrom, parts }) => ({
      page: { bytes: page, name: basename(path), encoding },
      source: {
        path: item.path,
        read: () => Promise.resolve(page),
        savedFrom,
        parts: parts.map((part) => ({ reference: part.reference, read: () => Promise.resolve(part.bytes) })),
      },
    }))
  const elements = /\.json$/i.test(name) ? await runTask(splitJsonTask, { bytes, name }, { name, signal }) : null
  return (elements ?? [bytes]).map((each) => ({ page: { bytes: each, name, encoding }, source: item }))
}

/**
 * Extracts an imported page, with the pictures and files that were saved with it. Sends no request: a picture or file
 * that was not saved is missing until the user downloads it. Throws `page-of-links` for a page that only lists
 * bulletins.
 */
async function extractPage(
  received: ReceivedPage,
  { path, savedFrom = null, parts: ownParts = [], find }: ImportItem,
  { extract, signal }: Pick<ImportFilesParts, 'extract' | 'signal'>,
): Promise<Addition> {
  const known = new Set(ownParts.map(({ reference }) => reference))
  const others = find === undefined ? [] : listPageReferences(received.bytes)
  const siblings = others.filter((reference) => !known.has(reference)).map((reference) => find?.(reference) ?? null)
  const savedParts = [...ownParts, ...siblings.filter((part) => part !== null)]
  const savedReferences = savedParts.map(({ reference }) => reference)
  const origin = savedFrom ?? (find === undefined ? null : addressInMirror(path))
  const page = { ...received, savedReferences, mayBeArchive: true, refusesLists: true }
  const extraction = noteMorePages(await extract(origin === null ? page : { ...page, savedFrom: origin }, signal))
  const { archived, media } = extraction
  const { text, files } = await collectMedia(extraction.text, media, {
    resolve:
      archived === undefined
        ? createSavedPartResolver(savedParts, media, extraction.address)
        : createArchivedFileResolver(archived),
    signal,
  })
  const address = isPageAddress(extraction.address) ? extraction.address : null
  return { ...createAddition(received, extraction), address, text, files }
}

function createArchivedFileResolver(archived: NonNullable<Extraction['archived']>): ResolveMedia {
  return (address) => {
    const file = archived.get(address)
    return file === undefined
      ? Promise.reject(createNotBesideError(address))
      : Promise.resolve({ ...file, received: file.bytes, facts: null })
  }
}

/**
 * Whether an address identifies a page. An address without a path and query does not, because some systems declare
 * their front page on every page.
 */
function isPageAddress(address: string | null): boolean {
  const url = address === null ? null : URL.parse(address)
  return url !== null && (url.pathname !== '/' || url.search !== '')
}
