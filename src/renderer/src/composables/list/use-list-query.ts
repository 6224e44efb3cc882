import { computed, type Ref, shallowRef } from 'vue'
import type { Filter } from '../../../../shared/bulletin'
import {
  type Chip,
  filterOf,
  type ListQuery,
  type ListScope,
  type Order,
  type ValueFilter,
} from '../../lib/list/list-query'

/** The scope, the search text, the filters and the order of the list. */
export interface ListQueryState {
  scope: Ref<ListScope>
  searchText: Ref<string>
  isSearching: Readonly<Ref<boolean>>
  activeChips: Ref<ReadonlySet<Chip>>
  valueFilters: Ref<Pick<Filter, ValueFilter>>
  order: Ref<Order>
  choose(chosen: ListScope): Promise<void>
  search(text: string): Promise<void>
  /** Searches the whole library. Filters that were set do not apply to this search. */
  searchEverywhere(text: string): Promise<void>
  toggleChip(chip: Chip): Promise<void>
  /** Sets filters of the filter panel. An empty text removes a filter. */
  setFilters(change: Partial<Record<ValueFilter, string>>): Promise<void>
  setOrder(chosen: Order): Promise<void>
}

/** Holds the query of the bulletins store. Calls `load` after each change of the query. */
export function useListQuery(load: () => Promise<void>): ListQueryState & { getQuery(): ListQuery } {
  const scope = shallowRef<ListScope>({ kind: 'all' })
  const searchText = shallowRef('')
  const activeChips = shallowRef<ReadonlySet<Chip>>(new Set())
  const valueFilters = shallowRef<Pick<Filter, ValueFilter>>({})
  const order = shallowRef<Order>('newest')
  const isSearching = computed(() => searchText.value.trim() !== '')

  function choose(chosen: ListScope): Promise<void> {
    scope.value = chosen
    // The filters of the same kind as the new scope are removed, because they would contradict the scope.
    const others = Object.entries(valueFilters.value).filter(([name]) => name !== chosen.kind)
    valueFilters.value = Object.fromEntries(others)
    return load()
  }

  function search(text: string): Promise<void> {
    searchText.value = text
    if (!isSearching.value && order.value === 'best') order.value = 'newest'
    return load()
  }

  function searchEverywhere(text: string): Promise<void> {
    scope.value = { kind: 'all' }
    activeChips.value = new Set()
    valueFilters.value = {}
    searchText.value = text
    return load()
  }

  function toggleChip(chip: Chip): Promise<void> {
    activeChips.value = activeChips.value.symmetricDifference(new Set([chip]))
    return load()
  }

  function setFilters(change: Partial<Record<ValueFilter, string>>): Promise<void> {
    const all = Object.entries({ ...valueFilters.value, ...change })
    valueFilters.value = Object.fromEntries(all.filter(([, value]) => value !== ''))
    return load()
  }

  function setOrder(chosen: Order): Promise<void> {
    order.value = chosen
    return load()
  }

  function getQuery(): ListQuery {
    const chosen = Object.fromEntries([...activeChips.value].map((chip) => [chip, true]))
    const filter = { ...filterOf(scope.value), ...valueFilters.value, ...chosen }
    return { filter, text: searchText.value, order: order.value }
  }

  const values = { scope, searchText, isSearching, activeChips, valueFilters, order }
  const actions = { choose, search, searchEverywhere, toggleChip, setFilters, setOrder }
  return { ...values, ...actions, getQuery }
}
