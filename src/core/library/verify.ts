import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { VerifyResult } from '../../shared/api'
import { AppError } from '../../shared/errors'
import { readFolder } from './bulletin-folder'
import { filesBelow, hashOf, isUnlisted } from './commit'
import { exists, systemCode } from './disk'
import { libraryDocument, readDocument } from './documents'
import { nextManifestName, readManifest } from './manifest'

type Damage = VerifyResult['damaged'][number]

/** How far a check has come: bulletins done and in all, and the folder at hand. */
export type Progress = (done: number, total: number, current: string) => void

/**
 * Re-hashes every file of every bulletin against its manifest and reads every document. Reports, never mends.
 * `onlyIds`: check these alone. Throws `cancelled` when the signal says so.
 */
export async function verifyLibrary(
  root: string,
  options: { onlyIds?: readonly string[]; onProgress?: Progress; signal?: AbortSignal },
): Promise<VerifyResult> {
  const folders = (await bulletinFolders(root)).filter(
    (folder) => options.onlyIds?.some((id) => folder.endsWith(id.slice(0, 8) + id.slice(16).replace('~', '-'))) ?? true,
  )
  const damaged: Damage[] = options.onlyIds === undefined ? await checkLibraryItself(root) : []
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
  try {
    const entries = await readdir(join(root, path), { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${path}/${entry.name}`)
      .sort()
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return []
    throw thrown
  }
}

async function checkLibraryItself(root: string): Promise<Damage[]> {
  const damaged: Damage[] = (await foldersIn(root, 'damaged')).map((folder) => ({
    id: basename(folder),
    file: folder,
    problem: 'set-aside',
  }))
  if (await exists(join(root, 'library.json')))
    await readDocument(join(root, 'library.json'), libraryDocument).catch(() =>
      damaged.push({ id: null, file: 'library.json', problem: 'unreadable' }),
    )
  else if (await exists(join(root, 'bulletins'))) damaged.push({ id: null, file: 'library.json', problem: 'missing' })
  return damaged
}

async function checkFolder(root: string, path: string): Promise<Damage[]> {
  const folder = join(root, path)
  const content = await readFolder(folder).catch(() => null)
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
  if (content === null && found.length === 0) found.push(damage('status.json', 'unreadable'))
  return found
}
