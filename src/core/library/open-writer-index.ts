import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import type { LibraryOptions } from './library'
import type { LibraryRecovery } from './recovery/recover'
import { fillIndex } from './search/fill-index'
import { cachedIndexPath, indexFileName, isOnNetwork } from './search/index-location'
import { createSearcher, fillInThread } from './search/index-threads'
import { createLibraryIndex, type LibraryIndex } from './search/library-index'
import type { SearchIndex } from './search/search-index'
import { createDatabase, markComplete, openDatabase } from './search/tables'
import { listBulletinFolders } from './store/bulletin-folders'
import type { WriterState } from './writer-parts'

/** The index of a library that is opened for writing. */
export interface WriterIndex {
  index: LibraryIndex
  /** False for a new or partly filled index, which must be rebuilt. */
  isComplete: boolean
  /**
   * False if another machine may have changed the library since the index was last updated. The index must then be
   * updated.
   */
  isCurrent: boolean
}

/** The dependencies of {@link openWriterIndex}. */
export interface WriterIndexParts {
  libraryId: string
  state: WriterState
  recovery: Pick<LibraryRecovery, 'rebuildOrSkip'>
}

/** Opens the index of a library, in the library's folder or in the cache. Throws the errors of a write. */
export async function openWriterIndex(
  parts: WriterIndexParts,
  { ports, indexWorker = null, onNetwork = null }: LibraryOptions,
): Promise<WriterIndex> {
  const { root, cache, log } = ports
  const { libraryId } = parts
  const isCached = onNetwork ?? (await isOnNetwork(root, process.platform))
  const path = isCached ? await cachedIndexPath(cache, libraryId) : join(root, indexFileName)
  const { database, complete } = await openDatabase(path, libraryId)
  const index = createLibraryIndex(database, {
    searcher: indexWorker === null ? null : createSearcher(indexWorker, { path, root }),
    create: () => createDatabase(path, libraryId),
    complete: markComplete,
    onDamage: (thrown) => log.warn('index: damaged, building a new one', thrown),
    async fill(fresh, options) {
      const folders = await listBulletinFolders(root)
      const unread =
        indexWorker === null
          ? await fillIndex(fresh, root, folders, options)
          : await fillInThread(indexWorker, { path, root, folders }, options)
      const skipped = await putRebuilt(fresh, unread, parts)
      options.onProgress?.(folders.length, folders.length, '')
      return folders.length - skipped
    },
  })
  return { index, isComplete: complete, isCurrent: complete && !isCached }
}

/**
 * Rebuilds the bulletins that could not be read and puts them into the index. Returns how many of these bulletins are
 * still not in the index.
 */
async function putRebuilt(
  index: SearchIndex,
  unread: Awaited<ReturnType<typeof fillIndex>>,
  { state, recovery }: WriterIndexParts,
): Promise<number> {
  let skipped = 0
  for (const { folder, error } of unread) {
    // Before recovery has run, the folder may contain an interrupted change instead of damage.
    const entry = state.isRecovered
      ? await recovery.rebuildOrSkip(folder, new AppError(error.code, error.message, error.details))
      : null
    if (entry === null) skipped += 1
    else index.put(entry)
    // The disk may be able to read the folder later, so the next writer tries again.
    if (error.code === 'read-failed') state.isRecoveryNeeded = true
  }
  return skipped
}
