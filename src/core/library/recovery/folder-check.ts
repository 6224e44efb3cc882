import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { checkNoLink } from '../find-bulletin'
import { readIndexEntry } from '../search/index-entry'
import type { LibraryIndex } from '../search/library-index'
import { names, readFolder } from '../store/bulletin-folder'
import type { Catalog } from '../store/catalog'
import { recoverFolder, type WriteContext } from '../store/commit'
import { hasValidDigest } from '../store/digest'
import { readDocument, revisionDocument } from '../store/documents'
import { readManifest } from '../store/manifest'
import type { LibraryRecovery } from './recover'

/**
 * Finds the folder of a bulletin and makes it safe to change: without an interrupted change and without damage. These
 * methods may be called only inside the write queue.
 */
export interface FolderCheck {
  /**
   * Returns the folder of a bulletin, relative to the library. A damaged bulletin is first moved to `damaged/` and
   * rebuilt. Returns null if the library does not have the bulletin, or if the bulletin can't be rebuilt.
   */
  findFolder(id: string): Promise<string | null>
  /** Finds the folder of a bulletin that must exist. Throws `bulletin-not-found`, `bulletin-damaged`. */
  requireFolder(id: string): Promise<string>
}

/** The dependencies of a folder check. */
export interface FolderCheckParts {
  writing: Pick<WriteContext, 'root' | 'sanitize'>
  recovery: Pick<LibraryRecovery, 'rebuild' | 'mergeFolders'>
  index: LibraryIndex
  catalog: Pick<Catalog, 'findFolders'>
  /** See {@link ../writer-parts.WriterState}. */
  state: { isRecovered: boolean; unfinishedFolders: Set<string> }
}

/** Creates the folder check of an open library. */
export function createFolderCheck({ writing, recovery, index, catalog, state }: FolderCheckParts): FolderCheck {
  const { root } = writing
  const findFolder = async (id: string): Promise<string | null> => {
    const known = await index.findFolder(id)
    const intact: string[] = []
    for (const folder of await catalog.findFolders(id, known)) {
      checkNoLink(root, folder)
      const found = await recoverOrRebuild(folder, id)
      if (found !== null) intact.push(found)
    }
    const [first, ...others] = intact
    if (first === undefined) {
      if (known !== null) await index.remove(id)
      return null
    }
    const folder = others.length === 0 ? first : await recovery.mergeFolders(id, intact)
    if (folder !== known || others.length > 0) await putRow(folder)
    return folder
  }
  const putRow = async (folder: string): Promise<void> => {
    const entry = readIndexEntry(root, folder)
    if (entry !== null) await index.put(entry)
  }
  /**
   * Makes a folder safe to change and returns it. Returns null if the folder can't be rebuilt or contains another
   * bulletin.
   */
  const recoverOrRebuild = async (folder: string, id: string): Promise<string | null> => {
    try {
      if (!state.isRecovered || state.unfinishedFolders.has(folder)) await recoverFolder(writing, join(root, folder))
      state.unfinishedFolders.delete(folder)
      await checkFolder(join(root, folder))
      return folder
    } catch (thrown) {
      const entry = await recovery.rebuild(folder, thrown, id)
      if (entry === null) return null
      await index.put(entry)
      return entry.id === id ? entry.folder : null
    }
  }
  return {
    findFolder,
    async requireFolder(id) {
      const isKnown = (await index.findFolder(id)) !== null || (await catalog.findFolders(id)).length > 0
      if (!isKnown) throw new AppError('bulletin-not-found', `library: no bulletin ${id}`, { id })
      const folder = await findFolder(id)
      if (folder === null) throw new AppError('bulletin-damaged', `library: ${id} can't be rebuilt`, { id })
      return folder
    },
  }
}

/**
 * Reads everything that a change depends on: the documents, every revision, the status and the manifest. Throws
 * `bulletin-damaged` if one of them is missing or invalid.
 */
async function checkFolder(folder: string): Promise<void> {
  const { document } = await readFolder(folder)
  for (const name of await readdir(join(folder, names.revisions))) {
    const revision = await readDocument(join(folder, names.revisions, name), revisionDocument)
    if (!hasValidDigest(revision))
      throw new AppError('bulletin-damaged', `check ${folder}: ${name} was changed`, { file: folder })
  }
  if ((await readManifest(folder)) === null)
    throw new AppError('bulletin-damaged', `check ${document.id}: no manifest`, { file: folder })
}
