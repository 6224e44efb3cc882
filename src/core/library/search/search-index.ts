import type { DatabaseSync } from 'node:sqlite'
import type { Filter, ListItem, ListOrder } from '../../../shared/bulletin'
import type { Input, SearchResult } from '../../../shared/contract/api'
import type { ErrorShape } from '../../../shared/errors'
import type { Query } from '../../../shared/search/search-query'
import type { Progress } from '../store/bulletin-folders'
import type { IndexEntry } from './index-entry'
import type { StoredPlace } from './list-rows'

/** How many bulletins each list of the navigation has. Bulletins in the trash are counted only in `trash`. */
export interface Counts {
  all: number
  unread: number
  starred: number
  started: number
  trash: number
}

/** A source, tag or folder, with the number of bulletins in it. */
export interface Group {
  name: string
  count: number
}

/** The bulletins whose source has the same name. Several followed sources can have one name. */
export interface SourceGroup extends Group {
  /**
   * The ids of the followed sources from which the bulletins came. Null stands for bulletins that came from no followed
   * source.
   */
  ids: (string | null)[]
}

/** Which hits to return. Counting stops at `maxCounted`, or counts all hits if it is absent. */
export interface HitsPage {
  order: ListOrder | 'best'
  offset: number
  limit: number
  maxCounted?: number | undefined
}

/** One page of hits. */
export interface Hits {
  total: number
  /** Whether there are more hits than `total`, because counting stopped at `maxCounted`. */
  isMore: boolean
  items: (ListItem & StoredPlace)[]
}

/**
 * The index of a library, for lists, counts, filters and full text search. The index is a cache that can be rebuilt
 * from the documents at any time. Another search engine can implement this interface. If the index file is damaged,
 * every method throws SQLite's error, and the caller rebuilds the index.
 */
export interface SearchIndex {
  put(entry: IndexEntry): void
  /**
   * Puts many entries into the index in one transaction. `entries` is read inside the transaction, so that nothing can
   * put a newer entry of a bulletin between the read and the write.
   */
  putAll(entries: Iterable<IndexEntry>): void
  remove(id: string): void
  /**
   * Returns the folder of a bulletin, relative to the library. Returns null if the index has no bulletin with this id.
   */
  findFolder(id: string): string | null
  /**
   * Returns the id of the oldest bulletin whose current text has this digest. Returns null if no bulletin has this
   * text.
   */
  findByDigest(digest: string): string | null
  /**
   * Finds the folders in which a revision with a digest may be stored. `current` has the folders of the bulletins whose
   * current digest begins with `prefix`. If `current` is empty, `revised` has the folders of all bulletins with older
   * revisions.
   */
  foldersByDigest(prefix: string): { current: string[]; revised: string[] }
  list(filter: Filter, offset: number, limit: number, order?: ListOrder): { total: number; items: ListItem[] }
  /**
   * Returns one page of the hits of a query. Hits that are spelled as typed come before all other hits. Both groups are
   * sorted by `page.order`.
   */
  search(query: Query, filter: Filter, page: HitsPage): Hits
  count(): Counts
  /** Lists the sources, tags and folders with the number of bulletins in each, the largest number first. */
  groups(): { sources: SourceGroup[]; tags: Group[]; folders: Group[] }
  /** Lists the id, folder and stamp of every row, sorted by folder. */
  folders(): { id: string; folder: string; stamp: string }[]
  close(): void
}

/** The options of filling an index. */
export interface FillOptions {
  onProgress?: Progress
  signal?: AbortSignal
}

/** Searches on other threads, because ranking 100,000 bulletins would block the interface. */
export interface Searcher {
  /**
   * Runs a search. Returns null if the thread can't answer, for example because the file is damaged. The caller then
   * searches its own index.
   */
  search(input: Input<'searchBulletins'>): Promise<SearchResult | null>
  close(): Promise<void>
}

/** A bulletin that could not be read. */
export interface Unread {
  folder: string
  error: ErrorShape
}

/** An empty database in which a new index is built. The old index answers calls until the new index is published. */
export interface StagedDatabase {
  database: DatabaseSync
  /** The file of the database. Null for a database in memory. */
  path: string | null
  /** Replaces the old index by the new one. Returns the database that answers calls from now on. */
  publish(old: DatabaseSync): Promise<DatabaseSync>
  /** Closes and deletes the staged database, unless it is the one that answers calls now. */
  discard(): Promise<void>
}

/** The result of filling an index: the number of bulletins in it, and the bulletins that could not be read. */
export interface FilledIndex {
  count: number
  unread: Unread[]
}

/** The functions that create and fill the index of a library. */
export interface LibraryIndexParts {
  /** Whether the opened index already has every bulletin. */
  isComplete: boolean
  /** The path of the index file, or the library's folder for an index in memory. */
  path: string
  /** Creates an empty database at the place of the old one. */
  create(): Promise<DatabaseSync>
  /** Creates an empty database beside the old one; see {@link StagedDatabase}. */
  stage(): Promise<StagedDatabase>
  /**
   * Puts every bulletin into the index. `path` is the database file of the index. If `path` is null, the file of the
   * opened index is used.
   */
  fill(index: SearchIndex, options: FillOptions, path: string | null): Promise<FilledIndex>
  /**
   * Rebuilds the bulletins that could not be read, and passes the entry of each rebuilt bulletin to `put`. Returns the
   * number of rebuilt bulletins. Called after the new index has begun to answer calls.
   */
  rebuildUnread(unread: readonly Unread[], put: (entry: IndexEntry) => Promise<void>): Promise<number>
  /** Marks the new index as complete. */
  complete(database: DatabaseSync): void
  onDamage(thrown: unknown): void
  /**
   * Called when the index is closed before the disk has accepted all entries. The next writer must update the index.
   */
  onStale(thrown: unknown): void
  /**
   * The searcher on other threads. Null if searches run on this thread. The searcher is closed before the index file is
   * deleted.
   */
  searcher: Searcher | null
}
