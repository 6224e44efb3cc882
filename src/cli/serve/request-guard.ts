import { timingSafeEqual } from 'node:crypto'
import { networkInterfaces } from 'node:os'

/** What a request must show before anything is answered (SECURITY, P7). */
export interface Guard {
  /** Hosts this server answers for, with port: a foreign one is DNS rebinding. */
  hosts: ReadonlySet<string>
  token: string
  cookieName: string
}

/** Why a request is refused. */
export type Problem = 'foreign-host' | 'foreign-origin' | 'no-token'

/**
 * Names under which a server on this address is reached; the first is the one to show. One that listens everywhere
 * (`0.0.0.0`, `::`) is reached by each address of the machine, first by those that others can use.
 */
export function hostsOf(address: string, port: number, own: readonly string[] = ownAddresses(address)): Set<string> {
  const loopback = ['127.0.0.1', 'localhost', '::1']
  const isEverywhere = everywhere.includes(address)
  const names = isEverywhere ? [...own, ...loopback] : loopback.includes(address) ? [address, ...loopback] : [address]
  return new Set(names.map((name) => `${name.includes(':') ? `[${name}]` : name}:${port}`.toLowerCase()))
}

const everywhere = ['0.0.0.0', '::']

/** This machine's addresses on its networks, those of version 4 first: they are the ones people can type. */
function ownAddresses(address: string): string[] {
  if (!everywhere.includes(address)) return []
  const all = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    // An address of the link alone needs a zone, which no browser takes.
    .filter((each) => !each.internal && !each.address.startsWith('fe80:'))
  const of = (family: string): string[] => all.filter((each) => each.family === family).map((each) => each.address)
  return address === '::' ? [...of('IPv4'), ...of('IPv6')] : of('IPv4')
}

/** Why a request is refused, or null: host first, then origin, then token. */
export function findRequestProblem(request: Request, { hosts, token, cookieName }: Guard): Problem | null {
  const host = request.headers.get('host')?.toLowerCase() ?? ''
  if (!hosts.has(host)) return 'foreign-host'
  const origin = request.headers.get('origin')
  if (origin !== null && origin.toLowerCase() !== `http://${host}`) return 'foreign-origin'
  // What changes something must come from our own page: a form of another site names its origin or none.
  const isSafe = request.method === 'GET' || request.method === 'HEAD'
  const site = request.headers.get('sec-fetch-site')
  if (!isSafe && (origin === null || (site !== null && site !== 'same-origin'))) return 'foreign-origin'
  return isSameToken(cookieOf(request.headers.get('cookie'), cookieName), token) ? null : 'no-token'
}

/** Compares in constant time. */
export function isSameToken(given: string | null, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}

/** The value of a cookie in a request's header, or null. */
export function cookieOf(header: string | null | undefined, name: string): string | null {
  const cookies = (header ?? '').split(/;\s*/)
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? null
}
