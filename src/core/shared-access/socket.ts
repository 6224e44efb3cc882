import { lstat, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { systemCode } from '../files'
import { nodeCrypto } from '../node-crypto'
import { createTemporaryFolder } from '../temporary-folders'

/**
 * The socket at which the holder of a library accepts calls of other programs. The lock file contains the path and the
 * token of the socket.
 */
export interface LocalSocket {
  /** The path of a Unix socket in a folder of its own (mode 0700). On Windows, the name of a pipe. */
  path: string
  /** The secret token that every call must contain. Only users who can read the library can read the token. */
  token: string
}

/** The maximum length of the path of a Unix socket (`sun_path`, the smallest limit of the supported systems). */
const maxPathLength = 100
/** The maximum length of the path of the socket below the folder of temporary files. */
const folderLength = 50
/** The folder that is used instead if the path of the folder of temporary files is too long. */
const shortPlace = '/tmp'

/** The folders that contain the folders of sockets, uploads and other temporary files. */
export function temporaryPlaces(platform: NodeJS.Platform): string[] {
  return platform === 'win32' ? [tmpdir()] : [...new Set([tmpdir(), shortPlace])]
}

/** Creates the folder of a new socket. The socket itself is created when the holder listens. Throws the system's error. */
export function createSocket(platform: NodeJS.Platform): LocalSocket {
  const token = nodeCrypto().randomBytes(24).toString('base64url')
  if (platform === 'win32')
    return { path: `\\\\.\\pipe\\bantin-${nodeCrypto().randomBytes(12).toString('hex')}`, token }
  const place = tmpdir().length + folderLength > maxPathLength ? shortPlace : tmpdir()
  return { path: join(createTemporaryFolder('calls', place), name), token }
}

const name = 'calls'

/**
 * Whether the path in a lock file can be the socket of this user's own program. On Unix, the socket and its folder must
 * belong to this user, and nobody else may enter the folder. On Windows, the path must be a pipe of this machine, and
 * the holder must prove that it knows the user's key (`proof.ts`), because a pipe has no owner that Node.js can read.
 */
export async function isOwnSocket(path: string, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'win32') return /^\\\\\.\\pipe\\bantin-[0-9a-f]{24}$/.test(path)
  const folder = dirname(path)
  if (basename(path) !== name || !/^bantin-calls-[0-9a-z]+-[0-9a-z]+-[0-9a-z]+-\w{6}$/.test(basename(folder)))
    return false
  try {
    const [place, socket] = [await lstat(folder), await lstat(path)]
    const isOurs = [place, socket].every(({ uid }) => uid === process.getuid?.())
    return isOurs && place.isDirectory() && (place.mode & 0o077) === 0 && socket.isSocket()
  } catch (thrown) {
    if (systemCode(thrown) === null) throw thrown
    return false // The folder or the socket is missing, or this user may not look at it.
  }
}

/** Removes the socket's folder. */
export async function removeSocket({ path }: LocalSocket, platform: NodeJS.Platform): Promise<void> {
  if (platform !== 'win32') await rm(dirname(path), { recursive: true, force: true })
}
