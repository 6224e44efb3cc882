import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../shared/errors'
import { groupSavedPages, isImportableName, isPartsFolder, type SavedPage } from '../../shared/saved-pages'
import type { ImportItem } from './import-files'
import { maxImportBytes, tooLargeDetails } from './uploads'

/** Most files that are looked at beside one page. */
const maxParts = 10_000

/**
 * The files to import for these paths: a file as itself, always tried; a folder as the importable files below it, in
 * name order. Each with what was saved with it; links lead nowhere, so that nothing outside its place is taken.
 */
export async function findImportItems(paths: readonly string[]): Promise<ImportItem[]> {
  const items = await Promise.all(
    paths.map(async (path) => {
      const isFolder = await stat(path).then(
        (found) => found.isDirectory(),
        () => false, // not there: reading it says so, and names it
      )
      return (isFolder ? await pagesIn(path) : [await pageWithParts(path)]).map(({ file, parts }): ImportItem => ({
        path: file.path,
        read: () => readBounded(file.path),
        parts: parts.map((part) => ({ reference: part.reference, read: () => readBounded(part.file.path) })),
      }))
    }),
  )
  return items.flat()
}

async function pagesIn(folder: string): Promise<SavedPage<LocalFile>[]> {
  const pages = groupSavedPages(await filesIn(folder))
  return pages
    .filter(({ file }) => isImportableName(basename(file.path)))
    .sort(({ file: a }, { file: b }) => (a.path < b.path ? -1 : Number(a.path > b.path)))
}

interface LocalFile {
  path: string
}

/** A file named by itself, and what lies in the folders of saved pages beside it. */
async function pageWithParts(path: string): Promise<SavedPage<LocalFile>> {
  const folder = dirname(path)
  // What can't be listed has nothing to take; reading the page itself says what is wrong.
  const beside = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const isDocument = /\.json$/i.test(path)
  const folders = beside.filter(
    (entry) => entry.isDirectory() && (isDocument ? entry.name === 'files' : isPartsFolder(entry.name)),
  )
  const others = beside.filter((entry) => entry.isFile()).map(({ name }) => ({ path: join(folder, name) }))
  const parts = await Promise.all(folders.map(({ name }) => filesIn(join(folder, name)).catch(() => [])))
  const own = { path: join(folder, basename(path)) }
  const pages = groupSavedPages([
    own,
    ...others.filter((other) => other.path !== own.path),
    ...parts.flat().slice(0, maxParts),
  ])
  return { file: { path }, parts: pages.find(({ file }) => file === own)?.parts ?? [] }
}

async function filesIn(folder: string): Promise<LocalFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => ({ path: join(entry.parentPath, entry.name) }))
}

/** The bytes of a file of at most {@link maxImportBytes}. Throws `unreadable`, `too-large`. */
async function readBounded(path: string): Promise<Uint8Array> {
  const name = basename(path)
  try {
    const { size } = await regularFile(path, name)
    if (size > maxImportBytes) throw new AppError('too-large', `read ${path}: ${size} bytes`, tooLargeDetails(name))
    const handle = await open(path, 'r')
    try {
      // One byte more than allowed: a file that grows while it is read is still bounded.
      const buffer = Buffer.alloc(Math.min(size + 1, maxImportBytes + 1))
      let length = 0
      for (;;) {
        const { bytesRead } = await handle.read(buffer, length, buffer.byteLength - length)
        if (bytesRead === 0) return buffer.subarray(0, length)
        length += bytesRead
      }
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    throw new AppError('unreadable', `read ${path}: ${String(thrown)}`, { name }, { cause: thrown })
  }
}

/** A pipe or a device would be read for ever: only regular files are taken. */
async function regularFile(path: string, name: string): Promise<{ size: number }> {
  const found = await stat(path)
  if (!found.isFile()) throw new AppError('unreadable', `read ${path}: not a file`, { name })
  return found
}
