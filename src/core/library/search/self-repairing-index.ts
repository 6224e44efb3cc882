import type { DatabaseSync } from 'node:sqlite'
import { asWriteError } from '../../files'
import { createIndex } from './create-index'
import type { IndexEntry } from './index-entry'
import type { FilledIndex, FillOptions, LibraryIndexParts, SearchIndex } from './search-index'

/** The new entries of changed bulletins by id. Null stands for a removed bulletin. */
type IndexChanges = ReadonlyMap<string, IndexEntry | null>

/** An index that rebuilds itself when SQLite reports that the index file is damaged. */
export interface SelfRepairingIndex {
  use<T>(work: (index: SearchIndex) => T): Promise<T>
  change(changes: IndexChanges): Promise<void>
  /** See {@link ./library-index.LibraryIndex.rebuild}. */
  rebuild(options?: FillOptions): Promise<number>
  /** See {@link ./library-index.LibraryIndex.isPartial}. */
  isPartial(): boolean
  /** Waits until a rebuild of a damaged index has ended. Only then does the index know every bulletin. */
  waitUntilComplete(): Promise<void>
  close(): Promise<void>
}

/** The index that answers now, and the state of its rebuild. */
interface LiveIndex {
  database: DatabaseSync
  index: SearchIndex
  isOpen: boolean
  isComplete: boolean
  /** Changes during a rebuild beside the old index. Null if no such rebuild runs. */
  meanwhile: Map<string, IndexEntry | null> | null
  /** Set while the content of the old index is replaced. Changes wait for it. */
  publishing: Promise<unknown> | null
  /** Set during a rebuild in place until the new index has rows. Every call waits for it. */
  firstRows: Promise<void> | null
}

/**
 * Creates an index that rebuilds itself after damage. A rebuild of an undamaged index fills a second database and
 * replaces the content of the first one at the end, so that lists and searches keep their answers meanwhile. Changes
 * during such a rebuild are applied to both databases. A damaged or incomplete index is replaced at once. Calls then
 * wait for the first rows of the new index.
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
    // Without a rebuild, `work` must run before this function yields. Otherwise a change could begin before
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
    // This call may be a part of a write, and the bulletins are rebuilt in the write queue after that write.
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

/** Builds a new index beside the old one, or in its place if the old one is damaged or incomplete. */
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
