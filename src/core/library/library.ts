import type { Bulletin, Filter, ListItem, ListOrder, Position, RevisionSummary } from '../../shared/bulletin'
import type { CheckResult, Input, Output, RestoreResult, SearchResult, VerifyResult } from '../../shared/contract/api'
import type { Ports } from '../ports'
import type { RestoreParts } from './backup/restore-backup'
import type { Addition, ExtractAgain, StoredAddition } from './changes/addition'
import type { MarksChange } from './changes/marks'
import type { NewRevision } from './changes/revise-bulletin'
import type { Counts, FillOptions } from './search/search-index'
import type { SourceStore } from './sources/source-store'
import type { Progress } from './store/bulletin-folders'
import type { Migration } from './store/migrations'
import type { StoredPage } from './store/stored-page'
import type { WriteRefusal } from './write-refusal'

/** A change of the status of some bulletins. */
export type StatusChange = Omit<Input<'markBulletins'>, 'ids'>

/** One page of a list, and the number of bulletins in the whole list. */
export interface ListedPage {
  total: number
  items: ListItem[]
}

/** An answer that may lack bulletins, because the index does not have all of them yet. */
export type Partially<T> = T & { isPartial?: boolean }

/**
 * The only access to the stored documents and files. Writes run one after another. A library opened for reading refuses
 * every write with the error of `refusal`.
 */
export interface Library {
  readonly readOnly: boolean
  /** The error of every write. The value is null if the library is open for writing. */
  readonly refusal: WriteRefusal | null
  /**
   * Lists bulletins. The answer has `isPartial` while the index is built after damage or for the first time, because
   * the list then lacks bulletins. The same is true of `search` and `count`.
   */
  list(filter: Filter, offset: number, limit: number, order?: ListOrder): Promise<Partially<ListedPage>>
  search(input: Input<'searchBulletins'>): Promise<SearchResult>
  count(): Promise<Partially<Counts>>
  groups(): Promise<Output<'listGroups'>>
  /** Builds a new index from the documents. Returns the number of bulletins in it. Throws `cancelled`. */
  reindex(options: FillOptions): Promise<number>
  /**
   * Reads a bulletin with the text of the current or an older revision. Throws `bulletin-not-found`,
   * `bulletin-damaged`, `revision-not-found`.
   */
  get(id: string, revision?: number): Promise<Bulletin>
  /** Whether the bulletin is in the trash. Throws `bulletin-not-found`. */
  isInTrash(id: string): Promise<boolean>
  /** Returns the bytes of a file of the bulletin. Throws `bulletin-not-found`, `file-not-found`. */
  readFile(id: string, name: string): Promise<Uint8Array>
  /** Lists the revisions of a bulletin, the oldest first. Throws `bulletin-not-found`, `bulletin-damaged`. */
  revisions(id: string): Promise<RevisionSummary[]>
  /**
   * Finds the revision, current or older, whose digest begins with `prefix`. `match` is false if there is no such
   * revision.
   */
  findDigest(prefix: string): Promise<CheckResult>
  /**
   * Returns the word diff between two revisions. `to` defaults to the current revision, and `from` to the one before
   * `to`. Throws the errors of {@link Library.get}.
   */
  diff(id: string, from: number | undefined, to: number | undefined): Promise<Output<'diffRevisions'>>
  /** Whether {@link Library.recover} has work after a crash or because of an unfinished index. */
  needsRecovery(): boolean
  /**
   * Finishes or undoes changes that a crash interrupted, and brings the index up to date. Returns the number of index
   * rows written. Additions wait until the recovery has ended. Throws `cancelled`.
   */
  recover(options?: FillOptions): Promise<number>
  add(addition: Addition): Promise<StoredAddition>
  /**
   * Stores an addition of a refresh. Returns null for a bulletin that the user deleted for good. A bulletin in the
   * trash stays there. A page that has other bytes but the same text as before creates no capture.
   */
  addAutomatically(addition: Addition): Promise<StoredAddition | null>
  /**
   * Finds a bulletin by its id or an address. The result's `id` is null if neither the library nor its trash has the
   * bulletin.
   */
  findByOrigin(origin: { address: string } | { id: string }): Promise<{ id: string | null; isDeleted: boolean }>
  /**
   * Records since when a bulletin's page has been missing on its portal. `since` is null if the page is available.
   * Throws `bulletin-not-found`.
   */
  recordAvailability(id: string, url: string, since: Date | null): Promise<void>
  /** The followed sources and their refreshes. */
  sourceStore: SourceStore
  /**
   * Runs work that adds many bulletins. The index rows of these bulletins are written in batches. The last batch is
   * written before the promise settles.
   */
  batch<T>(work: () => Promise<T>): Promise<T>
  /**
   * Changes the status of bulletins. Returns the ids of those that changed. Throws `bulletin-not-found` before any
   * change.
   */
  mark(ids: readonly string[], change: StatusChange): Promise<string[]>
  /** Adds, changes and removes highlights and notes. Returns whether anything changed. Throws `bulletin-not-found`. */
  keepMarks(id: string, change: MarksChange): Promise<boolean>
  /** Stores the reading position. Returns whether the bulletin's started state changed. */
  keepPosition(id: string, position: Position | null): Promise<boolean>
  /**
   * Moves bulletins to the trash. Returns the ids of those that moved. Throws `bulletin-not-found` before the first
   * move.
   */
  trash(ids: readonly string[]): Promise<string[]>
  /**
   * Moves bulletins from the trash back to their folders. Returns the ids of those that moved. Throws the errors of
   * {@link Library.trash}.
   */
  restore(ids: readonly string[]): Promise<string[]>
  /**
   * Deletes these bulletins of the trash for good and writes a tombstone for each. Null deletes all. Returns the
   * deleted ids.
   */
  emptyTrash(ids: readonly string[] | null): Promise<string[]>
  /**
   * Verifies all bulletins, or only the bulletins with the given ids. With `isRecorded`, the result is written to the
   * journal. Throws `bulletin-not-found`, `cancelled`.
   */
  verify(options: {
    onlyIds?: readonly string[]
    isRecorded?: boolean
    onProgress?: Progress
    signal?: AbortSignal
  }): Promise<VerifyResult>
  /**
   * Returns the address of the bulletin's newest page that this user's own program downloaded from a private address.
   * Returns null if there is no such page. An address that only the documents of the bulletin name is not believed.
   * Throws `bulletin-not-found`, `bulletin-damaged`.
   */
  findTypedPage(id: string): Promise<string | null>
  /** The page that the current revision was extracted from. Throws `bulletin-not-found`, `bulletin-damaged`. */
  readStoredPage(id: string): Promise<StoredPage>
  /**
   * Reads the page for a new revision. Checks the bulletin first and rebuilds it if it is damaged. The bulletin's files
   * stay readable if the bulletin moves to the trash. Throws `library-read-only`, and the errors of
   * {@link Library.readStoredPage}.
   */
  readPageForRevision(id: string): Promise<StoredPage>
  /**
   * Stores a new revision and returns the number of the revision. If `baseRevision` is no longer the current revision,
   * writes nothing and returns null. The caller must then read the page again. Throws `bulletin-not-found`,
   * `bulletin-damaged`, and the errors of a write.
   */
  revise(id: string, revision: NewRevision): Promise<number | null>
  /** Merges a backup into this library. Throws `not-a-backup`, `unreadable`, `cancelled`. */
  restoreBackup(file: string, options: RestoreOptions): Promise<RestoreResult>
  /** Whether the sample bulletin was ever added to this library. */
  wasSampleAdded(): boolean
  recordSampleAdded(): Promise<void>
  /** Waits for running writes, then releases the lock. */
  close(): Promise<void>
}

