import ipaddr from 'ipaddr.js'
import { isIP } from 'node:net'
import { AppError } from '../../shared/errors'
import { bareHost, portOf, shortAddress } from './url'

/** Resolves a host name to all of its IP addresses. Rejects with the errors of `dns.lookup`. */
export type Lookup = (host: string) => Promise<readonly string[]>

/** The permission to connect to the host and port that the user typed, even in a private network. */
export interface TypedHost {
  /**
   * Whether the fetcher may connect to the host of `url` at these addresses. `arePublic` is false if one of them is
   * private. A host that was public may not become private, and a private host may not change its address. This
   * prevents DNS rebinding, in which a host name first leads to one address and then to another.
   */
  allows(url: URL, addresses: readonly string[], arePublic: boolean): boolean
}

/** Matches host names that never belong to the public internet (RFC 6761, 6762, 8375; `.internal` by ICANN). */
const localName = /^(?:.*\.)?(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa|invalid|test|onion)\.?$/i

/** The NAT64 prefix of RFC 6052. In an IPv6 address with this prefix, the last 32 bits are an IPv4 address. */
const wellKnownNat64 = ipaddr.IPv6.parse('64:ff9b::')

/**
 * Creates the permission for an address that the user typed. The permission also covers other addresses on the same
 * host and port, such as those of pictures.
 */
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

/** The permission if the user typed no address. It covers only hosts on the public internet. */
export const publicHostsOnly: TypedHost = { allows: (_url, _addresses, arePublic) => arePublic }

/**
 * Resolves the host of a URL to the IP addresses to which the fetcher may connect. The caller must use exactly these
 * addresses, because a later lookup may return others (`docs/security.md`). Throws `private-address` if an address is
 * not public and the user did not type the host. Also throws the errors of `lookup`.
 */
export async function reachableAddresses(url: URL, lookup: Lookup, typed: TypedHost): Promise<readonly string[]> {
  const host = bareHost(url)
  const addresses = isIP(host) === 0 ? await lookup(host) : [host]
  const arePublic = !localName.test(host) && addresses.every(isPublicIp)
  if (addresses.length === 0 || !typed.allows(url, addresses, arePublic)) throw createPrivateAddressError(url)
  return addresses
}

/**
 * Checks the host of a URL that a proxy will resolve: its name, and the addresses that this machine finds for the name.
 * Throws `private-address`.
 */
export async function checkName(url: URL, lookup: Lookup, typed: TypedHost): Promise<void> {
  const host = bareHost(url)
  const resolved = isIP(host) === 0 ? await lookup(host).catch(() => []) : [host]
  const arePublic = !localName.test(host) && resolved.every(isPublicIp)
  if (!typed.allows(url, resolved, arePublic)) throw createPrivateAddressError(url)
}

/**
 * Whether an IP address belongs to the public internet. If an IPv6 address contains an IPv4 address, the IPv4 address
 * is checked.
 */
export function isPublicIp(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const ip = ipaddr.process(address)
  if (ip instanceof ipaddr.IPv6 && ip.match(wellKnownNat64, 96))
    // The prefix leads from networks that have only IPv6 to hosts that have only IPv4.
    return isPublicIp(ip.toByteArray().slice(12).join('.'))
  if (ip.range() !== 'unicast') return false
  // IANA has assigned only the addresses in 2000::/3 to the public internet.
  return ip instanceof ipaddr.IPv4 || (ip.parts[0] ?? 0) >> 13 === 1
}

/** Whether a host is this machine. Requests to this machine never use a proxy. */
export function isLoopbackHost(url: URL): boolean {
  const host = bareHost(url)
  if (/^(?:.*\.)?localhost\.?$/i.test(host)) return true
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback'
}

function createPrivateAddressError(url: URL): AppError {
  const details = { url: shortAddress(url.href), host: url.host }
  return new AppError('private-address', `connect ${url.host}: not a public address`, details)
}
