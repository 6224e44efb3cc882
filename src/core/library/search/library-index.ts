import type { DatabaseSync } from 'node:sqlite'
import type { ListItem } from '../../../shared/bulletin'
import type { Input, SearchResult } from '../../../shared/contract/api'
import { asWriteError, isDiskRefusal, sqliteCode } from '../../files'
import type { IndexEntry } from './index-entry'
import type { FillOptions, LibraryIndexParts, SearchIndex } from './search-index'
import { createSelfRepairingIndex } from './self-repairing-index'

/**
 * The index of an open library. Every call succeeds even if SQLite reports during the call that the index file is
 * damaged. If the disk refuses to write an entry, the entry waits, because its document is already stored. Each later
 * call tries to write the waiting entries first.
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
  /** Writes the waiting entries. Throws the errors of a write. The entries then wait longer. */
  flush(): Promise<void>
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
  /** Entries by id that are not written yet. Null stands for a bulletin whose row must be removed. */
  const waiting = new Map<string, IndexEntry | null>()
  let runningBatches = 0
  const writeWaiting = async (): Promise<void> => {
    if (waiting.size === 0) return
    const changes = new Map(waiting)
    waiting.clear()
    try {
      await change(changes)
    } catch (thrown) {
      for (const [id, entry] of changes) if (!waiting.has(id)) waiting.set(id, entry)
      throw thrown
    }
  }
  const throwWriteError = (thrown: unknown): never => {
    throw sqliteCode(thrown) === null ? thrown : asWriteError(thrown, 'index', parts.path)
  }
  /** Writes the waiting entries, unless the disk refuses them. */
  const flush = async (): Promise<void> => {
    await writeWaiting().catch((thrown: unknown) => {
      if (!isDiskRefusal(thrown, parts.path)) throw thrown
    })
  }
  /** Runs a call after the waiting entries are written, so that the answer includes these entries. */
  const ask = async <T>(work: (index: SearchIndex) => T): Promise<T> => {
    await flush()
    return use(work).catch(throwWriteError)
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
      waiting.set(id, null)
      await flush()
    },
    flush: () => writeWaiting().catch(throwWriteError),
    async findFolder(id) {
      const entry = waiting.get(id)
      return entry === undefined ? use((index) => index.findFolder(id)) : (entry?.folder ?? null)
    },
    async findByDigest(digest) {
      for (const entry of waiting.values()) if (entry?.digest === digest) return entry.id
      // Only the index can find a text in all bulletins, so a new bulletin waits for it.
      await waitUntilComplete()
      return use((index) => index.findByDigest(digest))
    },
    foldersByDigest: (prefix) => ask((index) => index.foldersByDigest(prefix)),
    async list(filter, offset, limit, order) {
      const { total, items } = await ask((index) => index.list(filter, offset, limit, order))
      if (waiting.size === 0) return { total, items }
      return { total, items: items.flatMap((item) => withWaiting(item, waiting.get(item.id))) }
    },
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
      return rebuild(options).catch(throwWriteError)
    },
    isPartial,
    async close() {
      await writeWaiting().catch((thrown: unknown) => {
        if (!isDiskRefusal(thrown, parts.path)) throw thrown
        parts.onStale(thrown)
      })
      await close()
    },
  }
}

/** Returns the list item with the user's marks of its waiting entry. Returns none if its row is to be removed. */
function withWaiting(item: ListItem, entry: IndexEntry | null | undefined): ListItem[] {
  if (entry === null) return []
  return [entry === undefined ? item : { ...item, read: entry.read, starred: entry.starred, started: entry.started }]
}
