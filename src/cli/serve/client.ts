import type { IncomingMessage } from 'node:http'
import { cookieOf } from './request-guard'

/** The browser that sent a request. */
export interface WebClient {
  /** The address of the machine. A client cannot forge it. */
  address: string
  /** Whether the request comes from this machine. */
  isLocal: boolean
  /**
   * The value of the cookie that the host gives each browser, or an empty text. A client can choose it, so it only
   * separates browsers that do not attack each other.
   */
  session: string
  /** The page within the browser, as the page names itself. Empty if the page does not name itself. */
  page: string
}

/** The cookie with which the host tells apart the browsers that use the same token. */
export function sessionCookieName(tokenCookieName: string): string {
  return `${tokenCookieName}-session`
}

/** The header in which a page names itself. */
export const pageHeader = 'x-bantin-page'

const maxNameLength = 64

/** Identifies the client of a request. */
export function clientOf(request: IncomingMessage, tokenCookieName: string): WebClient {
  const page = request.headers[pageHeader]
  return {
    address: request.socket.remoteAddress ?? '',
    isLocal: isLocalSocket(request.socket),
    session: (cookieOf(request.headers.cookie, sessionCookieName(tokenCookieName)) ?? '').slice(0, maxNameLength),
    page: typeof page === 'string' ? page.slice(0, maxNameLength) : '',
  }
}

/** Whether the other end of a connection is this machine: over loopback, or over an address of this machine. */
export function isLocalSocket({ remoteAddress, localAddress }: Ends): boolean {
  if (remoteAddress === undefined) return false
  const address = remoteAddress.replace(/^::ffff:/, '')
  return address === '::1' || address.startsWith('127.') || remoteAddress === localAddress
}

/** The addresses of both ends of a connection. They are undefined when the connection is closed. */
interface Ends {
  remoteAddress?: string | undefined
  localAddress?: string | undefined
}
