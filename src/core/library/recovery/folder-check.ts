import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { names, readFolder } from '../store/bulletin-folder'
import { recoverFolder } from '../store/commit'
import { hasItsDigest } from '../store/digest'
import { readDocument, revisionDocument } from '../store/documents'
import { readManifest } from '../store/manifest'
import { requireFolder } from '../open-for-reading'
import type { LibraryIndex } from '../search/library-index'
import type { LibraryRecovery } from './recover'

/** Bulletins' folders that may be written to: at rest and sound. What is asked runs while nothing else writes. */
export interface FolderCheck {
  /**
   * Folder of a bulletin below the library; one that is damaged is set aside and rebuilt first. Null where there is no
   * such bulletin, or nothing left to rebuild it from.
   */
  findFolder(id: string): Promise<string | null>
  /** The same for one that must be there. Throws `bulletin-not-found`, `bulletin-damaged`. */
  requireFolder(id: string): Promise<string>
}

/** What telling a sound folder needs of the library. */
export interface FolderCheckParts {
  root: string
  recovery: Pick<LibraryRecovery, 'repair'>
  index(): LibraryIndex
  isRecovered(): boolean
}

/** See {@link FolderCheck}. */
export function createFolderCheck({
  root,
  recovery: settling,
  index,
  isRecovered: isSettled,
}: FolderCheckParts): FolderCheck {
  const findCheckedFolder = async (id: string): Promise<string | null> => {
    const folder = await index().findFolder(id)
    if (folder === null) return null
    try {
      if (!isSettled()) await recoverFolder(join(root, folder))
      await checkFolder(join(root, folder))
      return folder
    } catch (thrown) {
      const entry = await settling.repair(folder, thrown, id)
      if (entry === null) await index().remove(id)
      else await index().put(entry)
      return entry?.folder ?? null
    }
  }
  return {
    findFolder: findCheckedFolder,
    async requireFolder(id) {
      await requireFolder(index(), id)
      const folder = await findCheckedFolder(id)
      if (folder === null) throw new AppError('bulletin-damaged', `library: ${id} can't be rebuilt`, { id })
      return folder
    },
  }
}

/** Reads all that a change builds on: documents, every revision, status, manifest. Throws `bulletin-damaged`. */
async function checkFolder(folder: string): Promise<void> {
  const { document } = await readFolder(folder)
  for (const name of await readdir(join(folder, names.revisions))) {
    const revision = await readDocument(join(folder, names.revisions, name), revisionDocument)
    if (!hasItsDigest(revision))
      throw new AppError('bulletin-damaged', `read ${folder}: ${name} was changed`, { file: folder })
  }
  if ((await readManifest(folder)) === null)
    throw new AppError('bulletin-damaged', `read ${document.id}: no manifest`, { file: folder })
}
