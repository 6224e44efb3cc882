import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createFetcher, type FetcherParts } from '../../../src/core/fetch/fetcher'
import type { FetchAddress, FetchResult } from '../../../src/core/fetch/fetch-result'
import { fetchLimits } from '../../../src/core/fetch/fetch-limits'
import { typedHost } from '../../../src/core/fetch/ssrf-guard'
import type { ErrorShape } from '../../../src/shared/errors'
import { toErrorShape } from '../../../src/shared/errors'

/** Small byte limits, which a test can reach, and long timeouts, which a busy machine does not reach. */
export const smallLimits = {
  ...fetchLimits,
  maxWireBytes: 1024 * 1024,
  maxDecodedBytes: 4 * 1024 * 1024,
  headersTimeoutMs: 20_000,
  totalTimeoutMs: 30_000,
  firstPauseMs: 5,
  maxPauseMs: 50,
}

/** The byte limits of {@link smallLimits} with short timeouts, for tests that expect a timeout. */
export const shortLimits = { ...smallLimits, headersTimeoutMs: 400, totalTimeoutMs: 800 }

/** Creates a function that downloads with small limits and without a proxy. */
export function testFetcher(given: Partial<FetcherParts> = {}): FetchAddress {
  return createFetcher({
    version: '0.0.0',
    clock: () => new Date('2026-11-24T03:15:00Z'),
    proxyFor: () => Promise.resolve(null),
    isAccepted: () => false,
    isOnline: () => true,
    limits: smallLimits,
    ...given,
  })
}

/** Downloads an address as if the user had typed it. Returns an error instead of throwing it. */
export async function fetchTyped(fetchAddress: FetchAddress, address: string): Promise<FetchResult | ErrorShape> {
  const options = { signal: new AbortController().signal, typed: typedHost(new URL(address)) }
  return fetchAddress(address, options).catch(toErrorShape)
}

/**
 * Starts a server that answers with the bytes of the test. `requestLines` holds the request lines that the server
 * received.
 */
export async function startRawServer(
  answer: (socket: Socket, requestLine: string, port: number) => void,
): Promise<{ origin: string; port: number; requestLines: string[] }> {
  const requestLines: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    let head = ''
    socket.on('data', function receive(part: Buffer) {
      head += part.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      socket.off('data', receive)
      const line = head.slice(0, head.indexOf('\r\n'))
      requestLines.push(line)
      answer(socket, line, port)
    })
  })
  const port = await listen(server)
  return { origin: `http://127.0.0.1:${port}`, port, requestLines }
}

/** Starts an ordinary HTTP server. */
export async function startServer(answer: RequestListener): Promise<{ origin: string; port: number }> {
  const port = await listen(createHttpServer(answer))
  return { origin: `http://127.0.0.1:${port}`, port }
}

/** Listens on a free port of this machine until the test ends, and then closes all connections. */
export async function listen(server: Server): Promise<number> {
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  )
  // The cast is safe, because a server that listens on a TCP port has an address of this type.
  return (server.address() as AddressInfo).port
}

/** Counts the connections that this process opens. */
export function watchConnections(): { count(): number } {
  let opened = 0
  const countOne = (): void => void (opened += 1)
  subscribe('net.client.socket', countOne)
  onTestFinished(() => void unsubscribe('net.client.socket', countOne))
  return { count: () => opened }
}
