import { request as httpRequest } from 'node:http'
import type { CallResult, NumberedEvent } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import type { App } from '../app-interface'
import type { OwnKey } from '../trust/own-key'
import { createChallenge } from './proof'
import { callResultSchema, challengeAnswerSchema, eventLineSchema, pageHeadersSchema } from './protocol'
import { ServerUnreachableError } from './server-unreachable-error'
import type { LocalSocket } from './socket'

/**
 * Time limit for one answer of the server, in ms. A short limit is enough, because long work runs as a job and starting
 * a job is quick.
 */
const answerTimeoutMs = 120_000
/** Maximum size of the answer to a challenge. */
const maxProofBytes = 4096

/**
 * Creates access to a library that another process of this machine holds. Every function of this access throws
 * {@link ServerUnreachableError} if that process cannot be reached.
 */
export function connectToServer(socket: LocalSocket): App {
  const closed = new AbortController()
  const send = (path: string, body?: Uint8Array | string): Promise<Reply> => ask(socket, path, closed.signal, body)
  return {
    async call(method, input, caller = 'page') {
      if (method === 'upload' && isUpload(input))
        return parseResult(await send(`/upload?name=${encodeURIComponent(input.name)}`, input.bytes))
      return parseResult(await send('/call', JSON.stringify({ method, input, caller })))
    },
    on(listener) {
      const stop = new AbortController()
      void listen(socket, AbortSignal.any([stop.signal, closed.signal]), listener)
      return () => stop.abort()
    },
    async page(path) {
      const { status, headers, body } = await send(`/page?path=${encodeURIComponent(path)}`)
      if (status === 404) return null
      return new Response(new Uint8Array(body), {
        status: Number(headers['x-status'] ?? 200),
        headers: pageHeadersSchema.parse(JSON.parse(String(headers['x-headers'] ?? '[]'))),
      })
    },
    close() {
      closed.abort()
      return Promise.resolve()
    },
  }
}

/**
 * Whether the process behind a socket knows the user's key. Sends no token and no call. Throws
 * {@link ServerUnreachableError}.
 */
export async function isOwnServer(socket: LocalSocket, ownKey: OwnKey): Promise<boolean> {
  const challenge = createChallenge(socket, ownKey)
  const { status, body } = await ask({ path: socket.path, token: null }, `/challenge?text=${challenge.text}`, null)
  if (status !== 200) return false
  try {
    return challenge.accepts(challengeAnswerSchema.parse(JSON.parse(body.toString('utf8'))).answer)
  } catch {
    return false // The answer has another form, so it is not from this program.
  }
}

interface Reply {
  status: number
  headers: NodeJS.Dict<string | string[]>
  body: Buffer
}

/** Sends one request and reads the whole answer. Throws {@link ServerUnreachableError}. */
function ask(
  socket: { path: string; token: string | null },
  path: string,
  signal: AbortSignal | null,
  body?: Uint8Array | string,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(new ServerUnreachableError(`shared access: no answer to ${path.split('?')[0] ?? ''}`, { cause }))
    const request = httpRequest(
      {
        socketPath: socket.path,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(socket.token === null ? {} : { authorization: `Bearer ${socket.token}` }),
          connection: 'close',
        },
        agent: false,
        timeout: answerTimeoutMs,
        ...(signal === null ? {} : { signal }),
      },
      (response) => {
        const parts: Buffer[] = []
        let length = 0
        response.on('data', (part: Buffer) => {
          parts.push(part)
          length += part.byteLength
          // Limits the answer of a process that has not yet proved that it knows the user's key, because such a process
          // may answer endlessly.
          if (socket.token === null && length > maxProofBytes) request.destroy(new Error('answer too large'))
        })
        response.on('error', fail)
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
        )
      },
    )
    request.on('error', fail)
    request.once('timeout', () => request.destroy(new Error('no answer')))
    request.end(body)
  })
}

/**
 * Passes on the events of the server until `signal` aborts. If the server ends, the function returns without an error,
 * because the next call reports the end of the server.
 */
function listen(socket: LocalSocket, signal: AbortSignal, listener: (event: NumberedEvent) => void): Promise<void> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${socket.token}` }
    const request = httpRequest({ socketPath: socket.path, path: '/events', headers, agent: false, signal })
    request.on('error', () => resolve())
    request.once('response', (response) => {
      response.on('error', () => resolve())
      response.once('close', () => resolve())
      let rest = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        const lines = `${rest}${part}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) if (line !== '') notify(line, listener)
      })
    })
    request.end()
  })
}

/**
 * Passes an event to the listener. Ignores an event that this version does not know, because a newer version may have
 * sent it.
 */
function notify(line: string, listener: (event: NumberedEvent) => void): void {
  const event = eventLineSchema.safeParse(JSON.parse(line))
  if (event.success) listener(event.data)
}

function parseResult({ body }: Reply): CallResult<unknown> {
  const result = callResultSchema.safeParse(JSON.parse(body.toString('utf8')))
  if (!result.success) return { ok: false, error: toErrorShape(new AppError('internal', 'shared access: bad answer')) }
  return result.data
}

function isUpload(input: unknown): input is { name: string; bytes: Uint8Array } {
  return (
    typeof input === 'object' &&
    input !== null &&
    'name' in input &&
    typeof input.name === 'string' &&
    'bytes' in input &&
    input.bytes instanceof Uint8Array
  )
}
