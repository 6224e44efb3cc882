import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import { readAbout } from './about'
import { bulletinOf, readFolder, readStoredFile } from './bulletin-folder'
import { readEntries } from './entries'
import type { Library, LibraryOptions } from './library'
import { listRevisions, readRevision } from './revisions'
import { createMemoryIndex, openIndexForReading, type SearchIndex } from './search-index'
import { bulletinFolders, verifyLibrary } from './verify'

/** Opens a library without the lock; see {@link ./library.openLibrary}. */
export async function openForReading({ ports: { root, log } }: LibraryOptions): Promise<Library> {
  const about = await readAbout(root).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'library-newer') throw thrown
    log.warn('open library: library.json is damaged', thrown)
    return null
  })
  const onDisk = about === null ? null : openIndexForReading(join(root, 'index.sqlite'), about.id)
  const index = onDisk ?? createMemoryIndex()
  if (onDisk === null) {
    const entries = await readEntries(root, await bulletinFolders(root), async (folder, thrown) => {
      log.warn(`index: left out ${folder}`, thrown)
      return Promise.resolve(null)
    })
    index.replaceAll(entries)
  }
  const refuse = (): Promise<never> =>
    Promise.reject(new AppError('library-read-only', 'write: opened for reading', { path: root }))
  return {
    ...createReader(root, index),
    readOnly: true,
    get: async (id) => bulletinOf(await readFolder(join(root, folderOf(index, id)))),
    add: refuse,
    mark: refuse,
    keepPosition: refuse,
    trash: refuse,
    restore: refuse,
    emptyTrash: refuse,
    restoreBackup: refuse,
    noteSampleAdded: refuse,
    wasSampleAdded: () => about?.sampleAdded ?? false,
    close: () => Promise.resolve(index.close()),
  }
}

/** What readers and writers do alike. */
export function createReader(
  root: string,
  index: SearchIndex,
): Pick<Library, 'list' | 'count' | 'readFile' | 'verify' | 'revisions' | 'diff'> {
  return {
    list: (filter, offset, limit) => index.list(filter, offset, limit),
    count: () => index.count(),
    readFile: async (id, name) => readStoredFile(join(root, folderOf(index, id)), name),
    revisions: async (id) => listRevisions(join(root, folderOf(index, id))),
    async diff(id, from, to) {
      const folder = join(root, folderOf(index, id))
      const newer = to ?? (await readFolder(folder)).document.revision
      const older = from ?? Math.max(1, newer - 1)
      const { diffTexts } = await import('./text-diff')
      const changes = diffTexts(await readRevision(folder, older), await readRevision(folder, newer))
      return { from: older, to: newer, changes }
    },
    verify: (options) => {
      for (const id of options.onlyIds ?? []) folderOf(index, id)
      return verifyLibrary(root, options)
    },
  }
}

/** Folder of a bulletin below the library. Throws `bulletin-not-found`. */
export function folderOf(index: SearchIndex, id: string): string {
  const folder = index.folderOf(id)
  if (folder === null) throw new AppError('bulletin-not-found', `library: no bulletin ${id}`, { id })
  return folder
}
