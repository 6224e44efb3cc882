import { createIndex, type IndexEntry, type SearchIndex } from './search-index'
import type { DatabaseSync } from 'node:sqlite'
import type { Input, SearchResult } from '../../../shared/contract/api'
import type { Searcher } from './index-threads'

/** The index behind a library: every question and change, answered even where the file turns out to be damaged. */
export type LibraryIndex = {
  [K in Exclude<keyof SearchIndex, 'close' | 'putAll'>]: (
    ...given: Parameters<SearchIndex[K]>
  ) => Promise<ReturnType<SearchIndex[K]>>
} & {
  /** A search answered in a thread of its own; null where there is none, or it can't. */
  searchInThread(asked: Input<'searchBulletins'>): Promise<SearchResult | null>
  /** Puts made during `work` may wait for each other: many in one transaction cost a tenth of one each. All are in when it ends. */
  batch<T>(work: () => Promise<T>): Promise<T>
  /** Makes it anew from the documents. */
  rebuild(options?: FillOptions): Promise<number>
  close(): Promise<void>
}

/** How a filling is watched and ended. */
export interface FillOptions {
  onProgress?: (done: number, total: number, current: string) => void
  signal?: AbortSignal
}

/** How an index is made and filled. */
export interface LibraryIndexParts {
  /** An empty database in the place of the old one. */
  create(): Promise<DatabaseSync>
  /** Puts every bulletin in; returns how many. */
  fill(index: SearchIndex, options: FillOptions): Promise<number>
  /** Says that the new index is whole. */
  complete(database: DatabaseSync): void
  onDamage(thrown: unknown): void
  /** Answers searches in a thread of its own; null where there is none. Closed before the file goes. */
  searcher: Searcher | null
}

/** SQLite's result codes for a file that is not what it should be (sqlite.org/rescode.html): CORRUPT and NOTADB. */
const damageCodes = new Set([11, 26])
/** Its extended codes for a file that the disk does not give: IOERR_READ and IOERR_SHORT_READ. */
const readErrorCodes = new Set([266, 522])

/**
 * Keeps an index usable: where SQLite says that the file is damaged, a new one is made from the documents and the
 * question asked again. Every question and change may be asked twice without harm.
 */
export function createLibraryIndex(opened: DatabaseSync, parts: LibraryIndexParts): LibraryIndex {
  let index = createIndex(opened)
  let rebuilding: Promise<number> | null = null
  const rebuild = async (options: FillOptions): Promise<number> => {
    await parts.searcher?.close()
    index.close()
    const database = await parts.create()
    index = createIndex(database)
    const count = await parts.fill(index, options)
    parts.complete(database)
    return count
  }
  const rebuildOnce = (options: FillOptions = {}): Promise<number> =>
    (rebuilding ??= rebuild(options).finally(() => (rebuilding = null)))
  const use = async <T>(work: (index: SearchIndex) => T): Promise<T> => {
    try {
      return work(index)
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown
      parts.onDamage(thrown)
    }
    await rebuildOnce()
    return work(index)
  }
  /** Entries on their way into the index, while some work puts many together. */
  const waiting = new Map<string, IndexEntry>()
  let worksTogether = 0
  const flush = async (): Promise<void> => {
    if (waiting.size === 0) return
    const entries = [...waiting.values()]
    waiting.clear()
    // A rebuilding reads them from the documents.
    await use((kept) => kept.putAll(entries))
  }
  /** Every question is answered with all that was put before it. */
  const ask = async <T>(work: (index: SearchIndex) => T): Promise<T> => {
    await flush()
    return use(work)
  }
  return {
    async put(entry) {
      waiting.set(entry.id, entry)
      if (worksTogether === 0 || waiting.size >= maxWaiting) await flush()
    },
    async batch(work) {
      worksTogether += 1
      try {
        return await work()
      } finally {
        worksTogether -= 1
        await flush()
      }
    },
    remove: (id) => ask((kept) => kept.remove(id)),
    findFolder: async (id) => waiting.get(id)?.folder ?? use((kept) => kept.findFolder(id)),
    async findByDigest(digest) {
      for (const entry of waiting.values()) if (entry.digest === digest) return entry.id
      return use((kept) => kept.findByDigest(digest))
    },
    foldersByDigest: (prefix) => ask((kept) => kept.foldersByDigest(prefix)),
    list: (filter, offset, limit, order) => ask((kept) => kept.list(filter, offset, limit, order)),
    search: (query, filter, page) => ask((kept) => kept.search(query, filter, page)),
    async searchInThread(asked) {
      await flush()
      return (await parts.searcher?.search(asked)) ?? null
    },
    count: () => ask((kept) => kept.count()),
    groups: () => ask((kept) => kept.groups()),
    folders: () => ask((kept) => kept.folders()),
    async rebuild(options) {
      await flush()
      return rebuildOnce(options)
    },
    async close() {
      await flush()
      await parts.searcher?.close()
      index.close()
    },
  }
}

/** So many entries wait at most. */
const maxWaiting = 500

function isDamage(thrown: unknown): boolean {
  // The low byte is the kind, the rest its details. A table that is gone shows as a plain error (1).
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return false
  const kind = Number(thrown.errcode) & 0xff
  return (
    damageCodes.has(kind) ||
    readErrorCodes.has(Number(thrown.errcode)) ||
    (kind === 1 && /no such (?:table|column)/.test(thrown.message))
  )
}
