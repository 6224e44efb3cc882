import { firstBitsOf } from '../store/identity'

/** A rowid's last 20 bits are its bulletin's, the others the second that orders the lists. */
const idBits = 20n
const lastOfSecond = (1n << idBits) - 1n

/**
 * The rowid of a bulletin: the second that orders the lists, then the first bits of its id. Bulletins of one second
 * stand in the order of their ids, so that a list is the same whatever order they came in, and newest and oldest first
 * are each other's mirror. Where two ids begin alike, the later one takes the next free place on its side. `idAt` tells
 * whose a rowid is; null where it is free.
 */
export function assignRowid(
  { id, order }: { id: string; order: number },
  idAt: (rowid: bigint) => string | null,
): bigint {
  const first = BigInt(Math.max(0, order)) << idBits
  const own = first + BigInt(firstBitsOf(id))
  const taken = idAt(own)
  if (taken === null) return own
  const free = (step: 1n | -1n): bigint | null => {
    for (let at = own + step; at >= first && at <= first + lastOfSecond; at += step) if (idAt(at) === null) return at
    return null
  }
  const place = id < taken ? (free(-1n) ?? free(1n)) : (free(1n) ?? free(-1n))
  if (place === null) throw new Error(`index: more than ${lastOfSecond} bulletins in one second`)
  return place
}
