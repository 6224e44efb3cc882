import { mkdir, realpath, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** Name of the index in a library. */
export const indexName = 'index.sqlite'

/**
 * Where the index of a library that can't hold one lies: in the cache folder, one for each library. A library on a
 * read-only medium takes no file; on a network drive SQLite's WAL does not work, since it needs memory that all who
 * have the file open share (sqlite.org/wal.html). Makes the folder. Throws the system's error.
 */
export async function cachedIndexPath(cache: string, libraryId: string): Promise<string> {
  await mkdir(cache, { recursive: true })
  return join(cache, `${libraryId.replace(/[^a-z0-9-]/gi, '')}.sqlite`)
}

/** Magic numbers of network file systems as Linux tells them (statfs(2)): NFS, SMB, CIFS, SMB2, AFS, 9P, Ceph. */
const networkTypes = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997, 0x00c36400])

/**
 * Whether a folder lies on another machine. On Windows a mapped drive's real path is the share it stands for; macOS
 * does not tell, and its shares count as local. False for a folder that does not exist.
 */
export async function isOnNetwork(folder: string, platform: NodeJS.Platform): Promise<boolean> {
  try {
    if (platform === 'win32') return isShare(await realpath(folder))
    return platform === 'linux' && networkTypes.has((await statfs(folder)).type)
  } catch {
    return false // not there, or the system does not say: as a local one
  }
}

/** Whether a Windows path names a share (`\\server\share\…`), also in its long form (`\\?\UNC\…`). */
export function isShare(path: string): boolean {
  return /^[\\/]{2}(?:\?[\\/]UNC[\\/]|(?![?.][\\/]))[^\\/]/i.test(path)
}
