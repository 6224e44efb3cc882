import type { Filter, ListItem, ListOrder } from '../../../shared/bulletin'
import type { Input, SearchResult } from '../../../shared/contract/api'
import type { Query } from '../../../shared/search/search-query'
import type { Progress } from '../store/bulletin-folders'
import type { IndexEntry } from './index-entry'

/** Counts for the navigation. All but `trash` exclude the trash. */
export interface Counts {
  all: number
  unread: number
  starred: number
  started: number
  trash: number
}

/** A source, tag or folder with its number of bulletins. */
export interface Group {
  name: string
  count: number
}

/** Bulletins that name one source. Several followed sources can have the same name. */
export interface SourceGroup extends Group {
  /** Ids of the followed sources that they came from; null for bulletins that came from none. */
  ids: (string | null)[]
}

/** The page of hits to return. Without `maxCounted`, all hits are counted. */
export interface HitsPage {
  order: ListOrder | 'best'
  offset: number
  limit: number
  maxCounted?: number | undefined
}

/** One page of hits. */
export interface Hits {
  total: number
  /** Whether there are more hits than `total`, because counting ended at `maxCounted`. */
  isMore: boolean
  items: (ListItem & { folder: string })[]
}

/**
 * Lists, counts, filters and full text over the library. The index is a cache: it can be rebuilt from the documents at
 * any time, and another engine can implement this interface. Every method throws SQLite's error if the file is damaged,
 * and the caller rebuilds the index.
 */
export interface SearchIndex {
  put(entry: IndexEntry): void
  /**
   * Puts many entries in one transaction. The entries are read inside the transaction, so that no newer entry can be
   * put in between.
   */
  putAll(entries: Iterable<IndexEntry>): void
  remove(id: string): void
  /** The folder of a bulletin below the library. Returns null if the index does not know the id. */
  findFolder(id: string): string | null
  /** The oldest bulletin whose text has this digest. Returns null if there is none. */
  findByDigest(digest: string): string | null
  /**
   * `current`: folders of bulletins whose current digest begins with `prefix`. If there are none, `revised` has the
   * folders of all bulletins with older revisions.
   */
  foldersByDigest(prefix: string): { current: string[]; revised: string[] }
  list(filter: Filter, offset: number, limit: number, order?: ListOrder): { total: number; items: ListItem[] }
  /** Hits of a query. Hits that are spelled as typed come before all others. `order` applies within both groups. */
  search(query: Query, filter: Filter, page: HitsPage): Hits
  count(): Counts
  /** Sources, tags and folders with their number of bulletins, the largest first. */
  groups(): { sources: SourceGroup[]; tags: Group[]; folders: Group[] }
  /** Id, folder and stamp of every row, by folder. */
  folders(): { id: string; folder: string; stamp: string }[]
  close(): void
}

/** The progress callback and the abort signal of filling an index. */
export interface FillOptions {
  onProgress?: Progress
  signal?: AbortSignal
}

/** Searches on a separate thread, because ranking 100,000 bulletins would block the interface. */
export interface Searcher {
  /**
   * Returns null if the thread can't answer, for example because the file is damaged. The caller then uses its own
   * index.
   */
  search(input: Input<'searchBulletins'>): Promise<SearchResult | null>
  close(): Promise<void>
}
