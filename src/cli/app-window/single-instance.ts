import { timingSafeEqual } from 'node:crypto'
import { createServer, request as sendRequest, type IncomingMessage } from 'node:http'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { AppError } from '../../shared/errors'
import { asWriteError, systemCode } from '../../core/files'
import { readHolder, takeLock } from '../../core/library/lock/lock'
import { createSocket, type LocalSocket, removeSocket } from '../../core/shared-access/socket'

const requestSchema = z.strictObject({
  /** Absolute paths of files to import. */
  paths: z.array(z.string()),
  /** The absolute path of a backup to merge into the library, or null. */
  backup: z.nullable(z.string()),
})

/** The request of one start of `bantin app`: to open a window, and to open files in the window. */
export type StartRequest = z.infer<typeof requestSchema>

/** The single running program of this user, to which later starts send their requests. */
export interface Instance {
  /**
   * Calls `handle` with the request of each later start. Requests that arrived before this call are kept and handled
   * then.
   */
  answer(handle: (request: StartRequest) => void): void
  close(): Promise<void>
}

const maxRequestBytes = 1024 * 1024
const answerTimeoutMs = 10_000
const maxAttempts = 20

/**
 * Makes this process the only `bantin app` that uses the folder `folder`. If another process already is, sends that
 * process the request and returns null. The lock file in `folder` names the socket and the token of the running
 * process.
 */
export async function becomeInstance(folder: string, request: StartRequest): Promise<Instance | null> {
  await mkdir(folder, { recursive: true }).catch((thrown: unknown) => {
    throw asWriteError(thrown, 'app', folder)
  })
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const socket = createSocket(process.platform)
    const listening = await listen(socket)
    try {
      const lock = await takeLock(folder, { program: 'bantin app', now: new Date(), socket })
      return {
        answer: listening.answer,
        async close() {
          await lock.release({ isClean: true })
          await listening.close()
        },
      }
    } catch (thrown) {
      await listening.close()
      if (!(thrown instanceof AppError && thrown.code === 'library-locked')) throw thrown
    }
    const holder = await readHolder(folder)
    if (holder === null || holder.socket === null) continue
    if (await send({ path: holder.socket, token: holder.token }, request)) return null
    // If nothing listens at the socket, the process that wrote the lock has ended, so its lock is removed. The pid does
    // not show this on Windows and macOS: they report no start times, so the pid may now belong to another program.
    await rm(join(folder, 'library.lock'), { force: true })
  }
  throw new AppError('write-failed', 'app: another start neither answers nor ends', { path: folder })
}

async function listen(socket: LocalSocket): Promise<Instance> {
  const waiting: StartRequest[] = []
  let handle = (request: StartRequest): void => void waiting.push(request)
  const server = createServer((incoming, response) => {
    void readRequest(incoming, socket.token)
      .catch(() => null)
      .then((request) => {
        response.writeHead(request === null ? 403 : 204, { connection: 'close' }).end()
        if (request !== null) handle(request)
      })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path: socket.path, readableAll: false, writableAll: false }, resolve)
  })
  return {
    answer(given) {
      handle = given
      for (const request of waiting.splice(0)) given(request)
    },
    async close() {
      await new Promise((resolve) => server.close(resolve))
      await removeSocket(socket, process.platform)
    },
  }
}

/** Returns the request if its token is right. Returns null otherwise. */
async function readRequest(incoming: IncomingMessage, token: string): Promise<StartRequest | null> {
  const given = Buffer.from(incoming.headers.authorization ?? '')
  const expected = Buffer.from(`Bearer ${token}`)
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) return null
  let text = ''
  for await (const part of incoming.setEncoding('utf8')) {
    text += String(part)
    if (text.length > maxRequestBytes) return null
  }
  const parsed = requestSchema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}

/** Sends a request to the running process. Returns false if nothing listens at the socket or the token is wrong. */
function send({ path, token }: LocalSocket, request: StartRequest): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(
      {
        socketPath: path,
        method: 'POST',
        path: '/start',
        headers: { authorization: `Bearer ${token}` },
        timeout: answerTimeoutMs,
      },
      (response) => {
        response.resume()
        resolve(response.statusCode === 204)
      },
    )
    outgoing.once('timeout', () => outgoing.destroy(new Error('app: the running program does not answer')))
    outgoing.once('error', (cause) => {
      const isGone = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(systemCode(cause) ?? '')
      if (isGone) resolve(false)
      else reject(cause)
    })
    outgoing.end(JSON.stringify(request))
  })
}
