import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../shared/errors'
import { type OwnKey, openOwnKey } from '../trust/own-key'
import type { Ports } from '../ports'
import { findByOrigin, requirePath, withBulletinId } from './find-bulletin'
import type { Library, LibraryOptions } from './library'
import { createLibraryReader } from './library-reader'
import { createRefusedWrites } from './refused-writes'
import { fillIndex } from './search/fill-index'
import { readIndexEntry } from './search/index-entry'
import { cachedIndexPath, indexFileName } from './search/index-location'
import { createSearcher } from './search/index-threads'
import { createLibraryIndex, type LibraryIndex } from './search/library-index'
import type { Searcher } from './search/search-index'
import { stageInMemory } from './search/staged-database'
import {
  createIndexOwner,
  createMemoryDatabase,
  markComplete,
  openDatabase,
  openDatabaseForReading,
  type OpenedDatabase,
} from './search/tables'
import { updateIndex } from './search/update-index'
import { createSourceStore } from './sources/source-store'
import { listBulletinFolders } from './store/bulletin-folders'
import { createJournal } from './store/journal'
import { type LibraryDocument, readLibraryDocument } from './store/library-document'
import { readBulletin } from './store/revisions'
import { createSanitizer } from '../text/sanitize-task'

/** Opens a library without the lock; see {@link ./open-library.openLibrary}. */
export async function openForReading({
  ports,
  refusal = 'library-read-only',
  indexWorker = null,
  runTask = null,
}: LibraryOptions): Promise<Library> {
  const { root, log } = ports
  const ownKey = openOwnKey(ports.config)
  const document = await readLibraryDocument(root).catch((thrown: unknown) => {
    if (thrown instanceof AppError && ['library-newer', 'library-has-link'].includes(thrown.code)) throw thrown
    log.warn('open library: library.json is damaged', thrown)
    return null
  })
  const sanitize = createSanitizer(runTask)
  const index = await openReaderIndex(ports, { document, ownKey, indexWorker })
  const refuse = (): Promise<never> =>
    Promise.reject(new AppError(refusal, 'write: opened for reading', { path: root }))
  return {
    ...createLibraryReader(root, index, createJournal(ports), ownKey),
    readOnly: true,
    refusal,
    async get(id, revision) {
      const folder = await requirePath(root, index, id)
      // The bulletin is read without its status if the status is damaged. In a library that is open for reading only,
      // the damaged status can't be moved to `damaged/`.
      return withBulletinId(id, () => readBulletin(folder, sanitize, revision, { needsStatus: false }))
    },
    findByOrigin: (origin) => findByOrigin(root, index, origin),
    sourceStore: createSourceStore({ root, writing: null, refusal, exclusive: (work) => work(), log, ownKey }),
    needsRecovery: () => false,
    wasSampleAdded: () => document?.sampleAdded ?? false,
    batch: (work) => work(),
    ...createRefusedWrites(refuse),
    close: () => index.close(),
  }
}

/**
 * Opens the index in the library's folder. If this fails, opens and updates the user's own index in the cache. If the
 * cache can't be written either, builds an index in memory.
 */
async function openReaderIndex(
  { root, cache, log }: LibraryOptions['ports'],
  { document, ownKey, indexWorker }: { document: LibraryDocument | null; ownKey: OwnKey; indexWorker: string | null },
): Promise<LibraryIndex> {
  // Only an index that this user built is opened. An index of another user may hold false rows.
  const inLibrary =
    document === null ? null : openDatabaseForReading(join(root, indexFileName), createIndexOwner(document.id, ownKey))
  if (inLibrary !== null) {
    const searcher = createOptionalSearcher(indexWorker, join(root, indexFileName), root)
    return createIndexForReading(inLibrary, { root, path: root, isComplete: true, searcher, log })
  }
  const inCache = document === null ? null : await openCached(cache, document.id, log)
  if (inCache !== null && document !== null) {
    const searcher = createOptionalSearcher(indexWorker, await cachedIndexPath(cache, document.id), root)
    const isComplete = inCache.complete
    const index = createIndexForReading(inCache.database, { root, path: cache, isComplete, searcher, log })
    try {
      if (inCache.complete) await updateCached(index, root, log)
      else await index.rebuild()
      // The rows must be on disk before the library opens. If the disk refuses them, the index is built in memory
      // below.
      await index.flush()
      return index
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      log.warn('index: the cache is not writable, building it in memory', thrown)
      await index.close()
    }
  }
  const index = createIndexForReading(createMemoryDatabase(), {
    root,
    path: root,
    isComplete: false,
    searcher: null,
    log,
  })
  await index.rebuild()
  return index
}

function createOptionalSearcher(indexWorker: string | null, path: string, root: string): Searcher | null {
  return indexWorker === null ? null : createSearcher(indexWorker, { path, root })
}

/** The dependencies of {@link createIndexForReading}. `searcher` searches the index file on other threads. */
interface ReaderIndexParts {
  root: string
  path: string
  isComplete: boolean
  searcher: Searcher | null
  log: Ports['log']
}

function createIndexForReading(
  database: DatabaseSync,
  { root, path, isComplete, searcher, log }: ReaderIndexParts,
): LibraryIndex {
  /**
   * Whether the current index is a file. Search threads open the index as a file. After a rebuild in memory, the
   * calling thread searches the index instead.
   */
  let isInFile = isComplete
  return createLibraryIndex(database, {
    path,
    searcher: searcher && {
      search: (input) => (isInFile ? searcher.search(input) : Promise.resolve(null)),
      close: () => searcher.close(),
    },
    isComplete,
    stage() {
      isInFile = false
      return Promise.resolve(stageInMemory())
    },
    rebuildUnread: () => Promise.resolve(0),
    create() {
      isInFile = false
      return Promise.resolve(createMemoryDatabase())
    },
    complete: markComplete,
    onDamage: (thrown) => log.warn('index: damaged, reading the documents instead', thrown),
    onStale: () => undefined,
    async fill(fresh, options) {
      const folders = await listBulletinFolders(root)
      const unread = await fillIndex(fresh, root, folders, options)
      for (const { folder, error } of unread) log.warn(`index: left out ${folder}: ${error.message}`)
      return { count: folders.length - unread.length, unread }
    },
  })
}

/** Opens or creates the index in the cache. Returns null if the cache can't be written. */
async function openCached(cache: string, libraryId: string, log: Ports['log']): Promise<OpenedDatabase | null> {
  try {
    return await openDatabase(await cachedIndexPath(cache, libraryId), libraryId)
  } catch (thrown) {
    log.warn('index: the cache is not writable, building it in memory', thrown)
    return null
  }
}

async function updateCached(index: LibraryIndex, root: string, log: Ports['log']): Promise<void> {
  await updateIndex(index, {
    root,
    folders: await listBulletinFolders(root),
    exclusive: (work) => work(),
    read(folder) {
      try {
        return Promise.resolve(readIndexEntry(root, folder))
      } catch (thrown) {
        log.warn(`index: left out ${folder}`, thrown)
        return Promise.resolve(null)
      }
    },
  })
}
