import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import type { OwnKey } from '../trust/own-key'
import type { LibraryOptions } from './library'
import type { LibraryRecovery } from './recovery/recover'
import { fillIndex } from './search/fill-index'
import { cachedIndexPath, indexFileName, isOnNetwork } from './search/index-location'
import { createSearcher, fillInThread } from './search/index-threads'
import { createLibraryIndex, type LibraryIndex } from './search/library-index'
import type { LibraryIndexParts, Unread } from './search/search-index'
import { stageBeside, stagedPath } from './search/staged-database'
import { createDatabase, createIndexOwner, markComplete, openDatabase, removeDatabase } from './search/tables'
import { listBulletinFolders } from './store/bulletin-folders'
import type { WriteQueue } from './write-queue'
import type { WriterState } from './writer-parts'

/** The index of a library that is opened for writing. */
export interface WriterIndex {
  index: LibraryIndex
  /** False for a new or partly filled index, which must be rebuilt. */
  isComplete: boolean
  /**
   * Whether only this machine can have changed the library since the index was last updated. If false, the index must
   * be updated.
   */
  isCurrent: boolean
}

/** The dependencies of {@link openWriterIndex}. */
export interface WriterIndexParts {
  libraryId: string
  ownKey: OwnKey
  state: WriterState
  recovery: Pick<LibraryRecovery, 'rebuildOrSkip'>
  queue: Pick<WriteQueue, 'enqueue'>
}

/** Opens the index of a library, in the library's folder or in the cache. Throws the errors of a write. */
export async function openWriterIndex(
  parts: WriterIndexParts,
  { ports, indexWorker = null, onNetwork = null }: LibraryOptions,
): Promise<WriterIndex> {
  const { root, cache, log } = ports
  const { libraryId, ownKey, state } = parts
  const owner = createIndexOwner(libraryId, ownKey)
  const isCached = onNetwork ?? (await isOnNetwork(root, process.platform))
  const path = isCached ? await cachedIndexPath(cache, libraryId) : join(root, indexFileName)
  // Removes the file that a rebuild leaves if a crash interrupts it.
  await removeDatabase(stagedPath(path)).catch(() => undefined)
  const { database, complete } = await openDatabase(path, owner)
  const index = createLibraryIndex(database, {
    searcher: indexWorker === null ? null : createSearcher(indexWorker, { path, root }),
    isComplete: complete,
    create: () => createDatabase(path, owner),
    stage: () => stageBeside(path, owner, indexWorker),
    complete: markComplete,
    path,
    onDamage: (thrown) => log.warn('index: damaged, building a new one', thrown),
    onStale(thrown) {
      log.warn('index: not up to date, because the disk refused writes', thrown)
      state.isRecoveryNeeded = true
    },
    async fill(fresh, options, filledPath) {
      const folders = await listBulletinFolders(root)
      const unread =
        indexWorker === null
          ? await fillIndex(fresh, root, folders, options)
          : await fillInThread(indexWorker, { path: filledPath ?? path, root, folders }, options)
      return { count: folders.length - unread.length, unread }
    },
    rebuildUnread: (unread, put) => parts.queue.enqueue(() => rebuildUnread(unread, put, parts)),
  })
  return { index, isComplete: complete, isCurrent: complete && !isCached }
}

/** See {@link LibraryIndexParts.rebuildUnread}. `unread` lists the folders that the index could not read. */
async function rebuildUnread(
  unread: readonly Unread[],
  put: Parameters<LibraryIndexParts['rebuildUnread']>[1],
  { state, recovery }: WriterIndexParts,
): Promise<number> {
  let count = 0
  for (const { folder, error } of unread) {
    // Before the recovery has run, an unreadable folder is skipped, because it may contain an interrupted change and no
    // damage.
    const entry = state.isRecovered
      ? await recovery.rebuildOrSkip(folder, new AppError(error.code, error.message, error.details))
      : null
    if (entry !== null) {
      await put(entry)
      count += 1
    }
    // The next writer must recover the library, because the disk may be able to read the folder later.
    if (error.code === 'read-failed') state.isRecoveryNeeded = true
  }
  return count
}
