import ipaddr from 'ipaddr.js'
import { isIP } from 'node:net'
import { AppError } from '../../shared/errors'
import { bareHost, portOf, shortAddress } from './url'

/** Resolves a host name to all its IP addresses; rejects as `dns.lookup` does. */
export type Lookup = (host: string) => Promise<readonly string[]>

/** What may be reached beside the public internet: the very host and port a reader typed. */
export interface TypedHost {
  /**
   * Whether this host, resolved to these addresses, may be reached though some are not public. A host that was public
   * once may not become private, nor a private one another: that is what rebinding does.
   */
  allows(url: URL, addresses: readonly string[], arePublic: boolean): boolean
}

/** Names that never mean a host of the public internet (RFC 6761, 6762, 8375; `.internal` by ICANN). */
const localName = /^(?:.*\.)?(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa|invalid|test|onion)\.?$/i

/** RFC 6052: the last 32 bits are an IPv4 address. */
const wellKnownNat64 = ipaddr.IPv6.parse('64:ff9b::')

/** The grant for an address which the reader typed himself; it holds for what its page links on the same host and port. */
export function typedHost(typed: URL): TypedHost {
  let known: ReadonlySet<string> | 'public' | null = null
  return {
    allows(url, addresses, arePublic) {
      if (bareHost(url) !== bareHost(typed) || portOf(url) !== portOf(typed)) return arePublic
      known ??= arePublic ? 'public' : new Set(addresses)
      const first = known
      return arePublic || (first !== 'public' && addresses.every((address) => first.has(address)))
    },
  }
}

/** No host typed: the public internet alone. */
export const publicHostsOnly: TypedHost = { allows: (_url, _addresses, arePublic) => arePublic }

/**
 * The IP addresses to connect to for a URL; nothing else may be connected to, whatever the name means a moment later
 * (SECURITY, P8). Throws `private-address` when any of them is not public and the host was not typed, and as `lookup`.
 */
export async function reachableAddresses(url: URL, lookup: Lookup, typed: TypedHost): Promise<readonly string[]> {
  const host = bareHost(url)
  const addresses = isIP(host) === 0 ? await lookup(host) : [host]
  const arePublic = !localName.test(host) && addresses.every(isPublicIp)
  if (addresses.length === 0 || !typed.allows(url, addresses, arePublic)) throw privateAddress(url)
  return addresses
}

/** Refuses by the name alone, where a proxy resolves it. Throws `private-address`. */
export async function checkName(url: URL, lookup: Lookup, typed: TypedHost): Promise<void> {
  const host = bareHost(url)
  const resolved = isIP(host) === 0 ? await lookup(host).catch(() => []) : [host]
  const arePublic = !localName.test(host) && resolved.every(isPublicIp)
  if (!typed.allows(url, resolved, arePublic)) throw privateAddress(url)
}

/** Whether an IP address is one of the public internet; an IPv4 address inside an IPv6 one is judged by itself. */
export function isPublicIp(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const ip = ipaddr.process(address)
  if (ip instanceof ipaddr.IPv6 && ip.match(wellKnownNat64, 96))
    // Networks with IPv6 alone reach IPv4 hosts this way.
    return isPublicIp(ip.toByteArray().slice(12).join('.'))
  if (ip.range() !== 'unicast') return false
  // Of IPv6 only 2000::/3 has been given out.
  return ip instanceof ipaddr.IPv4 || (ip.parts[0] ?? 0) >> 13 === 1
}

/** Whether a host is this very machine: no proxy is asked for it. */
export function isLoopbackHost(url: URL): boolean {
  const host = bareHost(url)
  if (/^(?:.*\.)?localhost\.?$/i.test(host)) return true
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback'
}

function privateAddress(url: URL): AppError {
  const details = { url: shortAddress(url.href), host: url.host }
  return new AppError('private-address', `connect ${url.host}: not an address of the public internet`, details)
}
