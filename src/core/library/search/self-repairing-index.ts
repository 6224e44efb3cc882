import type { DatabaseSync } from 'node:sqlite'
import { asWriteError } from '../../files'
import { createIndex } from './create-index'
import type { IndexEntry } from './index-entry'
import type { FilledIndex, FillOptions, LibraryIndexParts, SearchIndex } from './search-index'

/** The new entries of changed bulletins, by bulletin id. Null means that the bulletin is removed from the index. */
type IndexChanges = ReadonlyMap<string, IndexEntry | null>

/** An index that is built again when SQLite reports that the index file is damaged. */
export interface SelfRepairingIndex {
  use<T>(work: (index: SearchIndex) => T): Promise<T>
  change(changes: IndexChanges): Promise<void>
  /** See {@link ./library-index.LibraryIndex.rebuild}. */
  rebuild(options?: FillOptions): Promise<number>
  /** See {@link ./library-index.LibraryIndex.isPartial}. */
  isPartial(): boolean
  /**
   * Waits until a running rebuild of a damaged or incomplete index has ended. Only then does the index have every
   * bulletin.
   */
  waitUntilComplete(): Promise<void>
  close(): Promise<void>
}

/** The index that answers calls now, and the state of its rebuild. */
interface LiveIndex {
  database: DatabaseSync
  index: SearchIndex
  isOpen: boolean
  isComplete: boolean
  /** The changes since a rebuild beside the old index began. Null if no such rebuild runs. */
  meanwhile: Map<string, IndexEntry | null> | null
  /**
   * The running replacement of the old index's content by that of the new index. Changes wait for this promise. Null if
   * no replacement runs.
   */
  publishing: Promise<unknown> | null
  /**
   * Settles when a rebuild in the place of the old index has written the first rows. Every call waits for this promise.
   * Null if no such rebuild runs.
   */
  firstRows: Promise<void> | null
}

/**
 * Creates an index that rebuilds itself after damage. If the old index is undamaged, a rebuild fills a second database
 * and at the end replaces the content of the first one. Until then, lists and searches use the old index, and changes
 * are applied to both databases. A damaged or incomplete index is replaced before the rebuild. Calls then wait for the
 * first rows of the new index.
 */
export function createSelfRepairingIndex(opened: DatabaseSync, parts: LibraryIndexParts): SelfRepairingIndex {
  const live: LiveIndex = {
    database: opened,
    index: createIndex(opened),
    isOpen: true,
    isComplete: parts.isComplete,
    meanwhile: null,
    publishing: null,
    firstRows: null,
  }
  let running: Promise<FilledIndex> | null = null
  const build = (work: () => Promise<FilledIndex>): Promise<FilledIndex> =>
    (running ??= work().finally(() => (running = null)))
  const rebuildUnread = (unread: FilledIndex['unread']): Promise<number> =>
    unread.length === 0
      ? Promise.resolve(0)
      : parts.rebuildUnread(unread, (entry) => change(new Map([[entry.id, entry]])))
  const use: SelfRepairingIndex['use'] = async (work) => {
    // If no rebuild runs, `work` runs before this function awaits anything. Otherwise a change could begin before
    // `publishing` is set and end after it.
    while (live.firstRows !== null) await live.firstRows
    try {
      return work(live.index)
    } catch (thrown) {
      if (live.isOpen && !isDamaged(thrown)) throw thrown
      parts.onDamage(thrown)
    }
    const isRunning = running !== null
    const { unread } = await build(() => buildInPlace(live, parts, {}))
    // The call does not wait until the bulletins are rebuilt. The rebuild needs the write queue, and this call may be
    // part of a write that is still running in the queue.
    if (!isRunning) rebuildUnread(unread).catch(parts.onDamage)
    return work(live.index)
  }
  const change = async (changes: IndexChanges): Promise<void> => {
    while (live.publishing !== null) await live.publishing.catch(() => undefined)
    for (const [id, entry] of changes) live.meanwhile?.set(id, entry)
    await use((current) => applyChanges(current, changes))
  }
  return {
    use,
    change,
    async rebuild(options = {}) {
      if (running !== null) return (await running).count
      const { count, unread } = await build(() => buildNow(live, parts, options))
      const rebuilt = await rebuildUnread(unread)
      options.onProgress?.(count + unread.length, count + unread.length, '')
      return count + rebuilt
    },
    isPartial: () => !live.isComplete,
    async waitUntilComplete() {
      if (!live.isComplete) await running
    },
    async close() {
      await running?.catch(() => undefined)
      await parts.searcher?.close()
      closeDatabase(live)
    },
  }
}

