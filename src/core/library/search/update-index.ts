import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { type IndexEntry, readStamp } from './index-entry'
import type { LibraryIndex } from './library-index'
import type { FillOptions } from './search-index'

/** The number of folders that are checked without a pause for other work on this thread. */
const batchSize = 50

/** The dependencies of {@link updateIndex}. */
export interface UpdateParts extends FillOptions {
  root: string
  /** The folders of all bulletins, relative to the library. */
  folders: readonly string[]
  /**
   * Reads the index entry of a bulletin. `id` is the id in the bulletin's index row, or undefined if the bulletin has
   * no row. Returns null if the bulletin is to be left out of the index.
   */
  read(folder: string, id: string | undefined): Promise<IndexEntry | null>
  /** Runs `work` while nothing else writes to the library. */
  exclusive<T>(work: () => Promise<T>): Promise<T>
}

/**
 * Updates an index from the documents. Reads only the bulletins that have changed since their rows were written. Other
 * writes may run during the update. Returns the number of rows written. Throws the abort reason of `signal`.
 */
export async function updateIndex(index: LibraryIndex, parts: UpdateParts): Promise<number> {
  const { root, folders, read, exclusive, onProgress, signal } = parts
  const rows = await index.folders()
  const known = new Map(rows.map((row) => [row.folder, row]))
  let count = 0
  const putIfChanged = async (folder: string): Promise<void> => {
    const stamp = readStamp(join(root, folder))
    if (stamp === null || stamp === known.get(folder)?.stamp) return
    const entry = await read(folder, known.get(folder)?.id)
    if (entry === null) return
    await index.put(entry)
    count += 1
  }
  await index.batch(async () => {
    for (let at = 0; at < folders.length; at += batchSize) {
      signal?.throwIfAborted()
      onProgress?.(at, folders.length, folders[at] ?? '')
      for (const folder of folders.slice(at, at + batchSize)) await exclusive(() => putIfChanged(folder))
      await immediate()
    }
  })
  for (const { id, folder } of rows)
    if (readStamp(join(root, folder)) === null)
      await exclusive(async () => {
        if ((await index.findFolder(id)) === folder) await index.remove(id)
      })
  onProgress?.(folders.length, folders.length, '')
  return count
}
