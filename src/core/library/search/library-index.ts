import type { DatabaseSync } from 'node:sqlite'
import type { Input, SearchResult } from '../../../shared/contract/api'
import { createIndex } from './create-index'
import type { IndexEntry } from './index-entry'
import type { FillOptions, Searcher, SearchIndex } from './search-index'

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
  /** Builds a new index from the documents. Returns the number of bulletins in it. */
  rebuild(options?: FillOptions): Promise<number>
  close(): Promise<void>
}

/** The functions that create and fill the index of a library. */
export interface LibraryIndexParts {
  /** Creates an empty database in place of the old one. */
  create(): Promise<DatabaseSync>
  /** Puts every bulletin into the index. Returns the number of these bulletins. */
  fill(index: SearchIndex, options: FillOptions): Promise<number>
  /** Marks the new index as complete. */
  complete(database: DatabaseSync): void
  onDamage(thrown: unknown): void
  /**
   * The searcher on another thread, or null if there is none. The searcher is closed before the index file is deleted.
   */
  searcher: Searcher | null
}

/** The waiting entries are written as soon as there are this many. */
const maxWaiting = 500

/**
 * See {@link LibraryIndex}. If the index file is damaged, builds a new index and runs the failed call again. This is
 * safe, because every call is idempotent.
 */
export function createLibraryIndex(opened: DatabaseSync, parts: LibraryIndexParts): LibraryIndex {
  const { use, rebuild, close } = createSelfRepairingIndex(opened, parts)
  /** Entries that a running batch has not written yet. */
  const waiting = new Map<string, IndexEntry>()
  let runningBatches = 0
  const flush = async (): Promise<void> => {
    if (waiting.size === 0) return
    const entries = [...waiting.values()]
    waiting.clear()
    // The entries need not be kept for a second attempt. If this call finds damage, the rebuild reads all entries from
    // the documents.
    await use((index) => index.putAll(entries))
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
    remove: (id) => ask((index) => index.remove(id)),
    findFolder: async (id) => waiting.get(id)?.folder ?? use((index) => index.findFolder(id)),
    async findByDigest(digest) {
      for (const entry of waiting.values()) if (entry.digest === digest) return entry.id
      return use((index) => index.findByDigest(digest))
    },
    foldersByDigest: (prefix) => ask((index) => index.foldersByDigest(prefix)),
    list: (filter, offset, limit, order) => ask((index) => index.list(filter, offset, limit, order)),
    search: (query, filter, page) => ask((index) => index.search(query, filter, page)),
    async searchInThread(input) {
      await flush()
      return (await parts.searcher?.search(input)) ?? null
    },
    count: () => ask((index) => index.count()),
    groups: () => ask((index) => index.groups()),
    folders: () => ask((index) => index.folders()),
    async rebuild(options) {
      await flush()
      return rebuild(options)
    },
    async close() {
      await flush()
      await close()
    },
  }
}

/** Creates an index that rebuilds itself when SQLite reports that the index file is damaged. */
function createSelfRepairingIndex(
  opened: DatabaseSync,
  parts: LibraryIndexParts,
): {
  use<T>(work: (index: SearchIndex) => T): Promise<T>
  rebuild(options?: FillOptions): Promise<number>
  close(): Promise<void>
} {
  let index = createIndex(opened)
  let running: Promise<number> | null = null
  const rebuildNow = async (options: FillOptions): Promise<number> => {
    await parts.searcher?.close()
    index.close()
    const database = await parts.create()
    index = createIndex(database)
    const count = await parts.fill(index, options)
    parts.complete(database)
    return count
  }
  const rebuild = (options: FillOptions = {}): Promise<number> =>
    (running ??= rebuildNow(options).finally(() => (running = null)))
  return {
    rebuild,
    async use(work) {
      try {
        return work(index)
      } catch (thrown) {
        if (!isDamaged(thrown)) throw thrown
        parts.onDamage(thrown)
      }
      await rebuild()
      return work(index)
    },
    async close() {
      await parts.searcher?.close()
      index.close()
    },
  }
}

/** SQLite's result codes for a file with wrong content (sqlite.org/rescode.html): CORRUPT and NOTADB. */
const damageCodes = new Set([11, 26])
/** SQLite's extended result codes for a file that the disk can't read: IOERR_READ and IOERR_SHORT_READ. */
const readErrorCodes = new Set([266, 522])

function isDamaged(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return false
  // The low byte of `errcode` is the result code. SQLite reports a missing table or column with the general code 1
  // (ERROR).
  const code = Number(thrown.errcode) & 0xff
  return (
    damageCodes.has(code) ||
    readErrorCodes.has(Number(thrown.errcode)) ||
    (code === 1 && /no such (?:table|column)/.test(thrown.message))
  )
}
