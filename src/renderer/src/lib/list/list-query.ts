import type { SearchResult } from '../../../../shared/contract/api'
import type { Filter, ListItem, ListOrder } from '../../../../shared/bulletin'

/** The lists at the top of the left column. */
export const lists = ['all', 'unread', 'starred', 'started'] as const
/** One entry of {@link lists}. */
export type List = (typeof lists)[number]
/** The origin of the bulletins in the list: a list of the left column, the trash, a folder, a tag or a source. */
export type ListScope =
  | { kind: List | 'trash' }
  | { kind: 'folder' | 'tag'; name: string }
  /** A followed source has an id. Any other source of bulletins has only a name. */
  | { kind: 'source'; name: string; id?: string }
/** The filters below the search field. Each filter is either on or off. */
export const chips = ['unread', 'starred', 'hasAttachment'] as const
/** One entry of {@link chips}. */
export type Chip = (typeof chips)[number]
/** The filters of the panel "Lọc thêm". Each filter has a value. */
export const valueFilters = ['source', 'tag', 'folder', 'since', 'until'] as const
/** One entry of {@link valueFilters}. */
export type ValueFilter = (typeof valueFilters)[number]
/** An order of the list. The order `best` is for searches only. */
export type Order = ListOrder | 'best'
/** A row of the list. A search result has a snippet around its matches. */
export type Row = ListItem & Partial<Pick<SearchResult['items'][number], 'snippet'>>

/** The query that the list sends to the library. */
export interface ListQuery {
  filter: Filter
  /** The search text. An empty text selects all bulletins that pass the filter. */
  text: string
  order: Order
}

/** Returns the filter for the bulletins of a scope. */
export function filterOf(scope: ListScope): Filter {
  if (scope.kind === 'source') return { source: scope.id ?? scope.name }
  if ('name' in scope) return { [scope.kind]: scope.name }
  if (scope.kind === 'trash') return { inTrash: true }
  return scope.kind === 'all' ? {} : { [scope.kind]: true }
}
