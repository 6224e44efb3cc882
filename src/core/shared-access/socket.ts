import { mkdtemp, readdir, rm, rmdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { systemCode } from '../files'
import { nodeCrypto } from '../node-crypto'

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

/** Creates the folder of a new socket. The socket itself is created when the holder listens. */
export async function createSocket(platform: NodeJS.Platform): Promise<LocalSocket> {
  const token = nodeCrypto().randomBytes(24).toString('base64url')
  if (platform === 'win32')
    return { path: `\\\\.\\pipe\\bantin-${nodeCrypto().randomBytes(12).toString('hex')}`, token }
  const place = tmpdir().length + 40 > maxPathLength ? '/tmp' : tmpdir()
  await removeStaleSockets(place)
  return { path: join(await mkdtemp(join(place, `bantin-${process.pid}-`)), name), token }
}

const name = 'calls'
const keptMs = 24 * 60 * 60 * 1000

/**
 * Removes the socket folders of killed holders. A folder is removed only if it is a day old, its process has ended, and
 * it contains only a socket. A folder that cannot be removed stays.
 */
async function removeStaleSockets(place: string): Promise<void> {
  for (const folder of await readdir(place)) {
    const pid = /^bantin-(\d+)-\w{6}$/.exec(folder)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    const path = join(place, folder)
    try {
      if ((await stat(path)).mtimeMs > Date.now() - keptMs) continue
      await rm(join(path, name), { force: true })
      await rmdir(path)
    } catch {
      // The folder belongs to another user, or another process has already removed it.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    return systemCode(thrown) !== 'ESRCH'
  }
}

/** Removes the socket's folder. */
export async function removeSocket({ path }: LocalSocket, platform: NodeJS.Platform): Promise<void> {
  if (platform !== 'win32') await rm(dirname(path), { recursive: true, force: true })
}
