import type { IncomingMessage } from 'node:http'
import { cookieOf } from './request-guard'

/** The browser that sent a request. */
export interface WebClient {
  /** The network address of the machine. A client cannot forge this address. */
  address: string
  /** Whether the request comes from this machine. */
  isLocal: boolean
  /**
   * The value of the session cookie that the host gives each browser, or an empty text. The value only distinguishes
   * browsers that do not attack each other, because a client can choose the value.
   */
  session: string
  /** The id of the page within the browser, as the page sends it. Empty if the page sends no id. */
  page: string
}

/** Returns the name of the session cookie. By this cookie, the host distinguishes browsers that use the same token. */
export function sessionCookieName(tokenCookieName: string): string {
  return `${tokenCookieName}-session`
}

/** The name of the HTTP header in which a page sends its id. */
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

/** Whether the client is on this machine: the connection uses loopback or an address of this machine. */
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
