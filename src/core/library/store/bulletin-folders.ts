import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { asReadError, isReadFailure, systemCode } from '../../files'

/**
 * Reports the progress of work on bulletins. The arguments are the number of bulletins that are done, the number of all
 * bulletins, and the current folder.
 */
export type Progress = (done: number, total: number, current: string) => void

/**
 * Lists the folder of every bulletin as a path below the library with forward slashes. Folders in the trash come last.
 * Returns [] if the library does not exist. `onUnread` receives each parent folder that the disk can't read. Without
 * `onUnread`, throws `read-failed` at such a folder, because the list would lack bulletins.
 */
export async function listBulletinFolders(root: string, onUnread?: (path: string) => void): Promise<string[]> {
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
  const years = [...(await foldersIn('bulletins')), ...(await foldersIn('trash'))]
  for (const year of years) for (const month of await foldersIn(year)) folders.push(...(await foldersIn(month)))
  return folders
}

/**
 * Lists the entries of a folder below the library, sorted by name. Returns [] if the folder does not exist. Throws the
 * system's error.
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
