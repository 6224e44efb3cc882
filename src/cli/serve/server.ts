import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { App } from '../../core/app-interface'
import type { BackupDownloads } from './backup-downloads'
import { limitConnections } from './connection-limit'
import { createLoginCodes } from './login-codes'
import { cookieOf, type Guard, hostsOf, isSameToken } from './request-guard'
import { createRoutes } from './routes'

/** A running web host. */
export interface Server {
  /** The address that the user opens. It contains the token for the first visit. */
  address: string
  /** Returns an address with a code that opens the program once, within a minute. */
  createLoginAddress(): string
  close(): Promise<void>
}

/** The options of {@link startServer}. */
export interface ServerOptions {
  host: string
  port: number
  backups: BackupDownloads
  /** Whether every client is a guest. The program must then also have been opened with `isForGuests`. */
  isForGuests?: boolean
}

/**
 * Serves the program to browsers: calls over `POST /api/call`, uploads, events, pages and PDF files. The server limits
 * slow clients and the number of connections. Rejects with the error of `listen`.
 */
export async function startServer(
  app: App,
  { host, port, backups, isForGuests = false }: ServerOptions,
): Promise<Server> {
  const token = randomBytes(24).toString('base64url')
  const codes = createLoginCodes()
  const stopping = new AbortController()
  // These values are set when the port is known. No request can arrive before that.
  let guard: Guard = { hosts: new Set(), token, cookieName: '' }
  const listener = getRequestListener(
    createRoutes(app, { guardOf: () => guard, stopping: stopping.signal, backups, codes, isForGuests }).fetch,
  )
  const server = createServer({ connectionsCheckingInterval: 5_000 }, (request, response) => {
    if (isSameToken(cookieOf(request.headers.cookie, guard.cookieName), token))
      connectionLimit.markAuthenticated(request.socket)
    void listener(request, response)
  })
  const connectionLimit = limitConnections(server)
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = server.address()
  const actualPort = typeof bound === 'object' && bound !== null ? bound.port : port
  // The name of the cookie contains the port, because a browser sends the same cookies to all ports of a host.
  guard = { hosts: hostsOf(host, actualPort), token, cookieName: `bantin-${actualPort}` }
  const [shown = ''] = guard.hosts
  return {
    address: `http://${shown}/?token=${token}`,
    createLoginAddress: () => `http://${shown}/?code=${codes.create()}`,
    async close() {
      stopping.abort()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), 2000)
      await closed
      clearTimeout(timer)
    },
  }
}
