import { join } from 'node:path'
import type { VerifyResult } from '../../shared/contract/api'
import { resolveSaveTarget } from '../files'
import { requireFolder, requirePath, withBulletinId } from './find-bulletin'
import type { Library, Partially } from './library'
import { verifyLibrary } from './recovery/verify'
import type { LibraryIndex } from './search/library-index'
import type { OwnKey } from '../trust/own-key'
import { isInTrash, readDocuments, readFolder, readStoredFile } from './store/bulletin-folder'
import type { Journal } from './store/journal'
import { findOwnPage } from './store/own-pages'
import { findRevision, listRevisions, readRevision } from './store/revisions'
import { readStoredPage } from './store/stored-page'

/** The methods that are the same in a library opened for reading and in one opened for writing. */
export type LibraryReader = Pick<
  Library,
  | 'list'
  | 'search'
  | 'count'
  | 'groups'
  | 'reindex'
  | 'isInTrash'
  | 'readFile'
  | 'readStoredPage'
  | 'findTypedPage'
  | 'verify'
  | 'revisions'
  | 'diff'
  | 'findDigest'
>

/** Creates the methods of {@link LibraryReader} for the library at `root`. */
export function createLibraryReader(
  root: string,
  index: LibraryIndex,
  journal: Pick<Journal, 'recordVerification'>,
  ownKey: OwnKey,
): LibraryReader {
  /** Asks the index. Adds `isPartial: true` to the answer if the index does not have every bulletin yet. */
  const withPartial = async <T extends object>(ask: () => Promise<T>): Promise<Partially<T>> => {
    const wasPartial = index.isPartial()
    const answer = await ask()
    return wasPartial || index.isPartial() ? { ...answer, isPartial: true } : answer
  }
  return {
    list: (filter, offset, limit, order) => withPartial(() => index.list(filter, offset, limit, order)),
    search: (input) =>
      withPartial(
        async () =>
          (await index.searchInThread(input)) ??
          (await import('./search/search-library')).searchLibrary(root, index, input),
      ),
    count: () => withPartial(() => index.count()),
    groups: () => index.groups(),
    reindex: (options) => index.rebuild(options),
    isInTrash: async (id) => isInTrash(await requireFolder(index, id)),
    readFile: async (id, name) => readStoredFile(await requirePath(root, index, id), name),
    async readStoredPage(id) {
      const folder = await requirePath(root, index, id)
      return withBulletinId(id, async () => readStoredPage(folder, await readFolder(folder)))
    },
    async findTypedPage(id) {
      const folder = await requirePath(root, index, id)
      return withBulletinId(id, async () => findOwnPage((await readDocuments(folder)).captures, ownKey))
    },
    async revisions(id) {
      const folder = await requirePath(root, index, id)
      return withBulletinId(id, () => listRevisions(folder))
    },
    findDigest: async (prefix) => findRevision(root, await index.foldersByDigest(prefix), prefix),
    async diff(id, from, to) {
      const folder = await requirePath(root, index, id)
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
      if (onlyIds === undefined) result.damaged.push(...(await findMissingFolders(root, index)))
      if (isRecorded) await journal.recordVerification(result, onlyIds ?? null)
      return result
    },
  }
}

/**
 * Finds bulletins whose whole folder is missing. Such a folder has no manifest either, so only the index row shows that
 * the bulletin existed.
 */
async function findMissingFolders(
  root: string,
  index: Pick<LibraryIndex, 'folders' | 'findFolder'>,
): Promise<VerifyResult['damaged']> {
  const missing: VerifyResult['damaged'] = []
  for (const { id, folder } of await index.folders()) {
    const { kind } = await resolveSaveTarget(join(root, folder)).catch(() => ({ kind: 'unread' }))
    // The folder may have moved after the rows were read. In that case the row of the bulletin has the new path now.
    const isMissing = (kind === 'free' || kind === 'file') && (await index.findFolder(id)) === folder
    if (isMissing) missing.push({ id, file: folder, problem: 'missing' })
  }
  return missing
}
