import { type Ref, shallowRef } from 'vue'
import { callHost } from '../../bridge'
import { type HeldPages, listHeldRows, pageOf, pageSize } from '../../lib/list/held-pages'
import type { ListQuery, Row } from '../../lib/list/list-query'
import { createResponseGuard } from '../../lib/response-guard'
import { attempt } from '../../stores/report-error'
import { fetchListPage } from './fetch-list-page'

type TitledRow = Pick<Row, 'id' | 'title'>

/** The bulletins that are selected in the list. */
export interface ListSelection {
  selected: Ref<ReadonlySet<string>>
  /**
   * Selects or unselects one row. With `from`, selects all rows from that index to this row, even rows whose page is
   * not in memory.
   */
  select(index: number, from?: number | null): Promise<void>
  unselect(): void
  /** Returns the ids and titles of bulletins in list order. Bulletins whose index is not known come last. */
  fetchTitles(ids: readonly string[]): Promise<TitledRow[]>
  /**
   * Returns all rows in list order. If the list has more than `maxRows` rows or cannot be read, reports an error and
   * returns no rows.
   */
  fetchAllRows(maxRows: number): Promise<Row[]>
}

/** Selects rows of the list for the bulletins store. */
export function useListSelection(pages: Readonly<Ref<HeldPages>>, getQuery: () => ListQuery): ListSelection {
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  /**
   * The selected rows with their indexes in the list. The map holds the rows, because the pages of these rows may have
   * been dropped.
   */
  const rows = new Map<string, { index: number; row: TitledRow }>()
  const selections = createResponseGuard()

  async function select(index: number, from: number | null = null): Promise<void> {
    const [first, last] = [Math.min(index, from ?? index), Math.max(index, from ?? index)]
    const selection = selections.current()
    const ids = new Set<string>()
    for (let page = pageOf(first); page <= pageOf(last); page++) {
      const held = pages.value.get(page) ?? (await attempt(() => fetchListPage(page, getQuery())))?.items
      if (held === undefined || !selection.isLatest()) return
      for (const [at, row] of held.entries()) {
        const found = page * pageSize + at
        if (found < first || found > last) continue
        ids.add(row.id)
        rows.set(row.id, { index: found, row: { id: row.id, title: row.title } })
      }
    }
    selected.value = from === null ? selected.value.symmetricDifference(ids) : selected.value.union(ids)
  }

  function unselect(): void {
    selections.invalidate()
    selected.value = new Set()
    rows.clear()
  }

  async function fetchTitles(ids: readonly string[]): Promise<TitledRow[]> {
    const known = new Map([...rows.values(), ...listHeldRows(pages.value)].map((each) => [each.row.id, each]))
    const found: { index: number; row: TitledRow }[] = []
    for (const id of ids) {
      const held = known.get(id)
      const row = held?.row ?? (await attempt(() => callHost('getBulletin', { id })))
      if (row !== null) found.push({ index: held?.index ?? Number.MAX_SAFE_INTEGER, row })
    }
    return found.sort((a, b) => a.index - b.index).map(({ row }) => row)
  }

  async function fetchAllRows(maxRows: number): Promise<Row[]> {
    // The query is kept for all requests, because it may change between two of them. Two pages may contain the same id,
    // because a new bulletin moves rows from one page to the next.
    const query = getQuery()
    const all = new Map<string, Row>()
    for (let page = 0; all.size < maxRows; page++) {
      const reply = await attempt(() => fetchListPage(page, query))
      if (reply === null) return []
      if (reply.items.length === 0) break
      for (const row of reply.items) all.set(row.id, row)
    }
    return [...all.values()].slice(0, maxRows)
  }

  return { selected, select, unselect, fetchTitles, fetchAllRows }
}
