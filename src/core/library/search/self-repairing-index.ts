import type { DatabaseSync } from 'node:sqlite'
import { asWriteError } from '../../files'
import { createIndex } from './create-index'
import type { IndexEntry } from './index-entry'
import type { FilledIndex, LibraryIndexParts } from './library-index'
import type { FillOptions, SearchIndex } from './search-index'

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

/**
 * Creates an index that rebuilds itself after damage. A rebuild of an undamaged index fills a second database and
 * replaces the content of the first one at the end, so that lists and searches keep their answers meanwhile. Changes
 * during such a rebuild are applied to both databases. A damaged or incomplete index is replaced at once. Calls then
 * wait for the first rows of the new index.
 */
export function createSelfRepairingIndex(opened: DatabaseSync, parts: LibraryIndexParts): SelfRepairingIndex {
  let database = opened
  let index = createIndex(opened)
  let isOpen = true
  let isComplete = parts.isComplete
  let running: Promise<FilledIndex> | null = null
  /** Changes during a rebuild beside the old index. Null if no such rebuild runs. */
  let meanwhile: Map<string, IndexEntry | null> | null = null
  let publishing: Promise<unknown> | null = null
  let waitForFirstRows: Promise<void> | null = null

  const closeDatabase = (): void => {
    if (isOpen) index.close()
    isOpen = false
  }
  const buildBeside = async (options: FillOptions): Promise<FilledIndex> => {
    const staged = await parts.stage()
    try {
      meanwhile = new Map()
      const fresh = createIndex(staged.database)
      const filled = await parts.fill(fresh, options, staged.path)
      options.signal?.throwIfAborted()
      applyChanges(fresh, meanwhile)
      parts.complete(staged.database)
      // From here on, `change` waits until the new content is in place.
      const moved = staged.publish(database)
      publishing = moved
      const answering = await moved
      if (answering !== database) {
        closeDatabase()
        database = answering
        index = createIndex(database)
        isOpen = true
      }
      return filled
    } finally {
      meanwhile = null
      publishing = null
      await staged.discard()
    }
  }
  const buildInPlace = async (options: FillOptions): Promise<FilledIndex> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    waitForFirstRows = promise
    isComplete = false
    const release = (): void => {
      waitForFirstRows = null
      resolve()
    }
    try {
      await parts.searcher?.close()
      closeDatabase()
      database = await parts.create().catch((thrown: unknown) => {
        throw asWriteError(thrown, 'create index', '')
      })
      index = createIndex(database)
      isOpen = true
      const onProgress: FillOptions['onProgress'] = (done, total, current) => {
        if (done > 0) release()
        options.onProgress?.(done, total, current)
      }
      const filled = await parts.fill(index, { ...options, onProgress }, null)
      parts.complete(database)
      isComplete = true
      return filled
    } finally {
      release()
    }
  }
  const buildNow = async (options: FillOptions): Promise<FilledIndex> => {
    if (!isComplete || !isOpen) return buildInPlace(options)
    try {
      return await buildBeside(options)
    } catch (thrown) {
      if (!isDamaged(thrown)) throw thrown
      parts.onDamage(thrown)
      return buildInPlace(options)
    }
  }
  const build = (work: () => Promise<FilledIndex>): Promise<FilledIndex> =>
    (running ??= work().finally(() => (running = null)))
  const rebuildUnread = (unread: FilledIndex['unread']): Promise<number> =>
    unread.length === 0
      ? Promise.resolve(0)
      : parts.rebuildUnread(unread, (entry) => change(new Map([[entry.id, entry]])))
  const use: SelfRepairingIndex['use'] = async (work) => {
    // Without a rebuild, `work` must run before this function yields. Otherwise a change could begin before
    // `publishing` is set and end after it.
    while (waitForFirstRows !== null) await waitForFirstRows
    try {
      return work(index)
    } catch (thrown) {
      if (isOpen && !isDamaged(thrown)) throw thrown
      parts.onDamage(thrown)
    }
    const isRunning = running !== null
    const { unread } = await build(() => buildInPlace({}))
    // This call may be a part of a write, and the bulletins are rebuilt in the write queue after that write.
    if (!isRunning) rebuildUnread(unread).catch(parts.onDamage)
    return work(index)
  }
  const change = async (changes: IndexChanges): Promise<void> => {
    while (publishing !== null) await publishing.catch(() => undefined)
    for (const [id, entry] of changes) meanwhile?.set(id, entry)
    await use((current) => applyChanges(current, changes))
  }
  return {
    use,
    change,
    async rebuild(options = {}) {
      if (running !== null) return (await running).count
      const { count, unread } = await build(() => buildNow(options))
      const rebuilt = await rebuildUnread(unread)
      options.onProgress?.(count + unread.length, count + unread.length, '')
      return count + rebuilt
    },
    isPartial: () => !isComplete,
    async waitUntilComplete() {
      if (!isComplete) await running
    },
    async close() {
      await running?.catch(() => undefined)
      await parts.searcher?.close()
      closeDatabase()
    },
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
