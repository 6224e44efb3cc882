import { setImmediate as immediate } from 'node:timers/promises'
import { toErrorShape } from '../../../shared/errors'
import { type IndexEntry, readIndexEntry } from './index-entry'
import type { FillOptions, SearchIndex, Unread } from './search-index'

/**
 * The number of entries that are written in one transaction. A higher number is faster. A lower number needs less
 * memory and lets other work on this thread run more often.
 */
export const batchSize = 250

/** Puts the bulletins of `folders` into the index in one transaction. Returns the bulletins that could not be read. */
export function putFolders(index: SearchIndex, root: string, folders: readonly string[]): Unread[] {
  const unread: Unread[] = []
  index.putAll(readEntries(root, folders, unread))
  return unread
}

/**
 * Fills an index on this thread, in batches with pauses for other work. Returns the bulletins that could not be read.
 * Throws the abort reason of `signal`.
 */
export async function fillIndex(
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

function* readEntries(root: string, folders: readonly string[], unread: Unread[]): Generator<IndexEntry> {
  for (const folder of folders) {
    try {
      const entry = readIndexEntry(root, folder)
      if (entry !== null) yield entry
    } catch (thrown) {
      unread.push({ folder, error: toErrorShape(thrown) })
    }
  }
}
