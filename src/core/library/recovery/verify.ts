import { basename, join } from 'node:path'
import type { VerifyResult } from '../../../shared/contract/api'
import { AppError } from '../../../shared/errors'
import { readLibraryDocument } from '../store/library-document'
import { readDocuments, readStatus } from '../store/bulletin-folder'
import { listFiles, hashFile, isOutsideManifest } from '../store/commit'
import { exists, isReadFailure } from '../../files'
import { listBulletinFolders, listFolder, type Progress } from '../store/bulletin-folders'
import { nextManifestName, readManifest } from '../store/manifest'
import { findDamagedSources } from '../sources/source-store'
import { findDamagedTombstones } from '../changes/tombstones'

type Damage = VerifyResult['damaged'][number]

/**
 * Verifies bulletins: compares the hash of every file with the manifest, and reads every document. Repairs nothing.
 * `only` lists the folders to check. If `only` is null, all folders and the library's own files are checked. Throws
 * `cancelled`.
 */
export async function verifyLibrary(
  root: string,
  options: { only: readonly string[] | null; onProgress?: Progress; signal?: AbortSignal },
): Promise<VerifyResult> {
  const damaged: Damage[] = []
  const toUnread = (file: string, id: string | null = null): Damage => ({ id, file, problem: 'unreadable' })
  const folders = options.only ?? (await listBulletinFolders(root, (path) => damaged.push(toUnread(path))))
  if (options.only === null) damaged.push(...(await checkLibraryFiles(root)))
  const foldersById = new Map<string, string[]>()
  for (const [done, folder] of folders.entries()) {
    if (options.signal?.aborted === true) throw new AppError('cancelled', 'verify: cancelled')
    options.onProgress?.(done, folders.length, folder)
    try {
      const { id, found } = await checkFolder(root, folder)
      damaged.push(...found)
      if (id !== null) foldersById.set(id, [...(foldersById.get(id) ?? []), folder])
    } catch (thrown) {
      if (!isReadFailure(thrown)) throw thrown
      damaged.push(toUnread(folder, basename(folder)))
    }
  }
  for (const [id, twins] of foldersById) damaged.push(...(await findDuplicates(root, id, twins)))
  options.onProgress?.(folders.length, folders.length, '')
  return { checked: folders.length, damaged }
}

async function checkLibraryFiles(root: string): Promise<Damage[]> {
  const damaged: Damage[] = []
  const addUnread = (file: string): void => void damaged.push({ id: null, file, problem: 'unreadable' })
  /** Runs one check. If the disk can't read `path`, adds the path to the damage, so that the verification continues. */
  const check = async (path: string, work: () => Promise<void>): Promise<void> =>
    work().catch((thrown: unknown) => {
      if (!isReadFailure(thrown)) throw thrown
      addUnread(path)
    })
  await check('damaged', async () => {
    for (const { name, isFolder } of await listFolder(root, 'damaged'))
      damaged.push({ id: isFolder ? name : null, file: `damaged/${name}`, problem: 'set-aside' })
  })
  await check('tombstones', async () => (await findDamagedTombstones(root)).forEach(addUnread))
  await check('sources', async () => (await findDamagedSources(root)).forEach(addUnread))
  await check('library.json', async () => {
    if (await exists(join(root, 'library.json'))) await readLibraryDocument(root).catch(() => addUnread('library.json'))
    else if (await exists(join(root, 'bulletins'))) damaged.push({ id: null, file: 'library.json', problem: 'missing' })
  })
  return damaged
}

/**
 * Reports every folder of a bulletin except the first as stored twice. Ignores folders that no longer exist, because a
 * bulletin may move to the trash or back during the verification.
 */
async function findDuplicates(root: string, id: string, folders: readonly string[]): Promise<Damage[]> {
  if (folders.length < 2) return []
  const existing: string[] = []
  for (const folder of folders) if (!(await isMissing(join(root, folder)))) existing.push(folder)
  return existing.slice(1).map((file) => ({ id, file, problem: 'stored-twice' }))
}

/** The damage that was found in one folder. `id` is null if a document of the bulletin can't be read. */
interface CheckedFolder {
  id: string | null
  found: Damage[]
}

async function checkFolder(root: string, path: string): Promise<CheckedFolder> {
  const folder = join(root, path)
  const content = await readDocuments(folder).catch(() => null)
  const id = content?.document.id ?? basename(path)
  const damage = (file: string, problem: Damage['problem']): Damage => ({ id, file: `${path}/${file}`, problem })

  const manifest = await readManifest(folder).catch(() => 'damaged' as const)
  const storedId = content?.document.id ?? null
  if (manifest === 'damaged') return { id: storedId, found: [damage('manifest-sha256.txt', 'unreadable')] }
  // A folder without a manifest is reported, and its files are not checked. Another process is still writing the
  // folder, or a crash has left it. The next writer recovers the folder.
  if (manifest === null) return { id: storedId, found: [damage('manifest-sha256.txt', 'no-manifest')] }

  const found: Damage[] = []
  for (const [file, hash] of manifest) {
    const actual = await hashFile(join(folder, file))
    if (actual === null) found.push(damage(file, (await isMissing(join(folder, file))) ? 'missing' : 'unreadable'))
    else if (actual !== hash) found.push(damage(file, 'changed'))
  }
  const isChanging = await exists(join(folder, nextManifestName))
  for (const file of isChanging ? [] : await listFiles(folder))
    if (!manifest.has(file) && !isOutsideManifest(file)) found.push(damage(file, 'unexpected'))
  // The manifest does not list the status, so the status is read separately.
  const isStatusReadable = await readStatus(folder).then(
    () => true,
    () => false,
  )
  if (!isStatusReadable) found.push(damage('status.json', 'unreadable'))
  return { id: storedId, found }
}

/** Whether a file is missing. Returns false for a file that the disk can't check. */
async function isMissing(path: string): Promise<boolean> {
  return exists(path).then(
    (isFound) => !isFound,
    () => false,
  )
}
