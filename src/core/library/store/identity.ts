import { canonicalAddress } from '../../fetch/url'
import { nodeCrypto } from '../../node-crypto'

/** Name of the rule below; stored with every bulletin, since ids are computed once and never again. */
export const idRule = 'id/1'

const crockford = '0123456789abcdefghjkmnpqrstvwxyz'

/** sha256 of bytes or UTF-8 text, lower-case hex. */
export function sha256(content: Uint8Array | string): string {
  return nodeCrypto().createHash('sha256').update(content).digest('hex')
}

/**
 * The id of a bulletin (FORMAT, `id/1`): the first 80 bits of sha256 of `"url\n" + canonical address`, or of
 * `"file\n" + sha256 of the bytes` where there is no address (of a source: `"source\n" + canonical address`); 16 characters of lower-case Crockford base32.
 */
export function idOf(origin: { address: string } | { fileSha256: string } | { source: string }): string {
  const named =
    'address' in origin
      ? `url\n${canonicalAddress(origin.address)}`
      : 'source' in origin
        ? `source\n${canonicalAddress(origin.source)}`
        : `file\n${origin.fileSha256}`
  const first80 = nodeCrypto().createHash('sha256').update(named).digest().subarray(0, 10)
  const bits = [...first80].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => crockford[Number.parseInt(five, 2)] ?? '').join('')
}

/** The first four characters of an id, 20 bits, as a number: in the order of the ids, since the alphabet is. */
export function firstBitsOf(id: string): number {
  return [...id.slice(0, 4).padEnd(4, '0')].reduce(
    (bits, letter) => bits * 32 + Math.max(0, crockford.indexOf(letter)),
    0,
  )
}
