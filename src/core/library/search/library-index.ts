import type { DatabaseSync } from 'node:sqlite'
import type { Input, SearchResult } from '../../../shared/contract/api'
import type { IndexEntry } from './index-entry'
import type { FillOptions, LibraryIndexParts, SearchIndex } from './search-index'
import { createSelfRepairingIndex } from './self-repairing-index'

/**
 * The index of an open library. Every call succeeds even if SQLite reports during the call that the index file is
 * damaged.
 */
export type LibraryIndex = {
  [K in Exclude<keyof SearchIndex, 'close' | 'putAll'>]: (
    ...given: Parameters<SearchIndex[K]>
  ) => Promise<ReturnType<SearchIndex[K]>>
} & {
  /** Searches on another thread. Returns null if there is no searching thread or if it can't answer. */
  searchInThread(input: Input<'searchBulletins'>): Promise<SearchResult | null>
  /**
   * Collects the entries that are put during `work` and writes them in a few transactions. This takes a tenth of the
   * time of one transaction per entry. All entries are in the index when the promise settles.
   */
  batch<T>(work: () => Promise<T>): Promise<T>
  /**
   * Builds a new index from the documents. Returns the number of bulletins in it. The old index answers until the new
   * one is complete, unless the old one is damaged or incomplete.
   */
  rebuild(options?: FillOptions): Promise<number>
  /** Whether the index does not have every bulletin yet, because it is being built for the first time or after damage. */
  isPartial(): boolean
  close(): Promise<void>
}

/** The waiting entries are written as soon as there are this many. */
const maxWaiting = 500

/**
 * See {@link LibraryIndex}. If the index file is damaged, builds a new index and runs the failed call again. This is
 * safe, because every call is idempotent.
 */
export function createLibraryIndex(opened: DatabaseSync, parts: LibraryIndexParts): LibraryIndex {
  const { use, change, rebuild, isPartial, waitUntilComplete, close } = createSelfRepairingIndex(opened, parts)
  /** Entries that a running batch has not written yet. */
  const waiting = new Map<string, IndexEntry>()
  let runningBatches = 0
  const flush = async (): Promise<void> => {
    if (waiting.size === 0) return
    const entries = new Map(waiting)
    waiting.clear()
    // The entries need not be kept for a second attempt. If this call finds damage, the rebuild reads all entries from
    // the documents.
    await change(entries)
  }
  /** Runs a call after the waiting entries are written, so that the answer includes these entries. */
  const ask = async <T>(work: (index: SearchIndex) => T): Promise<T> => {
    await flush()
    return use(work)
  }
  return {
    async put(entry) {
      waiting.set(entry.id, entry)
      if (runningBatches === 0 || waiting.size >= maxWaiting) await flush()
    },
    async batch(work) {
      runningBatches += 1
      try {
        return await work()
      } finally {
        runningBatches -= 1
        await flush()
      }
    },
    async remove(id) {
      await flush()
      await change(new Map([[id, null]]))
    },
    findFolder: async (id) => waiting.get(id)?.folder ?? use((index) => index.findFolder(id)),
    async findByDigest(digest) {
      for (const entry of waiting.values()) if (entry.digest === digest) return entry.id
      // Only the index can find a text in all bulletins, so a new bulletin waits for it.
      await waitUntilComplete()
      return use((index) => index.findByDigest(digest))
    },
    foldersByDigest: (prefix) => ask((index) => index.foldersByDigest(prefix)),
    list: (filter, offset, limit, order) => ask((index) => index.list(filter, offset, limit, order)),
    search: (query, filter, page) => ask((index) => index.search(query, filter, page)),
    async searchInThread(input) {
      // During a rebuild after damage, this call waits until the new index has rows.
      await ask(() => undefined)
      return (await parts.searcher?.search(input)) ?? null
    },
    count: () => ask((index) => index.count()),
    groups: () => ask((index) => index.groups()),
    folders: () => ask((index) => index.folders()),
    async rebuild(options) {
      await flush()
      return rebuild(options)
    },
    isPartial,
    async close() {
      await flush()
      await close()
    },
  }
}
