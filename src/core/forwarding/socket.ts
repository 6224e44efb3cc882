import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { nodeCrypto } from '../node-crypto'

/** Where the holder of a library takes calls from other programs of this machine; both stand in the lock. */
export interface HolderSocket {
  /** A Unix socket in a folder of its own (0700), or the name of a pipe on Windows. */
  path: string
  /** What a caller must show: only who may read the library can read it. */
  token: string
}

/** Longest path a Unix socket can have (sun_path, the smallest of the systems we know). */
const longestPath = 100

/** A socket nobody else has; its folder is made now, the socket itself when the holder listens. */
export async function newSocket(platform: NodeJS.Platform): Promise<HolderSocket> {
  const token = nodeCrypto().randomBytes(24).toString('base64url')
  if (platform === 'win32')
    return { path: `\\\\.\\pipe\\bantin-${nodeCrypto().randomBytes(12).toString('hex')}`, token }
  const place = tmpdir().length + 30 > longestPath ? '/tmp' : tmpdir()
  return { path: join(await mkdtemp(join(place, 'bantin-')), 'calls'), token }
}

/** Removes the socket's folder. */
export async function removeSocket({ path }: HolderSocket, platform: NodeJS.Platform): Promise<void> {
  if (platform !== 'win32') await rm(dirname(path), { recursive: true, force: true })
}
