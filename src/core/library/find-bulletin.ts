import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import { isPlainFolder } from '../trust/plain-files'
import { isDeletedForGood } from './changes/tombstones'
import { exists } from '../files'
import type { Library } from './library'
import type { LibraryIndex } from './search/library-index'
import type { Catalog } from './store/catalog'
import { idOf } from './store/identity'

type FolderIndex = Pick<LibraryIndex, 'findFolder'>

/**
 * Returns the index with another `findFolder`, which also looks into the documents of the bulletins. The index is only
 * a cache, so the row of a bulletin may be missing or outdated. If the folder in the row exists, `findFolder` returns
 * it without reading documents, because this is faster. If no folder contains documents with the id, `findFolder`
 * returns the folder in the row. The caller then reports this folder as missing.
 */
export function withDocuments(root: string, index: LibraryIndex, catalog: Pick<Catalog, 'findFolders'>): LibraryIndex {
  return {
    ...index,
    async findFolder(id) {
      const known = await index.findFolder(id)
      if (known !== null && (await exists(join(root, known)))) return known
      const [found = known] = await catalog.findFolders(id)
      return found
    },
  }
}

/** Returns the folder of a bulletin, as a path relative to the library. Throws `bulletin-not-found`. */
export async function requireFolder(index: FolderIndex, id: string): Promise<string> {
  const folder = await index.findFolder(id)
  if (folder === null) throw new AppError('bulletin-not-found', `library: no bulletin ${id}`, { id })
  return folder
}

/**
 * Returns the absolute path of a bulletin's folder for reading. Throws `bulletin-not-found`. Throws `bulletin-damaged`
 * if a folder on the way from the library is a link, because a link may lead to any folder of this machine.
 */
export async function requirePath(root: string, index: FolderIndex, id: string): Promise<string> {
  const folder = await requireFolder(index, id)
  checkNoLink(root, folder)
  return join(root, folder)
}

/** Throws `bulletin-damaged` if a folder on the way from the library to a bulletin is a link. */
export function checkNoLink(root: string, folder: string): void {
  if (isPlainFolder(root, folder)) return
  throw new AppError('bulletin-damaged', `library: ${folder} leads through a link`, { file: folder })
}

/** See {@link Library.findByOrigin}. */
export async function findByOrigin(
  root: string,
  index: FolderIndex,
  origin: Parameters<Library['findByOrigin']>[0],
): ReturnType<Library['findByOrigin']> {
  const id = 'id' in origin ? origin.id : idOf(origin)
  if (isDeletedForGood(root, id)) return { id: null, isDeleted: true }
  return { id: (await index.findFolder(id)) === null ? null : id, isDeleted: false }
}

/**
 * Runs `work` and adds the bulletin's id to the details of a `bulletin-damaged` error that `work` throws. Without the
 * id, the error contains only the damaged file.
 */
export async function withBulletinId<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'bulletin-damaged') throw thrown
    throw new AppError(thrown.code, thrown.message, { id, ...thrown.details }, { cause: thrown.cause })
  }
}
