import { mkdtemp, readdir, rm, rmdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { systemCode } from '../files'
import { nodeCrypto } from '../node-crypto'

/** Where the holder of a library takes calls from other programs of this machine; both stand in the lock. */
export interface LocalSocket {
  /** A Unix socket in a folder of its own (0700), or the name of a pipe on Windows. */
  path: string
  /** What a caller must show: only who may read the library can read it. */
  token: string
}

/** Longest path a Unix socket can have (sun_path, the smallest of the systems we know). */
const maxPathLength = 100

/** A socket nobody else has; its folder is made now, the socket itself when the holder listens. */
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
 * Takes away what holders that were killed left behind: a day old, of a process that is no more, and holding nothing
 * but a socket. What can't be taken away stays.
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
      // Another user's, or another sweep was faster.
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
