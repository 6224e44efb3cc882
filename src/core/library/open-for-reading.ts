import { join } from 'node:path'
import type { VerifyResult } from '../../shared/contract/api'
import { AppError } from '../../shared/errors'
import { readLibraryDocument } from './store/library-document'
import type { Ports } from '../ports'
import { readFolder, readIndexEntry, readStoredFile } from './store/bulletin-folder'
import { resolveSaveTarget } from '../files'
import { createJournal, type Journal } from './store/journal'
import type { Library, LibraryOptions } from './library'
import { createSourceStore } from './sources/source-store'
import { idOf } from './store/identity'
import { readStoredPage } from './store/stored-page'
import { findRevision, listRevisions, readRevision, readBulletin } from './store/revisions'
import { fillHere } from './search/fill-index'
import { createLibraryIndex, type LibraryIndex } from './search/library-index'
import { cachedIndexPath, indexName } from './search/index-location'
import { updateIndex } from './search/update-index'
import {
  createMemoryDatabase,
  markComplete,
  openDatabase,
  openDatabaseForReading,
  type OpenedDatabase,
} from './search/tables'
import { isDeletedForGood } from './changes/trash'
import { listBulletinFolders, verifyLibrary } from './recovery/verify'

/** Opens a library without the lock; see {@link ./library.openLibrary}. */
export async function openForReading({ ports }: LibraryOptions): Promise<Library> {
  const { root, cache, log } = ports
  const about = await readLibraryDocument(root).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'library-newer') throw thrown
    log.warn('open library: library.json is damaged', thrown)
    return null
  })
  const onDisk = about === null ? null : openDatabaseForReading(join(root, indexName), about.id)
  const cached = onDisk === null && about !== null ? await openCached(cache, about.id, log) : null
  const index = createLibraryIndex(onDisk ?? cached?.database ?? createMemoryDatabase(), {
    searcher: null,
    create: () => Promise.resolve(createMemoryDatabase()),
    complete: (database) => {
      // In memory it makes no difference.
      markComplete(database)
    },
    onDamage: (thrown) => log.warn('index: damaged, read from the documents instead', thrown),
    async fill(fresh, options) {
      const folders = await listBulletinFolders(root)
      const unread = await fillHere(fresh, root, folders, options)
      for (const { folder, error } of unread) log.warn(`index: left out ${folder}: ${error.message}`)
      return folders.length - unread.length
    },
  })
  if (cached?.complete === true) await refresh(index, root, log)
  else if (onDisk === null) await index.rebuild()
  const refuse = (): Promise<never> =>
    Promise.reject(new AppError('library-read-only', 'write: opened for reading', { path: root }))
  return {
    ...createReader(root, index, createJournal(ports)),
    readOnly: true,
    async get(id, revision) {
      const folder = join(root, await requireFolder(index, id))
      // Nothing can be set aside here: a bulletin whose marks are damaged is read without them.
      return withBulletinId(id, () => readBulletin(folder, revision, { needsStatus: false }))
    },
    needsRecovery: () => false,
    recover: refuse,
    add: refuse,
    addAutomatically: refuse,
    recordAvailability: refuse,
    findByOrigin: (origin) => findByOrigin(root, index, origin),
    sourceStore: createSourceStore({ root, writing: null, exclusive: (work) => work(), log }),
    batch: (work) => work(),
    mark: refuse,
    keepMarks: refuse,
    keepPosition: refuse,
    trash: refuse,
    setRepair: refuse,
    reextract: refuse,
    addFiles: refuse,
    reread: refuse,
    restore: refuse,
    emptyTrash: refuse,
    restoreBackup: refuse,
    recordSampleAdded: refuse,
    wasSampleAdded: () => about?.sampleAdded ?? false,
    close: () => index.close(),
  }
}

/** The index of a library that has none one can open, kept for the next time; null where the cache can't be written. */
async function openCached(cache: string, libraryId: string, log: Ports['log']): Promise<OpenedDatabase | null> {
  try {
    return await openDatabase(await cachedIndexPath(cache, libraryId), libraryId)
  } catch (thrown) {
    log.warn('index: no place in the cache, made in memory', thrown)
    return null
  }
}

