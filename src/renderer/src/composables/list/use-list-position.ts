import { findHeldIndex, pageOf } from '../../lib/list/held-pages'
import type { Row } from '../../lib/list/list-query'
import type { ListPages } from './use-list-pages'

/** Where bulletins are in the list, and which are their neighbours. */
export interface ListPosition {
  /** The index of a bulletin on the held pages, or -1 if it is on none of them. */
  heldIndexOf(id: string): number
  /** The index of a bulletin on the held pages, or else its last known index, or else -1. */
  indexOf(id: string): number
  /**
   * The row after (1) or before (-1) a bulletin. Null stands for the bulletin that was looked up last. If the bulletin
   * has left the list, the row after it has its old index. Returns the first row if the bulletin was never in the list.
   */
  findNeighbour(id: string | null, direction: 1 | -1): Promise<Row | null>
}

/** Remembers where the open bulletin is in the list, since its page may be dropped after a scroll. */
export function useListPosition({
  pages,
  heldRow,
  fetchRow,
}: Pick<ListPages, 'pages' | 'heldRow' | 'fetchRow'>): ListPosition & { remember(): void; forget(): void } {
  let last = { id: '', index: -1 }

  function heldIndexOf(id: string): number {
    return findHeldIndex(pages.value, id)
  }

  function indexOf(id: string): number {
    const index = heldIndexOf(id)
    if (index >= 0) last = { id, index }
    return last.id === id ? last.index : -1
  }

  async function findNeighbour(id: string | null, direction: 1 | -1): Promise<Row | null> {
    const index = indexOf(id ?? last.id)
    const hasLeft = index >= 0 && pages.value.has(pageOf(index)) && heldRow(index)?.id !== last.id
    const wanted = hasLeft && direction === 1 ? index : index + direction
    return index === 0 && wanted < 0 ? null : fetchRow(Math.max(0, wanted))
  }

  /** Notes the index that the bulletin has after a refresh. */
  function remember(): void {
    indexOf(last.id)
  }

  function forget(): void {
    last = { id: '', index: -1 }
  }

  return { heldIndexOf, indexOf, findNeighbour, remember, forget }
}
