import { chmodSync, lstatSync } from 'node:fs'
import { chmod } from 'node:fs/promises'

/** The umask that the user had before the program changed it. Null if the program has not changed it. */
let userUmask: number | null = null

/** The umask that makes new files readable for the user only. */
const privateUmask = 0o077
const umasks: ReadonlyMap<string | undefined, number | null> = new Map([
  ['group', 0o007],
  ['everyone', null],
])

/**
 * Makes new files and folders of this process readable for the user only (0600 and 0700). `share` is the value of the
 * environment variable `BANTIN_SHARE`: `group` also admits the group, for a library in a shared folder. `everyone`
 * keeps the umask of the user. Any other value means `private`. Existing files keep their permissions. Does nothing on
 * Windows, where the access list of the user's folder already makes it private.
 *
 * `ownFolder` is the program's own settings folder. If other users can enter this folder, it is closed to them.
 * `ownFolder` is null if the user has chosen the folder. The library of the user is never changed, because the user may
 * share it on purpose.
 */
export function restrictNewFiles({ share, ownFolder }: { share: string | undefined; ownFolder: string | null }): void {
  if (process.platform === 'win32') return
  const known = umasks.get(share)
  const umask = known === undefined ? privateUmask : known
  if (umask === null) return
  userUmask = process.umask(umask)
  if (ownFolder !== null && umask === privateUmask) closeFolder(ownFolder)
}

function closeFolder(folder: string): void {
  try {
    const found = lstatSync(folder)
    const isOurs = found.isDirectory() && found.uid === process.getuid?.()
    if (isOurs && (found.mode & 0o077) !== 0) chmodSync(folder, 0o700)
  } catch {
    // The folder does not exist yet, or its file system has no permissions.
  }
}

/** Gives a file that the user has saved outside the library the same permissions as the user's other files. */
export async function shareSavedFile(path: string): Promise<void> {
  // A file system without permissions refuses this change, and the file stays saved.
  if (userUmask !== null) await chmod(path, 0o666 & ~userUmask).catch(() => undefined)
}

/**
 * Runs `work` with the umask of the user. A program that `work` starts then creates files with the user's usual modes.
 */
export function withUserUmask<T>(work: () => T): T {
  if (userUmask === null) return work()
  const own = process.umask(userUmask)
  try {
    return work()
  } finally {
    process.umask(own)
  }
}
