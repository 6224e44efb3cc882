import { join } from 'node:path'
import { indexEntryOf, readFolder } from './bulletin-folder'
import type { IndexEntry } from './search-index'

/**
 * What the index keeps of these folders (paths below the library), read from the documents. `onDamage` decides about
 * a folder that can't be read: an entry after all, or null to leave it out.
 */
export async function readEntries(
  root: string,
  folders: readonly string[],
  onDamage: (folder: string, thrown: unknown) => Promise<IndexEntry | null>,
): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = []
  for (const folder of folders) {
    const entry = await readFolder(join(root, folder)).then(
      (content) => indexEntryOf(folder, content),
      (thrown: unknown) => onDamage(folder, thrown),
    )
    if (entry !== null) entries.push(entry)
  }
  return entries
}
