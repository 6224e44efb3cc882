import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { asReadError, exists, isReadFailure, systemCode } from '../../files'

/**
 * Called to report the progress of work on bulletins. `done` is the number of finished bulletins, `total` the number of
 * all bulletins, and `current` the current folder.
 */
export type Progress = (done: number, total: number, current: string) => void

/**
 * Lists the folder of every bulletin, as a path relative to the library with forward slashes. Folders in the trash come
 * last. Returns [] if the library does not exist. `onUnread` receives each parent folder that the disk can't read.
 * Without `onUnread`, the function throws `read-failed` at such a folder, because bulletins would be missing from the
 * list.
 */
export async function listBulletinFolders(root: string, onUnread?: (path: string) => void): Promise<string[]> {
  return [...(await listFoldersIn(root, 'bulletins', onUnread)), ...(await listTrashFolders(root, onUnread))]
}

/** Lists the folders of the bulletins in the trash. See {@link listBulletinFolders}. */
export async function listTrashFolders(root: string, onUnread?: (path: string) => void): Promise<string[]> {
  return listFoldersIn(root, 'trash', onUnread)
}

async function listFoldersIn(
  root: string,
  top: 'bulletins' | 'trash',
  onUnread: ((path: string) => void) | undefined,
): Promise<string[]> {
  const foldersIn = async (path: string): Promise<string[]> => {
    try {
      return (await listFolder(root, path)).filter(({ isFolder }) => isFolder).map(({ name }) => `${path}/${name}`)
    } catch (thrown) {
      if (onUnread === undefined || !isReadFailure(thrown)) throw asReadError(thrown, join(root, path))
      onUnread(path)
      return []
    }
  }
  const folders: string[] = []
  for (const year of await foldersIn(top))
    for (const month of await foldersIn(year)) folders.push(...(await foldersIn(month)))
  return folders
}

/**
 * Returns the path `wanted` if no file or folder has it. Otherwise appends the first number that makes the path free.
 * Both paths are relative to the library.
 */
export async function findFreeFolder(root: string, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const path = n === 1 ? wanted : `${wanted}-${n}`
    if (!(await exists(join(root, path)))) return path
  }
}

/**
 * Lists the entries of a folder, sorted by name. `path` is relative to the library. Returns [] if the folder does not
 * exist. Throws the system's error.
 */
export async function listFolder(root: string, path: string): Promise<{ name: string; isFolder: boolean }[]> {
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