async function refresh(index: LibraryIndex, root: string, log: Ports['log']): Promise<void> {
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

/** What readers and writers do alike. */
export function createReader(
  root: string,
  index: LibraryIndex,
  journal: Pick<Journal, 'noteVerified'>,
): Pick<
  Library,
  | 'list'
  | 'search'
  | 'count'
  | 'groups'
  | 'reindex'
  | 'readFile'
  | 'readStoredPage'
  | 'verify'
  | 'revisions'
  | 'diff'
  | 'findDigest'
> {
  return {
    list: (filter, offset, limit, order) => index.list(filter, offset, limit, order),
    search: async (asked) =>
      (await index.searchInThread(asked)) ??
      (await import('./search/search-library')).searchLibrary(root, index, asked),
    count: () => index.count(),
    groups: () => index.groups(),
    reindex: (options) => index.rebuild(options),
    readFile: async (id, name) => readStoredFile(join(root, await requireFolder(index, id)), name),
    async readStoredPage(id) {
      const folder = join(root, await requireFolder(index, id))
      return withBulletinId(id, async () => readStoredPage(folder, await readFolder(folder)))
    },
    async revisions(id) {
      const folder = join(root, await requireFolder(index, id))
      return withBulletinId(id, () => listRevisions(folder))
    },
    findDigest: async (prefix) => findRevision(root, await index.foldersByDigest(prefix), prefix),
    async diff(id, from, to) {
      const folder = join(root, await requireFolder(index, id))
      return withBulletinId(id, async () => {
        const newer = to ?? (await readFolder(folder)).document.revision
        const older = from ?? Math.max(1, newer - 1)
        const { diffTexts } = await import('./store/text-diff')
        const changes = diffTexts(await readRevision(folder, older), await readRevision(folder, newer))
        return { from: older, to: newer, changes }
      })
    },
    async verify({ onlyIds, isRecorded = false, ...options }) {
      const only: string[] = []
      for (const id of new Set(onlyIds)) only.push(await requireFolder(index, id))
      const result = await verifyLibrary(root, { ...options, only: onlyIds === undefined ? null : only })
      if (onlyIds === undefined) result.damaged.push(...(await lostFolders(root, index)))
      if (isRecorded) await journal.noteVerified(result, onlyIds ?? null)
      return result
    },
  }
}

/**
 * Bulletins whose whole folder is gone: no manifest is left to miss anything, but the index still knows of them, until
 * it is made anew.
 */
async function lostFolders(
  root: string,
  index: Pick<LibraryIndex, 'folders' | 'findFolder'>,
): Promise<VerifyResult['damaged']> {
  const lost: VerifyResult['damaged'] = []
  for (const { id, folder } of await index.folders()) {
    const { kind } = await resolveSaveTarget(join(root, folder)).catch(() => ({ kind: 'unread' }))
    // What is moved meanwhile, the index has elsewhere by now.
    const isLost = (kind === 'free' || kind === 'file') && (await index.findFolder(id)) === folder
    if (isLost) lost.push({ id, file: folder, problem: 'missing' })
  }
  return lost
}

/** A damaged document knows its file alone: what it throws is given the id of the bulletin it belongs to. */
export async function withBulletinId<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'bulletin-damaged') throw thrown
    throw new AppError(thrown.code, thrown.message, { id, ...thrown.details }, { cause: thrown.cause })
  }
}

/** See {@link Library.findByOrigin}. */
export async function findByOrigin(
  root: string,
  index: Pick<LibraryIndex, 'findFolder'>,
  origin: Parameters<Library['findByOrigin']>[0],
): ReturnType<Library['findByOrigin']> {
  const id = 'id' in origin ? origin.id : idOf(origin)
  if (isDeletedForGood(root, id)) return { id: null, isDeleted: true }
  return { id: (await index.findFolder(id)) === null ? null : id, isDeleted: false }
}

/** Folder of a bulletin below the library. Throws `bulletin-not-found`. */
export async function requireFolder(index: Pick<LibraryIndex, 'findFolder'>, id: string): Promise<string> {
  const folder = await index.findFolder(id)
  if (folder === null) throw new AppError('bulletin-not-found', `library: no bulletin ${id}`, { id })
  return folder
}
