import type { DatabaseSync } from 'node:sqlite'
import type { ListItem } from '../../../shared/bulletin'
import type { Input, SearchResult } from '../../../shared/contract/api'
import { asWriteError, isDiskRefusal, sqliteCode } from '../../files'
import { type IndexEntry, listFields } from './index-entry'
import type { FillOptions, LibraryIndexParts, SearchIndex } from './search-index'
import { findLongTextKeys, isLongText } from '../../text/text-keys'
import { createSelfRepairingIndex } from './self-repairing-index'

/**
 * The index of an open library. If SQLite reports during a call that the index file is damaged, the index is rebuilt
 * and the call still succeeds. If the disk refuses to write an entry, the entry waits in memory, because its document
 * is already stored. Each later call first tries to write the waiting entries.
 */
export type LibraryIndex = {
  [K in Exclude<keyof SearchIndex, 'close' | 'putAll'>]: (
    ...given: Parameters<SearchIndex[K]>
  ) => Promise<ReturnType<SearchIndex[K]>>
} & {
  /** Searches on another thread. Returns null if there is no searching thread, or if the thread can't answer. */
  searchInThread(input: Input<'searchBulletins'>): Promise<SearchResult | null>
  /**
   * Runs `work`, collects the entries that it puts, and writes them in a few transactions. This takes a tenth of the
   * time of one transaction for each entry. When the promise settles, all entries are in the index.
   */
  batch<T>(work: () => Promise<T>): Promise<T>
  /** Writes the waiting entries. Throws the errors of a write. After an error, the entries keep waiting. */
  flush(): Promise<void>
  /**
   * Builds a new index from the documents. Returns the number of bulletins in it. The old index answers calls until the
   * new index is complete. A damaged or incomplete old index is replaced before the new index is filled.
   */
  rebuild(options?: FillOptions): Promise<number>
  /** Whether bulletins may be missing from the index, because it is being built for the first time or after damage. */
  isPartial(): boolean
  close(): Promise<void>
}

/** Maximum number of waiting entries. When a batch reaches this number, the entries are written. */
const maxWaiting = 500

/**
 * Creates the index of an open library. If the index file is damaged, it builds a new index and repeats the failed
 * call. A repeated call is safe, because every call is idempotent.
 */
export function createLibraryIndex(opened: DatabaseSync, parts: LibraryIndexParts): LibraryIndex {
  const { use, change, rebuild, isPartial, waitUntilComplete, close } = createSelfRepairingIndex(opened, parts)
  /** The entries that are not written yet, by bulletin id. Null means that the row of the bulletin must be removed. */
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
  /** Writes the waiting entries. Ignores the error if the disk refuses them. */
  const flush = async (): Promise<void> => {
    await writeWaiting().catch((thrown: unknown) => {
      if (!isDiskRefusal(thrown, parts.path)) throw thrown
    })
  }
  /** Writes the waiting entries and then runs a call, so that its answer includes these entries. */
  const ask = async <T>(work: (index: SearchIndex) => T): Promise<T> => {
    await flush()
    return use(work).catch(throwWriteError)
  }
  return {
    async put(entry) {
      const fields = listFields(entry.text)
      const keys = isLongText(fields) ? await findLongTextKeys(fields) : undefined
      waiting.set(entry.id, keys === undefined ? entry : { ...entry, keys })
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
      // The lookup waits for a running rebuild, because only a complete index can tell whether any bulletin has the
      // text.
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
      // During a rebuild after damage, this empty call waits until the new index has rows.
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

/**
 * Returns the list item with the read, starred and started values of its waiting entry. Returns an empty list if the
 * row is to be removed.
 */
function withWaiting(item: ListItem, entry: IndexEntry | null | undefined): ListItem[] {
  if (entry === null) return []
  return [entry === undefined ? item : { ...item, read: entry.read, starred: entry.starred, started: entry.started }]
}
