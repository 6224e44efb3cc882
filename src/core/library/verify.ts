import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { VerifyResult } from '../../shared/api'
import { AppError } from '../../shared/errors'
import { readAbout } from './about'
import { readDocuments, readStatus } from './bulletin-folder'
import { filesBelow, hashOf, isUnlisted } from './commit'
import { exists, systemCode } from './disk'
import { nextManifestName, readManifest } from './manifest'
import { damagedSources } from './following'
import { damagedTombstones } from './trash'

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
  const folders = options.only ?? (await bulletinFolders(root))
  const damaged: Damage[] = options.only === null ? await checkLibraryItself(root) : []
  for (const [done, folder] of folders.entries()) {
    if (options.signal?.aborted === true) throw new AppError('cancelled', 'verify: cancelled')
    options.onProgress?.(done, folders.length, folder)
    damaged.push(...(await checkFolder(root, folder)))
  }
  options.onProgress?.(folders.length, folders.length, '')
  return { checked: folders.length, damaged }
}

/** Every bulletin's folder below the library, those in the trash last, as paths with forward slashes; [] for a missing library. */
export async function bulletinFolders(root: string): Promise<string[]> {
  const folders: string[] = []
  const years = [...(await foldersIn(root, 'bulletins')), ...(await foldersIn(root, 'trash'))]
  for (const year of years)
    for (const month of await foldersIn(root, year)) folders.push(...(await foldersIn(root, month)))
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
  const damaged: Damage[] = (await namesIn(root, 'damaged')).map(({ name, isFolder }) => ({
    id: isFolder ? name : null,
    file: `damaged/${name}`,
    problem: 'set-aside',
  }))
  for (const file of [...(await damagedTombstones(root)), ...(await damagedSources(root))])
    damaged.push({ id: null, file, problem: 'unreadable' })
  if (await exists(join(root, 'library.json')))
    await readAbout(root).catch(() => damaged.push({ id: null, file: 'library.json', problem: 'unreadable' }))
  else if (await exists(join(root, 'bulletins'))) damaged.push({ id: null, file: 'library.json', problem: 'missing' })
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
    if (actual === null) found.push(damage(file, (await exists(join(folder, file))) ? 'unreadable' : 'missing'))
    else if (actual !== hash) found.push(damage(file, 'changed'))
  }
  const isChanging = await exists(join(folder, nextManifestName))
  for (const file of isChanging ? [] : await filesBelow(folder))
    if (!manifest.has(file) && !isUnlisted(file)) found.push(damage(file, 'unexpected'))
  // What the manifest does not vouch for: the reader's own.
  const isStatusFine = await readStatus(folder).then(
    () => true,
    () => false,
  )
  if (!isStatusFine) found.push(damage('status.json', 'unreadable'))
  return found
}
