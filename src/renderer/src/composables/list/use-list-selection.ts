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
  /** Selects or unselects one row. With `from`, selects all rows between the two, also rows that are not held. */
  select(index: number, from?: number | null): Promise<void>
  unselect(): void
  /** Ids and titles of bulletins, in the order of the list as far as it is known. */
  fetchTitles(ids: readonly string[]): Promise<TitledRow[]>
  /** All rows of the list in its order, `maxRows` at most. Reports an error and returns none. */
  fetchAllRows(maxRows: number): Promise<Row[]>
}

/** Selects rows of the bulletins store. */
export function useListSelection(pages: Readonly<Ref<HeldPages>>, getQuery: () => ListQuery): ListSelection {
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  /** The selected rows with their index in the list. Their pages may have been dropped since. */
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
    // The query may change meanwhile. A new bulletin moves rows from one page to the next, so an id may come twice.
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
