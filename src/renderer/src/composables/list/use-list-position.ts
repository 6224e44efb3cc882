import { findHeldIndex, pageOf } from '../../lib/list/held-pages'
import type { Row } from '../../lib/list/list-query'
import type { ListPages } from './use-list-pages'

/** Finds the positions of bulletins in the list, and their neighbours. */
export interface ListPosition {
  /** Returns the index of a bulletin on the pages in memory. Returns -1 if no such page has the bulletin. */
  heldIndexOf(id: string): number
  /** Returns the index of a bulletin on the pages in memory, or else the bulletin's last known index, or else -1. */
  indexOf(id: string): number
  /**
   * Finds the row after (1) or before (-1) a bulletin. An `id` of null stands for the bulletin that was looked up last.
   * If the bulletin has left the list, the next row is now at the bulletin's old index. If the bulletin was never in
   * the list, returns the first row.
   */
  findNeighbour(id: string | null, direction: 1 | -1): Promise<Row | null>
}

/** Remembers where the open bulletin is in the list, because scrolling may drop the page with that bulletin. */
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

  /** Stores the new index of the remembered bulletin after the list was refreshed. */
  function remember(): void {
    indexOf(last.id)
  }

  function forget(): void {
    last = { id: '', index: -1 }
  }

  return { heldIndexOf, indexOf, findNeighbour, remember, forget }
}
