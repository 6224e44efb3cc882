import { basename, join } from 'node:path'
import type { VerifyResult } from '../../../shared/contract/api'
import { AppError } from '../../../shared/errors'
import { readLibraryDocument } from '../store/library-document'
import { readDocuments, readStatus } from '../store/bulletin-folder'
import { filesBelow, hashOf, isOutsideManifest } from '../store/commit'
import { exists, isReadFailure } from '../../files'
import { listBulletinFolders, listFolder, type Progress } from '../store/bulletin-folders'
import { nextManifestName, readManifest } from '../store/manifest'
import { findDamagedSources } from '../sources/source-store'
import { findDamagedTombstones } from '../changes/tombstones'

type Damage = VerifyResult['damaged'][number]

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
    for (const { name, isFolder } of await listFolder(root, 'damaged'))
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
