import { mkdir, realpath, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** The name of the index file in a library. */
export const indexFileName = 'index.sqlite'

/**
 * Returns the path of an index in the cache folder, and creates the folder. This path is used for a library that can't
 * store its own index: a read-only library or one on a network drive. SQLite's WAL mode needs shared memory, which
 * network drives do not have (sqlite.org/wal.html). Throws the system's error.
 */
export async function cachedIndexPath(cache: string, libraryId: string): Promise<string> {
  await mkdir(cache, { recursive: true })
  return join(cache, `${libraryId.replace(/[^a-z0-9-]/gi, '')}.sqlite`)
}

/** The type numbers of network file systems on Linux (statfs(2)): NFS, SMB, CIFS, SMB2, AFS, 9P, Ceph. */
const networkTypes = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997, 0x00c36400])

/**
 * Whether a folder is on another machine. On Windows, the real path of a folder on a mapped drive begins with the
 * network share. macOS does not report the type of a file system, so every folder on macOS counts as local. Returns
 * false for a folder that does not exist.
 */
export async function isOnNetwork(folder: string, platform: NodeJS.Platform): Promise<boolean> {
  try {
    if (platform === 'win32') return isShare(await realpath(folder))
    return platform === 'linux' && networkTypes.has((await statfs(folder)).type)
  } catch {
    return false // A folder counts as local if it is missing or if the system does not know its type.
  }
}

/** Whether a Windows path is on a network share (`\\server\share\…`, long form `\\?\UNC\…`). */
export function isShare(path: string): boolean {
  return /^[\\/]{2}(?:\?[\\/]UNC[\\/]|(?![?.][\\/]))[^\\/]/i.test(path)
}
