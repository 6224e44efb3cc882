import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../shared/errors'
import type { ImportItem } from './import'
import { maxImportBytes, tooLargeDetails } from './uploads'

/** In folders, files of these kinds are taken; a file named by itself is always tried. */
const importable = /\.(txt|html?|mhtml|json)$/i

/** The files to import for these paths: a file as itself, a folder as the importable files below it, in name order. */
export async function findImportItems(paths: readonly string[]): Promise<ImportItem[]> {
  const items = await Promise.all(
    paths.map(async (path) => {
      const isFolder = await stat(path).then(
        (found) => found.isDirectory(),
        () => false, // not there: reading it says so, and names it
      )
      return (isFolder ? await filesIn(path) : [path]).map((file) => ({ path: file, read: () => readBounded(file) }))
    }),
  )
  return items.flat()
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && importable.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
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