/** The options of restoring a backup. `onStored` receives the id of each bulletin that changed. */
export interface RestoreOptions extends Pick<RestoreParts, 'withDeleted' | 'signal' | 'onProgress'> {
  onStored(id: string): void
}

/** The dependencies that the host supplies to a library. */
export interface LibraryOptions {
  /**
   * `root` is the library's folder. `cache` is the user's folder for an index that can't be stored in the library.
   * `config` is the user's config folder, which contains the user's own key.
   */
  ports: Pick<Ports, 'openStore' | 'clock' | 'log' | 'program'> & { root: string; cache: string; config: string }
  access: 'write' | 'read'
  /** Why a library that is opened for reading refuses writes. The default is `library-read-only`. */
  refusal?: WriteRefusal
  /** Extracts a stored page again. */
  extractAgain: ExtractAgain
  /**
   * When a library is recovered after a crash. `first` recovers before the library opens. With `later`, the caller must
   * call `recover`.
   */
  recovery?: 'first' | 'later'
  /** The path of the built script that the index threads run. If null, the index work runs on this thread. */
  indexWorker?: string | null
  /** Whether the library is on another machine. If null, `openLibrary` detects this. */
  onNetwork?: boolean | null
  /** The migrations to the newest format. Only tests pass other migrations. */
  migrations?: readonly Migration[]
  /** The socket at which this process accepts calls from other programs. The lock file records it. */
  socket?: { path: string; token: string } | null
}
