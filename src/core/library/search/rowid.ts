import { toIdBits } from '../store/identity'

/**
 * The last 20 bits of a rowid come from the bulletin's id. The higher bits are the sort key of the lists, in seconds.
 */
const idBits = 20n
const maxIdBits = (1n << idBits) - 1n

/**
 * Returns the rowid of a bulletin. The rowid is the sort key of the lists in seconds, followed by the first bits of the
 * bulletin's id. Bulletins with the same sort key are ordered by their ids. A list therefore does not depend on the
 * order of additions, and "oldest first" is the reverse of "newest first". If the rowid is taken by a bulletin whose id
 * begins with the same bits, returns the next free rowid above or below, according to the order of the ids. `findId`
 * returns the id of the bulletin that has a rowid, or null if the rowid is free.
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
