import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { VerifyResult } from '../../../shared/contract/api'
import { AppError } from '../../../shared/errors'
import { readLibraryDocument } from '../store/library-document'
import { readDocuments, readStatus } from '../store/bulletin-folder'
import { filesBelow, hashOf, isOutsideManifest } from '../store/commit'
import { asReadError, exists, isReadFailure, systemCode } from '../../files'
import { nextManifestName, readManifest } from '../store/manifest'
import { findDamagedSources } from '../sources/source-store'
import { findDamagedTombstones } from '../changes/trash'

type Damage = VerifyResult['damaged'][number]

/** How far a check has come: bulletins done and in all, and the folder at hand. */
export type Progress = (done: number, total: number, current: string) => void

/**
 * Re-hashes every file of every bulletin against its manifest and reads every document. Reports, never mends.
 * `only`: check these folders alone; null is all and the library's own files. Throws `cancelled` when the signal says so.
 */
export async function verifyLibrary(
  root: string,
  options: { only: readonly string[] | null; onProgress?: Progress; signal?: AbortSignal },
): Promise<VerifyResult> {
  const damaged: Damage[] = []
  const unread = (file: string, id: string | null = null): Damage => ({ id, file, problem: 'unreadable' })
  const folders = options.only ?? (await listBulletinFolders(root, (path) => damaged.push(unread(path))))
  if (options.only === null) damaged.push(...(await checkLibraryItself(root)))
  for (const [done, folder] of folders.entries()) {
    if (options.signal?.aborted === true) throw new AppError('cancelled', 'verify: cancelled')
    options.onProgress?.(done, folders.length, folder)
    damaged.push(
      ...(await checkFolder(root, folder).catch((thrown: unknown) => {
        if (!isReadFailure(thrown)) throw thrown
        return [unread(folder, basename(folder))]
      })),
    )
  }
  options.onProgress?.(folders.length, folders.length, '')
  return { checked: folders.length, damaged }
}

/**
 * Every bulletin's folder below the library, those in the trash last, as paths with forward slashes; [] for a missing
 * library. A folder above them that the disk does not give is told to `onUnread`; throws `read-failed` where nobody
 * listens, since what is built on half of the bulletins would forget the others.
 */
export async function listBulletinFolders(root: string, onUnread?: (path: string) => void): Promise<string[]> {
  const below = async (path: string): Promise<string[]> =>
    foldersIn(root, path).catch((thrown: unknown) => {
      if (onUnread === undefined || !isReadFailure(thrown)) throw asReadError(thrown, join(root, path))
      onUnread(path)
      return []
    })
  const folders: string[] = []
  const years = [...(await below('bulletins')), ...(await below('trash'))]
  for (const year of years) for (const month of await below(year)) folders.push(...(await below(month)))
  return folders
}

async function foldersIn(root: string, path: string): Promise<string[]> {
  return (await namesIn(root, path)).filter(({ isFolder }) => isFolder).map(({ name }) => `${path}/${name}`)
}

async function namesIn(root: string, path: string): Promise<{ name: string; isFolder: boolean }[]> {
  try {
    const entries = await readdir(join(root, path), { withFileTypes: true })
    return entries
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return []
    throw thrown
  }
}

async function checkLibraryItself(root: string): Promise<Damage[]> {
  const damaged: Damage[] = []
  const unread = (file: string): void => void damaged.push({ id: null, file, problem: 'unreadable' })
  /** What the disk does not give is found, and the check goes on. */
  const read = async (path: string, work: () => Promise<void>): Promise<void> =>
    work().catch((thrown: unknown) => {
      if (!isReadFailure(thrown)) throw thrown
      unread(path)
    })
  await read('damaged', async () => {
    for (const { name, isFolder } of await namesIn(root, 'damaged'))
      damaged.push({ id: isFolder ? name : null, file: `damaged/${name}`, problem: 'set-aside' })
  })
  await read('tombstones', async () => (await findDamagedTombstones(root)).forEach(unread))
  await read('sources', async () => (await findDamagedSources(root)).forEach(unread))
  await read('library.json', async () => {
    if (await exists(join(root, 'library.json'))) await readLibraryDocument(root).catch(() => unread('library.json'))
    else if (await exists(join(root, 'bulletins'))) damaged.push({ id: null, file: 'library.json', problem: 'missing' })
  })
  return damaged
}

async function checkFolder(root: string, path: string): Promise<Damage[]> {
  const folder = join(root, path)
  const content = await readDocuments(folder).catch(() => null)
  const id = content?.document.id ?? basename(path)
  const damage = (file: string, problem: Damage['problem']): Damage => ({ id, file: `${path}/${file}`, problem })

  const manifest = await readManifest(folder).catch(() => 'damaged' as const)
  if (manifest === 'damaged') return [damage('manifest-sha256.txt', 'unreadable')]
  // A change is being written this moment by another process, or was cut off: the next writer settles it.
  if (manifest === null) return [damage('manifest-sha256.txt', 'no-manifest')]

  const found: Damage[] = []
  for (const [file, hash] of manifest) {
    const actual = await hashOf(join(folder, file))
    if (actual === null) found.push(damage(file, (await isMissing(join(folder, file))) ? 'missing' : 'unreadable'))
    else if (actual !== hash) found.push(damage(file, 'changed'))
  }
  const isChanging = await exists(join(folder, nextManifestName))
  for (const file of isChanging ? [] : await filesBelow(folder))
    if (!manifest.has(file) && !isOutsideManifest(file)) found.push(damage(file, 'unexpected'))
  // What the manifest does not vouch for: the reader's own.
  const isStatusFine = await readStatus(folder).then(
    () => true,
    () => false,
  )
  if (!isStatusFine) found.push(damage('status.json', 'unreadable'))
  return found
}

/** Whether nothing is at a path; what the disk does not tell of is not missing. */
async function isMissing(path: string): Promise<boolean> {
  return exists(path).then(
    (isThere) => !isThere,
    () => false,
  )
}
