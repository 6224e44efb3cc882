import { type Ref, shallowRef, triggerRef } from 'vue'
import type { ResponseGuard } from '../../lib/response-guard'
import { findHeldRow, type HeldPages, pageOf, pagesByDistance } from '../../lib/list/held-pages'
import type { ListQuery, Row } from '../../lib/list/list-query'
import { fetchListPage, type ListPage } from './fetch-list-page'

/** The maximum number of pages in memory. All rows of a large library would need too much memory. */
const maxPages = 12
/** Maximum number of pages that the list fetches again after a change. The list drops all other pages. */
const maxRefreshedPages = 4

/** The pages of the list that are in memory, and facts about the whole list. */
export interface ListPages {
  pages: Ref<HeldPages>
  total: Ref<number>
  /**
   * Whether the list has more rows than `total`. The value may be true, because the library counts search results only
   * up to a number beyond the shown page.
   */
  isMore: Ref<boolean>
  /** The spellings with Vietnamese marks that a search text without marks may mean. */
  spellings: Ref<readonly string[]>
  /** The query that the library searched instead of the typed text, which has no hit. Null for the typed text. */
  understoodAs: Ref<string | null>
  /** Returns the row at an index. If the row's page is not in memory, returns null and starts to fetch the page. */
  rowAt(index: number): Row | null
  heldRow(index: number): Row | null
  /**
   * Returns the row at an index, and fetches the row if its page is not in memory. Returns null if the list has no such
   * row.
   */
  fetchRow(index: number): Promise<Row | null>
}

/** Keeps the pages near the shown row in memory. `requests` lets the list ignore a late response to an older load. */
export function useListPages(
  getQuery: () => ListQuery,
  requests: ResponseGuard,
): ListPages & { fetchShownPages(): Promise<() => void>; clear(): void } {
  const pages = shallowRef(new Map<number, readonly Row[]>())
  const total = shallowRef(0)
  const isMore = shallowRef(false)
  const spellings = shallowRef<readonly string[]>([])
  const understoodAs = shallowRef<string | null>(null)
  /** The pages that are being fetched or were fetched since the last load. */
  const fetched = new Set<number>()
  /** The page with the row that was requested last. */
  let shownPage = 0

  function clear(): void {
    pages.value = new Map()
    shownPage = 0
  }

  /** Fetches the pages in view again. Returns a function that shows the fetched pages. */
  async function fetchShownPages(): Promise<() => void> {
    fetched.clear()
    // The page before the shown page is fetched too, because the view may begin there.
    const nearest = [shownPage, Math.max(0, shownPage - 1), ...pagesByDistance(pages.value, shownPage)]
    const wanted = [...new Set(nearest)].slice(0, maxRefreshedPages)
    const query = getQuery()
    const replies = await Promise.all(wanted.map((page) => fetchListPage(page, query)))
    return () => {
      total.value = Math.max(0, ...replies.map((reply) => reply.total))
      isMore.value = replies.every((reply) => reply.isMore)
      spellings.value = replies[0]?.spellings ?? []
      understoodAs.value = replies[0]?.understoodAs ?? null
      pages.value = new Map(wanted.map((page, at) => [page, replies[at]?.items ?? []]))
    }
  }

  function rowAt(index: number): Row | null {
    shownPage = pageOf(index)
    if (!pages.value.has(shownPage) && !fetched.has(shownPage)) void addPage(shownPage)
    return heldRow(index)
  }

  function heldRow(index: number): Row | null {
    return findHeldRow(pages.value, index)
  }

  async function fetchRow(index: number): Promise<Row | null> {
    if (pages.value.has(pageOf(index))) return heldRow(index)
    const reply = await fetchListPage(pageOf(index), getQuery()).catch(() => null)
    return findHeldRow(new Map([[pageOf(index), reply?.items ?? []]]), index)
  }

  async function addPage(page: number): Promise<void> {
    const request = requests.current()
    fetched.add(page)
    const reply = await fetchListPage(page, getQuery()).catch(() => null)
    if (!request.isLatest()) return
    if (reply === null) fetched.delete(page)
    else showPage(page, reply)
  }

  function showPage(page: number, reply: ListPage): void {
    pages.value.set(page, reply.items)
    if (reply.total > total.value || !reply.isMore) {
      total.value = reply.total
      isMore.value = reply.isMore
    }
    for (const far of pagesByDistance(pages.value, shownPage).slice(maxPages)) {
      pages.value.delete(far)
      fetched.delete(far)
    }
    triggerRef(pages)
  }

  return { pages, total, isMore, spellings, understoodAs, rowAt, heldRow, fetchRow, fetchShownPages, clear }
}
