import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { AppError, toErrorShape } from '../../shared/errors'
import type { App } from '../app-interface'
import { maxImportBytes, tooLargeDetails } from '../import/uploads'
import { type OwnKey, openOwnKey } from '../trust/own-key'
import type { Ports } from '../ports'
import { answerChallenge } from './proof'
import { callSchema } from './protocol'
import type { LocalSocket } from './socket'

const maxCallBytes = 4 * 1024 * 1024

/** The server that runs in the process that holds the library. */
export interface AccessServer {
  /** Refuses new calls and waits for the running calls. */
  close(): Promise<void>
}

/**
 * Lets other programs of this machine work with the library that this process holds. They send calls and uploads, and
 * receive events and pages, over HTTP on a local socket. A caller without the token from the lock file gets status 403.
 * Only the challenge of `proof.ts` needs no token.
 */
export async function startServer(app: App, socket: LocalSocket, ownKey: OwnKey): Promise<AccessServer> {
  const server = createServer((request, response) => {
    const isChallenge = answerIfChallenge(request, response, { socket, ownKey })
    if (isChallenge) return
    void answer(app, socket, request, response).catch((thrown: unknown) => sendError(response, 500, thrown))
  })
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path: socket.path, readableAll: false, writableAll: false }, resolve)
  })
  const streams = new Set<ServerResponse>()
  server.on('request', (request, response: ServerResponse) => {
    if (request.url === '/events') streams.add(response)
    response.once('close', () => streams.delete(response))
  })
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const stream of streams) stream.destroy()
      server.closeIdleConnections()
      await closed
    },
  }
}

/** Starts the server. If the start fails, this process works alone, and other programs find the library locked. */
export async function serveOrWarn(
  app: App,
  socket: LocalSocket,
  { log, paths }: Pick<Ports, 'log' | 'paths'>,
): Promise<AccessServer | null> {
  return startServer(app, socket, openOwnKey(paths.config)).catch((thrown: unknown) => {
    log.warn('shared access: other programs cannot call this one', thrown)
    return null
  })
}

/**
 * Answers the challenge of a caller, which has not sent its token yet. Returns whether the request was a challenge. The
 * answer is useless to anybody else, because it contains the path of this socket.
 */
function answerIfChallenge(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  { socket, ownKey }: { socket: LocalSocket; ownKey: OwnKey },
): boolean {
  const [, text] = /^\/challenge\?text=([\w-]{16,64})$/.exec(url ?? '') ?? []
  if (method !== 'GET' || text === undefined) return false
  response.setHeader('connection', 'close')
  sendJson(response, { answer: answerChallenge(socket, text, ownKey) })
  return true
}

async function answer(
  app: App,
  socket: LocalSocket,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const given = Buffer.from(request.headers.authorization ?? '')
  const expected = Buffer.from(`Bearer ${socket.token}`)
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected))
    return sendError(response, 403, new AppError('forbidden', 'shared access: wrong token'))
  const url = new URL(request.url ?? '/', 'http://library')
  // Each call uses its own connection, so that closing the server only waits for running calls.
  response.setHeader('connection', 'close')
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'POST /call': {
      const call = callSchema.safeParse(await readJson(request))
      if (!call.success) throw new AppError('invalid-input', 'shared access: not a call')
      return sendJson(response, await app.call(call.data.method, call.data.input, call.data.caller))
    }
    case 'POST /upload': {
      const name = url.searchParams.get('name') ?? ''
      const bytes = await readBounded(request, maxImportBytes)
      if (bytes === null) throw new AppError('too-large', 'upload: too large', tooLargeDetails(name))
      return sendJson(response, await app.call('upload', { name, bytes }))
    }
    case 'GET /page':
      return sendPage(response, await app.page(url.searchParams.get('path') ?? ''))
    case 'GET /events':
      return streamEvents(app, response)
    default:
      return sendError(response, 404, new AppError('unknown-method', 'shared access: no such address'))
  }
}

function streamEvents(app: App, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  response.write('\n')
  const stop = app.on((event) => response.write(`${JSON.stringify(event)}\n`))
  response.once('close', stop)
}

async function sendPage(response: ServerResponse, page: Response | null): Promise<void> {
  if (page === null) {
    response.writeHead(404).end()
    return
  }
  const bytes = Buffer.from(await page.arrayBuffer())
  response.writeHead(200, { 'x-status': page.status, 'x-headers': JSON.stringify([...page.headers]) }).end(bytes)
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function sendError(response: ServerResponse, status: number, thrown: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ ok: false, error: toErrorShape(thrown) }))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBounded(request, maxCallBytes)
  if (bytes === null) throw new AppError('invalid-input', 'shared access: call too large')
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (thrown) {
    throw new AppError('invalid-input', 'shared access: not JSON', {}, { cause: thrown })
  }
}

/** Reads the body of a request. Returns null as soon as the body has more than `maxBytes` bytes. */
async function readBounded(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.byteLength
    if (length > maxBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}
