import type { SearchResult } from '../../../../shared/contract/api'
import { callHost } from '../../bridge'
import { pageSize } from '../../lib/list/held-pages'
import type { ListQuery, Row } from '../../lib/list/list-query'

/**
 * Maximum number of search results beyond the requested page that the library counts. The count grows as the user
 * scrolls on.
 */
const countedAhead = 500

/** A page of the list, with facts about the whole list. */
export type ListPage = Pick<SearchResult, 'total' | 'isMore' | 'spellings' | 'understoodAs'> & { items: readonly Row[] }

/** Fetches one page of the list. The first page has the number 0. */
export async function fetchListPage(page: number, { filter, text, order }: ListQuery): Promise<ListPage> {
  const paged = { filter, offset: page * pageSize, limit: pageSize }
  if (text.trim() === '') {
    const ordered = order === 'best' ? {} : { order }
    return { ...(await callHost('listBulletins', { ...paged, ...ordered })), isMore: false, spellings: [] }
  }
  const mostCounted = paged.offset + pageSize + countedAhead
  return callHost('searchBulletins', { ...paged, query: text, order, isTyping: true, mostCounted })
}
