import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

/** Removes the socket's folder. */
export async function removeSocket({ path }: LocalSocket, platform: NodeJS.Platform): Promise<void> {
  if (platform !== 'win32') await rm(dirname(path), { recursive: true, force: true })
}
