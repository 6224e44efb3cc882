import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { stampOf } from '../store/bulletin-folder'
import type { FillOptions, LibraryIndex } from './library-index'
import type { IndexEntry } from './search-index'

/** After so many folders others have their turn. */
const foldersAtOnce = 50

/** What bringing an index up to date works with. */
export interface RefreshParts extends FillOptions {
  root: string
  /** Every bulletin's folder below the library. */
  folders: readonly string[]
  /** What the index keeps of a bulletin, known by `id` where it had a row; null where it is to be left out. */
  read(folder: string, id: string | undefined): Promise<IndexEntry | null>
  /** Lets one piece of work write at a time. */
  exclusive<T>(work: () => Promise<T>): Promise<T>
}

/**
 * Brings an index up to date with the documents, reading only those that changed since their rows were made. Others may
 * write meanwhile. Returns how many rows it made; ends with what `signal` was aborted with.
 */
export async function updateIndex(index: LibraryIndex, parts: RefreshParts): Promise<number> {
  const { root, folders, read, exclusive, onProgress, signal } = parts
  const rows = await index.folders()
  const known = new Map(rows.map((row) => [row.folder, row]))
  let count = 0
  const putIfChanged = async (folder: string): Promise<void> => {
    const stamp = stampOf(join(root, folder))
    if (stamp === null || stamp === known.get(folder)?.stamp) return // gone meanwhile, or as it was
    const entry = await read(folder, known.get(folder)?.id)
    if (entry === null) return
    await index.put(entry)
    count += 1
  }
  await index.batch(async () => {
    for (let at = 0; at < folders.length; at += foldersAtOnce) {
      signal?.throwIfAborted()
      onProgress?.(at, folders.length, folders[at] ?? '')
      for (const folder of folders.slice(at, at + foldersAtOnce)) await exclusive(() => putIfChanged(folder))
      await immediate()
    }
  })
  for (const { id, folder } of rows)
    if (stampOf(join(root, folder)) === null)
      await exclusive(async () => {
        if ((await index.findFolder(id)) === folder) await index.remove(id)
      })
  onProgress?.(folders.length, folders.length, '')
  return count
}