function closeDatabase(live: LiveIndex): void {
  if (live.isOpen) live.index.close()
  live.isOpen = false
}

function openIndex(live: LiveIndex, database: DatabaseSync): void {
  live.database = database
  live.index = createIndex(database)
  live.isOpen = true
}

/** Builds a new index beside the old one. A damaged or incomplete old index is replaced at its own place. */
async function buildNow(live: LiveIndex, parts: LibraryIndexParts, options: FillOptions): Promise<FilledIndex> {
  if (!live.isComplete || !live.isOpen) return buildInPlace(live, parts, options)
  try {
    return await buildBeside(live, parts, options)
  } catch (thrown) {
    if (!isDamaged(thrown)) throw thrown
    parts.onDamage(thrown)
    return buildInPlace(live, parts, options)
  }
}

async function buildBeside(live: LiveIndex, parts: LibraryIndexParts, options: FillOptions): Promise<FilledIndex> {
  const staged = await parts.stage()
  try {
    live.meanwhile = new Map()
    const fresh = createIndex(staged.database)
    const filled = await parts.fill(fresh, options, staged.path)
    options.signal?.throwIfAborted()
    applyChanges(fresh, live.meanwhile)
    parts.complete(staged.database)
    const moved = staged.publish(live.database)
    live.publishing = moved
    const answering = await moved
    if (answering !== live.database) {
      closeDatabase(live)
      openIndex(live, answering)
    }
    return filled
  } finally {
    live.meanwhile = null
    live.publishing = null
    await staged.discard()
  }
}

async function buildInPlace(live: LiveIndex, parts: LibraryIndexParts, options: FillOptions): Promise<FilledIndex> {
  const { promise, resolve } = Promise.withResolvers<void>()
  live.firstRows = promise
  live.isComplete = false
  const release = (): void => {
    live.firstRows = null
    resolve()
  }
  try {
    await parts.searcher?.close()
    closeDatabase(live)
    const database = await parts.create().catch((thrown: unknown) => {
      throw asWriteError(thrown, 'create index', parts.path)
    })
    openIndex(live, database)
    const onProgress: FillOptions['onProgress'] = (done, total, current) => {
      if (done > 0) release()
      options.onProgress?.(done, total, current)
    }
    const filled = await parts.fill(live.index, { ...options, onProgress }, null)
    parts.complete(live.database)
    live.isComplete = true
    return filled
  } finally {
    release()
  }
}

function applyChanges(index: SearchIndex, changes: IndexChanges): void {
  index.putAll([...changes.values()].filter((entry) => entry !== null))
  for (const [id, entry] of changes) if (entry === null) index.remove(id)
}

/** The result codes of SQLite for a file with invalid content (sqlite.org/rescode.html): CORRUPT and NOTADB. */
const damageCodes = new Set([11, 26])
/** The extended result codes of SQLite for a file that the disk can't read: IOERR_READ and IOERR_SHORT_READ. */
const readErrorCodes = new Set([266, 522])

function isDamaged(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return false
  // The low byte of `errcode` is the result code. A missing table or column has only the general code 1 (ERROR).
  const code = Number(thrown.errcode) & 0xff
  return (
    damageCodes.has(code) ||
    readErrorCodes.has(Number(thrown.errcode)) ||
    (code === 1 && /no such (?:table|column)/.test(thrown.message))
  )
}
