import type { DatabaseSync } from 'node:sqlite'
import type { Filter, ListItem, ListOrder } from '../../../shared/bulletin'
import type { Input, SearchResult } from '../../../shared/contract/api'
import type { ErrorShape } from '../../../shared/errors'
import type { Query } from '../../../shared/search/search-query'
import type { Progress } from '../store/bulletin-folders'
import type { IndexEntry } from './index-entry'
import type { StoredPlace } from './list-rows'

/** Counts of bulletins for the navigation. Only `trash` counts bulletins in the trash. */
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

/** The bulletins whose source has one name. Several followed sources can have the same name. */
export interface SourceGroup extends Group {
  /**
   * Ids of the followed sources that the bulletins came from. Null stands for bulletins that came from no followed
   * source.
   */
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
  /** True if there are more hits than `total`, because counting stopped at `maxCounted`. */
  isMore: boolean
  items: (ListItem & StoredPlace)[]
}

/**
 * The index of a library, for lists, counts, filters and full text search. The index is a cache that can be rebuilt
 * from the documents at any time. Another search engine can implement this interface. Every method throws SQLite's
 * error if the index file is damaged. The caller then rebuilds the index.
 */
export interface SearchIndex {
  put(entry: IndexEntry): void
  /**
   * Puts many entries into the index in one transaction. The entries are read inside the transaction, so that no newer
   * entry of the same bulletin can be put between the read and the write.
   */
  putAll(entries: Iterable<IndexEntry>): void
  remove(id: string): void
  /** Returns the folder of a bulletin below the library, or null if the index has no bulletin with this id. */
  findFolder(id: string): string | null
  /** Returns the id of the oldest bulletin whose text has this digest. Returns null if no text has it. */
  findByDigest(digest: string): string | null
  /**
   * Finds the folders in which a digest may be stored. `current` has the folders of bulletins whose current digest
   * begins with `prefix`. If there are none, `revised` has the folders of all bulletins with older revisions.
   */
  foldersByDigest(prefix: string): { current: string[]; revised: string[] }
  list(filter: Filter, offset: number, limit: number, order?: ListOrder): { total: number; items: ListItem[] }
  /**
   * Returns one page of the hits of a query. Hits that are spelled as typed come before all other hits. `order` applies
   * within each of these two groups.
   */
  search(query: Query, filter: Filter, page: HitsPage): Hits
  count(): Counts
  /**
   * Lists the sources, tags and folders with the number of bulletins in each. Those with the most bulletins come first.
   */
  groups(): { sources: SourceGroup[]; tags: Group[]; folders: Group[] }
  /** Lists the id, folder and stamp of every row, sorted by folder. */
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

/** A bulletin that could not be read. */
export interface Unread {
  folder: string
  error: ErrorShape
}

/** An empty database in which a new index is built while the old index still answers. */
export interface StagedDatabase {
  database: DatabaseSync
  /** The file of the database. Null for a database in memory. */
  path: string | null
  /** Puts the new index in the place of the old one. Returns the database that answers from now on. */
  publish(old: DatabaseSync): Promise<DatabaseSync>
  /** Closes and deletes the staged database, unless it answers now. */
  discard(): Promise<void>
}

/** The result of filling an index: the number of bulletins in it, and the bulletins that could not be read. */
export interface FilledIndex {
  count: number
  unread: Unread[]
}

/** The functions that create and fill the index of a library. */
export interface LibraryIndexParts {
  /** Whether the opened index has every bulletin. */
  isComplete: boolean
  /** The path of the index file, or the library's folder for an index in memory. */
  path: string
  /** Creates an empty database in place of the old one. */
  create(): Promise<DatabaseSync>
  /** Creates an empty database beside the old one. */
  stage(): Promise<StagedDatabase>
  /**
   * Puts every bulletin into the index. `path` is the file of the index's database, or null for the file of the opened
   * index.
   */
  fill(index: SearchIndex, options: FillOptions, path: string | null): Promise<FilledIndex>
  /**
   * Rebuilds the bulletins that could not be read, and passes the entry of each rebuilt bulletin to `put`. Returns the
   * number of rebuilt bulletins. Runs after the new index answers.
   */
  rebuildUnread(unread: readonly Unread[], put: (entry: IndexEntry) => Promise<void>): Promise<number>
  /** Marks the new index as complete. */
  complete(database: DatabaseSync): void
  onDamage(thrown: unknown): void
  /** Called when the index is closed although the disk has refused some entries. The next writer must update it. */
  onStale(thrown: unknown): void
  /**
   * The searcher on another thread. Null if searches run on this thread. The searcher is closed before the index file is deleted.
   */
  searcher: Searcher | null
}
