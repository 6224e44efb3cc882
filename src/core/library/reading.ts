import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import { readAbout } from './about'
import { bulletinOf, readFolder, readStoredFile } from './bulletin-folder'
import type { Library, LibraryOptions } from './library'
import { findRevision, listRevisions, readRevision } from './revisions'
import { fillHere } from './search-index/fill'
import { keepIndex, type KeptIndex } from './search-index/keeper'
import { createMemoryDatabase, openDatabaseForReading } from './search-index/tables'
import { bulletinFolders, verifyLibrary } from './verify'

/** Opens a library without the lock; see {@link ./library.openLibrary}. */
export async function openForReading({ ports: { root, log } }: LibraryOptions): Promise<Library> {
  const about = await readAbout(root).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'library-newer') throw thrown
    log.warn('open library: library.json is damaged', thrown)
    return null
  })
  const onDisk = about === null ? null : openDatabaseForReading(join(root, 'index.sqlite'), about.id)
  const index = keepIndex(onDisk ?? createMemoryDatabase(), {
    searcher: null,
    create: () => Promise.resolve(createMemoryDatabase()),
    complete: () => undefined,
    onDamage: (thrown) => log.warn('index: damaged, read from the documents instead', thrown),
    async fill(fresh, options) {
      const folders = await bulletinFolders(root)
      const unread = await fillHere(fresh, root, folders, options)
      for (const { folder, error } of unread) log.warn(`index: left out ${folder}: ${error.message}`)
      return folders.length - unread.length
    },
  })
  if (onDisk === null) await index.rebuild()
  const refuse = (): Promise<never> =>
    Promise.reject(new AppError('library-read-only', 'write: opened for reading', { path: root }))
  return {
    ...createReader(root, index),
    readOnly: true,
    get: async (id) => bulletinOf(await readFolder(join(root, await folderOf(index, id)))),
    isUnsettled: () => false,
    settle: refuse,
    add: refuse,
    together: (work) => work(),
    mark: refuse,
    keepPosition: refuse,
    trash: refuse,
    setRepair: refuse,
    restore: refuse,
    emptyTrash: refuse,
    restoreBackup: refuse,
    noteSampleAdded: refuse,
    wasSampleAdded: () => about?.sampleAdded ?? false,
    close: () => index.close(),
  }
}

/** What readers and writers do alike. */
export function createReader(
  root: string,
  index: KeptIndex,
): Pick<
  Library,
  'list' | 'search' | 'count' | 'groups' | 'reindex' | 'readFile' | 'verify' | 'revisions' | 'diff' | 'findDigest'
> {
  return {
    list: (filter, offset, limit) => index.list(filter, offset, limit),
    search: async (asked) =>
      (await index.searchElsewhere(asked)) ?? (await import('./searching')).searchLibrary(root, index, asked),
    count: () => index.count(),
    groups: () => index.groups(),
    reindex: (options) => index.rebuild(options),
    readFile: async (id, name) => readStoredFile(join(root, await folderOf(index, id)), name),
    revisions: async (id) => listRevisions(join(root, await folderOf(index, id))),
    findDigest: async (prefix) => findRevision(root, await index.foldersByDigest(prefix), prefix),
    async diff(id, from, to) {
      const folder = join(root, await folderOf(index, id))
      const newer = to ?? (await readFolder(folder)).document.revision
      const older = from ?? Math.max(1, newer - 1)
      const { diffTexts } = await import('./text-diff')
      const changes = diffTexts(await readRevision(folder, older), await readRevision(folder, newer))
      return { from: older, to: newer, changes }
    },
    async verify(options) {
      for (const id of options.onlyIds ?? []) await folderOf(index, id)
      return verifyLibrary(root, options)
    },
  }
}

/** Folder of a bulletin below the library. Throws `bulletin-not-found`. */
export async function folderOf(index: Pick<KeptIndex, 'folderOf'>, id: string): Promise<string> {
  const folder = await index.folderOf(id)
  if (folder === null) throw new AppError('bulletin-not-found', `library: no bulletin ${id}`, { id })
  return folder
}
