import { connect, createServer } from 'node:net'
import { systemCode } from '../../files'
import { nodeCrypto } from '../../node-crypto'

/**
 * A pipe that shows that the holder of a lock still runs. Windows removes a pipe when its process ends, even if the
 * process is killed. The socket for calls from other programs can't show this, because the holder opens that socket
 * only after a recovery.
 */
export interface Presence {
  /** The name of the pipe. */
  path: string
  close(): void
}

const ownPipe = /^\\\\\.\\pipe\\bantin-alive-[0-9a-f]{24}$/

/**
 * Opens the pipe of this process on Windows. Returns null on other systems, where the start time of a process can be
 * read, and if Windows refuses the pipe. The holder of a lock without a pipe counts as running as long as a process has
 * its pid.
 */
export async function openPresence(platform: NodeJS.Platform): Promise<Presence | null> {
  if (platform !== 'win32') return null
  return listenAt(`\\\\.\\pipe\\bantin-alive-${nodeCrypto().randomBytes(12).toString('hex')}`)
}

/** Listens at a path until `close` is called or the process ends. Returns null if the system refuses the path. */
export async function listenAt(path: string): Promise<Presence | null> {
  const server = createServer((caller) => {
    caller.on('error', () => undefined) // The caller may have closed the connection already.
    caller.destroy()
  })
  const isListening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(path, () => resolve(true))
  })
  // `unref` lets the process end while the pipe is open.
  server.unref()
  return isListening ? { path, close: () => void server.close() } : null
}

/**
 * Whether the pipe of a holder exists. Connects only to a pipe name of this program, because another person may have
 * written the lock file with any address in it. A pipe with any other name counts as existing.
 */
export async function isPresent(path: string, platform: NodeJS.Platform): Promise<boolean> {
  return platform !== 'win32' || !ownPipe.test(path) || answersAt(path)
}

/** Whether a process listens at a path. Returns false only if the path is missing or refuses the connection. */
export function answersAt(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    const end = (answers: boolean): void => {
      socket.destroy()
      resolve(answers)
    }
    socket.once('connect', () => end(true))
    socket.once('error', (error) => end(!['ENOENT', 'ECONNREFUSED'].includes(systemCode(error) ?? '')))
  })
}
