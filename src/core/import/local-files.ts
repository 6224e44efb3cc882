import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../shared/errors'
import { groupSavedPages, isImportableName, isPartsFolder, type SavedPage } from '../../shared/saved-pages'
import type { ImportItem } from './import-files'
import { createSiblingFinder } from './siblings'
import { maxImportBytes, tooLargeDetails } from './uploads'

/** Maximum number of files that are read from the folders beside one page. */
const maxParts = 10_000

/**
 * Finds the files to import, each with the files that a browser saved with it. A path of a file is always imported. In
 * a folder and its subfolders, every importable file is imported, sorted by path. Symbolic links in a folder are not
 * followed, so that nothing outside the folder is imported.
 */
export async function findImportItems(paths: readonly string[]): Promise<ImportItem[]> {
  const items = await Promise.all(
    paths.map(async (path) => {
      const isFolder = await stat(path).then(
        (found) => found.isDirectory(),
        () => false, // Reading this path later throws the error.
      )
      const all = isFolder ? await filesIn(path) : []
      const find = createSiblingFinder(
        all.map((file) => ({ path: file.path, read: () => readBounded(file.path) })),
        path,
      )
      return (isFolder ? pagesIn(all) : [await pageWithParts(path)]).map(({ file, parts }): ImportItem => ({
        path: file.path,
        ...(isFolder ? { find: (reference) => find(file.path, reference) } : {}),
        read: () => readBounded(file.path),
        parts: parts.map((part) => ({ reference: part.reference, read: () => readBounded(part.file.path) })),
      }))
    }),
  )
  return items.flat()
}

function pagesIn(files: readonly LocalFile[]): SavedPage<LocalFile>[] {
  return groupSavedPages(files)
    .filter(({ file }) => isImportableName(basename(file.path)))
    .sort(({ file: a }, { file: b }) => (a.path < b.path ? -1 : Number(a.path > b.path)))
}

interface LocalFile {
  path: string
}

/** Returns a file, together with the files that a browser saved in the folder beside it. */
async function pageWithParts(path: string): Promise<SavedPage<LocalFile>> {
  const folder = dirname(path)
  // If the folder can't be listed, the page is imported without other files. If the page is unreadable too, the error
  // is thrown when the page is read.
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

/** Reads a file of at most {@link maxImportBytes}. Throws `unreadable`, `too-large`. */
async function readBounded(path: string): Promise<Uint8Array> {
  const name = basename(path)
  try {
    const size = await regularFileSize(path, name)
    if (size > maxImportBytes) throw new AppError('too-large', `read ${path}: ${size} bytes`, tooLargeDetails(name))
    const handle = await open(path, 'r')
    try {
      // The buffer has a fixed size, because the file may grow during the read.
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

/**
 * Returns the size of a regular file. Throws `unreadable` for anything else, because reading a pipe or a device may
 * never end.
 */
async function regularFileSize(path: string, name: string): Promise<number> {
  const found = await stat(path)
  if (!found.isFile()) throw new AppError('unreadable', `read ${path}: not a file`, { name })
  return found.size
}
