import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { AppError, toErrorShape } from '../../shared/errors'
import type { App } from '../app'
import { maxImportBytes, tooLargeDetails } from '../import/uploads'
import type { EditionOptions } from '../print/edition-options'
import type { LocalSocket } from './socket'

const maxCallBytes = 4 * 1024 * 1024

/** A running listener. */
export interface AccessServer {
  /** Takes no more calls, and waits for those under way. */
  close(): Promise<void>
}

/**
 * Lets other programs of this machine work with the library this one holds: the contract, uploads, events, pages and
 * editions, as HTTP over a local socket. Whoever does not show the token of the lock gets 403 and nothing else.
 */
export async function startServer(app: App, socket: LocalSocket): Promise<AccessServer> {
  const server = createServer((request, response) => {
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

async function answer(
  app: App,
  socket: LocalSocket,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${socket.token}`)
  if (given.byteLength !== wanted.byteLength || !timingSafeEqual(given, wanted))
    return sendError(response, 403, new AppError('forbidden', 'holder: wrong token'))
  const url = new URL(request.url ?? '/', 'http://holder')
  // A call of a closing holder is the last on its connection.
  response.setHeader('connection', 'close')
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'POST /call': {
      const call = callSchema(await readJson(request))
      return sendJson(response, await app.call(call.method, call.input))
    }
    case 'POST /upload': {
      const name = url.searchParams.get('name') ?? ''
      const bytes = await readBounded(request, maxImportBytes)
      if (bytes === null) throw new AppError('too-large', 'upload: too large', tooLargeDetails(name))
      return sendJson(response, await app.call('upload', { name, bytes }))
    }
    case 'POST /edition': {
      const { ids, options } = editionOf(await readJson(request))
      return sendJson(response, { html: await app.editionOf(ids, options) })
    }
    case 'POST /backup': {
      const { file } = fileOf(await readJson(request))
      return sendJson(response, { jobId: await app.startBackup(file) })
    }
    case 'POST /restore-backup': {
      const { file, withDeleted } = fileOf(await readJson(request))
      return sendJson(response, { jobId: await app.startRestoreBackup(file, withDeleted) })
    }
    case 'GET /page':
      return sendPage(response, await app.page(url.searchParams.get('path') ?? ''))
    case 'GET /events':
      return streamEvents(app, response)
    default:
      return sendError(response, 404, new AppError('unknown-method', 'holder: no such call'))
  }
}

/** Method and input as they came; the contract checks both. */
function callSchema(call: unknown): { method: unknown; input: unknown } {
  if (typeof call !== 'object' || call === null || !('method' in call)) return { method: undefined, input: undefined }
  return { method: call.method, input: 'input' in call ? call.input : undefined }
}

function editionOf(body: unknown): { ids: string[]; options: Partial<EditionOptions> } {
  const ids = typeof body === 'object' && body !== null && 'ids' in body && Array.isArray(body.ids) ? body.ids : []
  const options = typeof body === 'object' && body !== null && 'options' in body ? body.options : undefined
  return {
    ids: ids.filter((id) => typeof id === 'string'),
    // Made by the same program's `editionOf`; a wrong one makes a wrong page and nothing else.
    options: typeof options === 'object' && options !== null ? options : {},
  }
}

/** A file of this machine, named by another program of the same user. */
function fileOf(body: unknown): { file: string; withDeleted: boolean } {
  if (typeof body !== 'object' || body === null || !('file' in body) || typeof body.file !== 'string')
    throw new AppError('invalid-input', 'holder: no file')
  return { file: body.file, withDeleted: 'withDeleted' in body && body.withDeleted === true }
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
  if (bytes === null) throw new AppError('invalid-input', 'holder: call too large')
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (thrown) {
    throw new AppError('invalid-input', 'holder: not JSON', {}, { cause: thrown })
  }
}

/** The body's bytes, or null as soon as there are more than `maxBytes`. */
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
