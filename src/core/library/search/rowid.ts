import { toIdBits } from '../store/identity'

/**
 * The number of low bits of a rowid that come from the bulletin's id. The higher bits are the time by which the lists
 * are sorted, in seconds.
 */
const idBits = 20n
const maxIdBits = (1n << idBits) - 1n

/**
 * Returns the rowid of a new index row: the time by which the lists are sorted, in seconds, followed by the first 20
 * bits of the bulletin's id.
 * Bulletins of the same second are sorted by their ids. So the order of a list does not depend on the order of the
 * additions, and "oldest first" is the reverse of "newest first".
 * If another bulletin has the rowid, returns the nearest free rowid above or below, according to the order of the ids.
 * `findId` returns the id of the bulletin that has a rowid, or null if the rowid is free.
 */
export function assignRowid(
  { id, order }: { id: string; order: number },
  findId: (rowid: bigint) => string | null,
): bigint {
  const first = BigInt(Math.max(0, order)) << idBits
  const own = first + BigInt(toIdBits(id))
  const taken = findId(own)
  if (taken === null) return own
  const findFree = (step: 1n | -1n): bigint | null => {
    for (let at = own + step; at >= first && at <= first + maxIdBits; at += step) if (findId(at) === null) return at
    return null
  }
  const rowid = id < taken ? (findFree(-1n) ?? findFree(1n)) : (findFree(1n) ?? findFree(-1n))
  if (rowid === null) throw new Error(`index: more than ${maxIdBits} bulletins in one second`)
  return rowid
}
