import { timingSafeEqual } from 'node:crypto'
import { networkInterfaces } from 'node:os'

/** What the server accepts in a request: certain hosts and one token (docs/security.md). */
export interface Guard {
  /**
   * The values of the `Host` header that this server accepts, with port. A request with any other host is refused,
   * because it may be a DNS rebinding attack.
   */
  hosts: ReadonlySet<string>
  token: string
  cookieName: string
}

/** The reason why a request is refused. */
export type Problem = 'foreign-host' | 'foreign-origin' | 'no-token'

/**
 * Returns the hosts under which a server on this address can be reached. The user is shown the first host. A server on
 * `0.0.0.0` or `::` has every address of the machine. In this case, the addresses that other machines can use come
 * first.
 */
export function hostsOf(address: string, port: number, own: readonly string[] = ownAddresses(address)): Set<string> {
  const loopback = ['127.0.0.1', 'localhost', '::1']
  const isEverywhere = everywhere.includes(address)
  const names = isEverywhere ? [...own, ...loopback] : loopback.includes(address) ? [address, ...loopback] : [address]
  return new Set(names.map((name) => `${name.includes(':') ? `[${name}]` : name}:${port}`.toLowerCase()))
}

const everywhere = ['0.0.0.0', '::']

/** Returns the network addresses of this machine. IPv4 addresses come first, because people can type them. */
function ownAddresses(address: string): string[] {
  if (!everywhere.includes(address)) return []
  const all = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    // Link-local addresses are left out, because they need a zone id, which browsers do not accept.
    .filter((each) => !each.internal && !each.address.startsWith('fe80:'))
  const of = (family: string): string[] => all.filter((each) => each.family === family).map((each) => each.address)
  return address === '::' ? [...of('IPv4'), ...of('IPv6')] : of('IPv4')
}

/** Returns the reason to refuse a request, or null. Checks the host, then the origin, then the token. */
export function findRequestProblem(request: Request, { hosts, token, cookieName }: Guard): Problem | null {
  const host = request.headers.get('host')?.toLowerCase() ?? ''
  if (!hosts.has(host)) return 'foreign-host'
  const origin = request.headers.get('origin')
  if (origin !== null && origin.toLowerCase() !== `http://${host}`) return 'foreign-origin'
  // A request that changes something must come from a page of this server. A form of another site sends the origin of
  // that site, or no origin.
  const isSafe = request.method === 'GET' || request.method === 'HEAD'
  const site = request.headers.get('sec-fetch-site')
  if (!isSafe && (origin === null || (site !== null && site !== 'same-origin'))) return 'foreign-origin'
  return isSameToken(cookieOf(request.headers.get('cookie'), cookieName), token) ? null : 'no-token'
}

/** Compares two texts in constant time. */
export function isSameToken(given: string | null, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}

/** Returns the value of a cookie in a `Cookie` header, or null. */
export function cookieOf(header: string | null | undefined, name: string): string | null {
  const cookies = (header ?? '').split(/;\s*/)
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? null
}
