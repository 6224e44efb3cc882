import { AppError } from '../../shared/errors'

/** Maximum number of characters of a requested address. */
const maxAddressLength = 8192
/** Matches the names of query parameters that identify a campaign or a click, and never a page. */
const trackingParameter =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|zarsrc|_ga|_gl|mibextid|gad_\w+|gbraid|wbraid|srsltid|msclkid|igshid|igsh|yclid|twclid|ttclid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok)$/i

/**
 * Returns the canonical form of an address, by which the program recognises the same page: with https, a lower-case
 * host without a final dot, and without default port, fragment and tracking parameters. An http address becomes https,
 * because pages stay the same when a portal moves to https. Throws TypeError if the address is not absolute.
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
 * Returns a text that is the same for all addresses of one site or feed. Ignores the difference between http and https,
 * `www.`, and a final slash. For pages, use {@link canonicalAddress}, which is stricter. Throws the errors of
 * {@link canonicalAddress}.
 */
export function siteKey(address: string): string {
  const url = new URL(canonicalAddress(address))
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.host.replace(/^www\./, '')}${path}${url.search}`
}

/**
 * Parses an http or https address. Removes the user name, password and fragment. The host is not checked here:
 * {@link ./ssrf-guard} checks it when the fetcher connects. Throws `bad-address` (details: url).
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
 * Parses an address that the user typed or pasted. Removes white space around the address. A host name or IP address
 * without a scheme gets http, because a server with https redirects such a request. Throws `bad-address`.
 */
export function parseTypedAddress(typed: string): URL {
  const text = typed.trim().replace(/^<(.*)>$/, '$1')
  const hasNoScheme =
    /^(?:(?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]+|(?:\d{1,3}\.){3}\d{1,3})(?::\d+)?(?:[/?#].*)?$/u.test(text)
  return parseWebAddress(hasNoScheme ? `http://${text}` : text)
}

/** Shortens an address to at most 300 characters, for a message. */
export function shortAddress(address: string): string {
  return address.length <= 300 ? address : `${address.slice(0, 299)}…`
}

/** Returns the host of a URL, without the brackets of an IPv6 address. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

/** Returns the port of a URL, also if it is the default port. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
}
