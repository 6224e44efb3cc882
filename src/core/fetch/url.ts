import { AppError } from '../../shared/errors'

/** Longest address that is asked. */
const maxAddressLength = 8192
/** Query parameters that name a campaign or a click, never a page. */
const trackingParameter = /^(utm_\w+|fbclid|gclid|zarsrc|_ga)$/

/**
 * An address in the form that identifies its page: https (portals move from http to https without their pages
 * becoming others), lower-case host without a final dot, no default port, no fragment, no tracking parameters.
 * Throws TypeError on what is not an absolute address.
 */
export function canonicalAddress(address: string): string {
  const url = new URL(address)
  if (url.protocol === 'http:') {
    const port = url.port
    url.protocol = 'https:'
    url.port = port
  }
  url.hash = ''
  url.username = ''
  url.password = ''
  url.hostname = url.hostname.replace(/\.$/, '')
  for (const name of [...url.searchParams.keys()]) if (trackingParameter.test(name)) url.searchParams.delete(name)
  return url.href
}

/**
 * What the addresses of one site or feed have in common: http and https, with and without `www.`, with and without a
 * slash at the end are the same. Pages are told apart more strictly, by {@link canonicalAddress}. Throws as that does.
 */
export function siteKey(address: string): string {
  const url = new URL(canonicalAddress(address))
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.host.replace(/^www\./, '')}${path}${url.search}`
}

/**
 * An address that may be asked: http or https, without user name, password and fragment. Whether its host may be
 * reached is decided when connecting ({@link ./ssrf-guard}). Throws `bad-address`; details: url.
 */
export function parseWebAddress(address: string, base?: string): URL {
  const url = address.length > maxAddressLength ? null : URL.parse(address, base)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '')
    throw new AppError('bad-address', `address: not http or https`, { url: shortAddress(address) })
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

/**
 * What a reader types or pastes as an address: blanks around it go, and a host, by name or number, without a scheme gets
 * http (a server that has https says so by a redirect). Throws `bad-address`.
 */
export function parseTypedAddress(typed: string): URL {
  const text = typed.trim().replace(/^<(.*)>$/, '$1')
  const isBare = /^(?:(?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]+|(?:\d{1,3}\.){3}\d{1,3})(?::\d+)?(?:[/?#].*)?$/u.test(
    text,
  )
  return parseWebAddress(isBare ? `http://${text}` : text)
}

/** An address as a sentence can hold it. */
export function shortAddress(address: string): string {
  return address.length <= 300 ? address : `${address.slice(0, 299)}…`
}

/** Host name without the brackets of an IPv6 address. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

/** The port a URL means. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
}
