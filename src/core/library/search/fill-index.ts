import { setImmediate as immediate } from 'node:timers/promises'
import { type ErrorShape, toErrorShape } from '../../../shared/errors'
import { readIndexEntry } from '../store/bulletin-folder'
import type { FillOptions } from './library-index'
import type { IndexEntry, SearchIndex } from './search-index'

/** What a filling puts in at once: enough for speed, few enough for memory and for others' turns. */
export const batchSize = 250

/** A bulletin that could not be read. */
export interface Unread {
  folder: string
  error: ErrorShape
}

/** Puts the bulletins of some folders into the index, in one transaction; returns those that could not be read. */
export function putFolders(index: SearchIndex, root: string, folders: readonly string[]): Unread[] {
  const unread: Unread[] = []
  index.putAll(entriesOf(root, folders, unread))
  return unread
}

/** Fills an index in this thread, in batches; between them others have their turn. Throws what `signal` was aborted with. */
export async function fillHere(
  index: SearchIndex,
  root: string,
  folders: readonly string[],
  { onProgress, signal }: FillOptions,
): Promise<Unread[]> {
  const unread: Unread[] = []
  for (let at = 0; at < folders.length; at += batchSize) {
    signal?.throwIfAborted()
    onProgress?.(at, folders.length, folders[at] ?? '')
    unread.push(...putFolders(index, root, folders.slice(at, at + batchSize)))
    await immediate()
  }
  return unread
}

function* entriesOf(root: string, folders: readonly string[], unread: Unread[]): Generator<IndexEntry> {
  for (const folder of folders) {
    try {
      const entry = readIndexEntry(root, folder)
      if (entry !== null) yield entry
    } catch (thrown) {
      unread.push({ folder, error: toErrorShape(thrown) })
    }
  }
}
