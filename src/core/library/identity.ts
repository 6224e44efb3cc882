import { nodeCrypto } from '../node-crypto'

/** Name of the rule below; stored with every bulletin, since ids are computed once and never again. */
export const idRule = 'id/1'

const crockford = '0123456789abcdefghjkmnpqrstvwxyz'
/** Query parameters that name a campaign or a click, never a page. */
const trackingParameter = /^(utm_\w+|fbclid|gclid|zarsrc|_ga)$/

/** sha256 of bytes or UTF-8 text, lower-case hex. */
export function sha256(content: Uint8Array | string): string {
  return nodeCrypto().createHash('sha256').update(content).digest('hex')
}

/**
 * The id of a bulletin (FORMAT, `id/1`): the first 80 bits of sha256 of `"url\n" + canonical address`, or of
 * `"file\n" + sha256 of the bytes` where there is no address; 16 characters of lower-case Crockford base32.
 */
export function idOf(origin: { address: string } | { fileSha256: string }): string {
  const named = 'address' in origin ? `url\n${canonicalAddress(origin.address)}` : `file\n${origin.fileSha256}`
  const first80 = nodeCrypto().createHash('sha256').update(named).digest().subarray(0, 10)
  const bits = [...first80].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => crockford[Number.parseInt(five, 2)] ?? '').join('')
}

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
