import { timingSafeEqual } from 'node:crypto'

/** What a request must show before anything is answered (SECURITY, P7). */
export interface Guard {
  /** Hosts this server answers for, with port: a foreign one is DNS rebinding. */
  hosts: ReadonlySet<string>
  token: string
  cookieName: string
}

/** Why a request is refused. */
export type Problem = 'foreign-host' | 'foreign-origin' | 'no-token'

/** Names under which a server on this address is reached; the first is the one to show. */
export function hostsOf(address: string, port: number): Set<string> {
  const isLoopback = ['127.0.0.1', 'localhost', '::1'].includes(address)
  const own = address.includes(':') ? `[${address}]` : address
  const names = isLoopback ? [own, '127.0.0.1', 'localhost', '[::1]'] : [own]
  return new Set(names.map((name) => `${name}:${port}`))
}

/** Why a request is refused, or null: host first, then origin, then token. */
export function problemOf(request: Request, { hosts, token, cookieName }: Guard): Problem | null {
  const host = request.headers.get('host')?.toLowerCase() ?? ''
  if (!hosts.has(host)) return 'foreign-host'
  const origin = request.headers.get('origin')
  if (origin !== null && origin.toLowerCase() !== `http://${host}`) return 'foreign-origin'
  // What changes something must come from our own page: a form of another site names its origin or none.
  const isSafe = request.method === 'GET' || request.method === 'HEAD'
  const site = request.headers.get('sec-fetch-site')
  if (!isSafe && (origin === null || (site !== null && site !== 'same-origin'))) return 'foreign-origin'
  return isSameToken(cookieOf(request, cookieName), token) ? null : 'no-token'
}

/** Compares in constant time. */
export function isSameToken(given: string | null, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}

function cookieOf(request: Request, name: string): string | null {
  const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/)
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? null
}
