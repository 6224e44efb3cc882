import { canonicalAddress } from '../../fetch/url'
import { nodeCrypto } from '../../node-crypto'

/**
 * Name of the rule by which {@link idOf} computes an id. The name is stored with every bulletin, because the id of a
 * stored bulletin is never computed again.
 */
export const idRule = 'id/1'

const crockford = '0123456789abcdefghjkmnpqrstvwxyz'

/** Returns the sha256 of bytes, or of a text in UTF-8, in lower-case hexadecimal. */
export function sha256(content: Uint8Array | string): string {
  return nodeCrypto().createHash('sha256').update(content).digest('hex')
}

/**
 * Returns the id of a bulletin or source by rule `id/1` (`docs/format/library-1.md`). The id is the first 80 bits of a
 * sha256, as 16 characters of lower-case Crockford base32.
 * The hashed text of a bulletin is `"url\n" + canonical address`, or `"file\n" + sha256 of the bytes` for a bulletin
 * without an address. The hashed text of a source is `"source\n" + canonical address`.
 */
export function idOf(origin: { address: string } | { fileSha256: string } | { source: string }): string {
  const hashed =
    'address' in origin
      ? `url\n${canonicalAddress(origin.address)}`
      : 'source' in origin
        ? `source\n${canonicalAddress(origin.source)}`
        : `file\n${origin.fileSha256}`
  const first80 = nodeCrypto().createHash('sha256').update(hashed).digest().subarray(0, 10)
  const bits = [...first80].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => crockford[Number.parseInt(five, 2)] ?? '').join('')
}

/**
 * Converts the first four characters of an id to a number of 20 bits. The numbers sort in the same order as the ids.
 */
export function toIdBits(id: string): number {
  return [...id.slice(0, 4).padEnd(4, '0')].reduce(
    (bits, letter) => bits * 32 + Math.max(0, crockford.indexOf(letter)),
    0,
  )
}
