import type { Bulletin, Filter, ListItem, ListOrder, Position, RevisionSummary } from '../../shared/bulletin'
import type { CheckResult, Input, Output, RestoreResult, SearchResult, VerifyResult } from '../../shared/contract/api'
import type { Ports } from '../ports'
import type { RunTask } from '../threads/task'
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

/** The values to change in the status of some bulletins: read, starred, tags and the user's folder. */
export type StatusChange = Omit<Input<'markBulletins'>, 'ids'>

/** One page of a list, and the number of bulletins in the whole list. */
export interface ListedPage {
  total: number
  items: ListItem[]
}

/**
 * An answer of the index. `isPartial` is true if bulletins may be missing from the answer, because the index is not
 * complete yet.
 */
export type Partially<T> = T & { isPartial?: boolean }

/**
 * A library: the only access to the stored documents and files. Writes run one after another. A library that is opened
 * for reading rejects every write with the error code in `refusal`.
 */
export interface Library {
  readonly readOnly: boolean
  /** The code of the error that every write throws. Null if the library is open for writing. */
  readonly refusal: WriteRefusal | null
  /**
   * Lists bulletins. While the index is built for the first time or after damage, bulletins are missing from the list,
   * and the answer has `isPartial: true`. `search` and `count` set `isPartial` in the same way.
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
  /** Whether {@link Library.recover} has work to do, after a crash or because the index is incomplete. */
  needsRecovery(): boolean
  /**
   * Finishes or undoes changes that a crash interrupted, and updates the index. Returns the number of index
   * rows written. Additions wait until the recovery has ended. Throws `cancelled`.
   */
  recover(options?: FillOptions): Promise<number>
  add(addition: Addition): Promise<StoredAddition>
  /**
   * Stores a page that a refresh downloaded. Returns null and stores nothing if the user deleted the bulletin for good.
   * A bulletin in the trash stays there. A page with other bytes but the same text as before creates no capture.
   */
  addAutomatically(addition: Addition): Promise<StoredAddition | null>
  /**
   * Finds a bulletin by its id or an address. The result's `id` is null if neither the library nor its trash has the
   * bulletin.
   */
  findByOrigin(origin: { address: string } | { id: string }): Promise<{ id: string | null; isDeleted: boolean }>
  /**
   * Stores `since` in the bulletin: the time from which the bulletin's page at `url` has been missing on the portal, or
   * null if the page is available. Throws `bulletin-not-found`.
   */
  recordAvailability(id: string, url: string, since: Date | null): Promise<void>
  /** The followed sources and their refreshes. */
  sourceStore: SourceStore
  /**
   * Runs `work`, which adds many bulletins. The index rows of these bulletins are written in batches. The last batch is
   * written before the promise settles.
   */
  batch<T>(work: () => Promise<T>): Promise<T>
  /**
   * Changes the status of bulletins. Returns the ids of the bulletins that changed. Throws `bulletin-not-found` before
   * any change.
   */
  mark(ids: readonly string[], change: StatusChange): Promise<string[]>
  /** Adds, changes and removes highlights and notes. Returns whether anything changed. Throws `bulletin-not-found`. */
  keepMarks(id: string, change: MarksChange): Promise<boolean>
  /** Stores the reading position. Returns whether the bulletin changed from "not started" to "started" or back. */
  keepPosition(id: string, position: Position | null): Promise<boolean>
  /**
   * Moves bulletins to the trash. Returns the ids of the bulletins that moved. Throws `bulletin-not-found` before the
   * first move.
   */
  trash(ids: readonly string[]): Promise<string[]>
  /**
   * Moves bulletins from the trash back to their folders. Returns the ids of the bulletins that moved. Throws the
   * errors of {@link Library.trash}.
   */
  restore(ids: readonly string[]): Promise<string[]>
  /**
   * Deletes bulletins in the trash for good. Writes a tombstone for each of them: a file that records the deletion.
   * `ids` contains the ids of the bulletins to delete. If `ids` is null, deletes all bulletins in the trash. Returns
   * the deleted ids.
   */
  emptyTrash(ids: readonly string[] | null): Promise<string[]>
  /**
   * Verifies all bulletins, or only the bulletins with the given ids. If `isRecorded` is true, the result is written to
   * the journal. Throws `bulletin-not-found`, `cancelled`.
   */
  verify(options: {
    onlyIds?: readonly string[]
    isRecorded?: boolean
    onProgress?: Progress
    signal?: AbortSignal
  }): Promise<VerifyResult>
  /**
   * Returns the address of a page that this user's own program downloaded from a private network address: the newest
   * such page of the bulletin. Returns null if there is no such page. A document may come from another person, so an
   * address counts only if the document carries a code made with this user's key. Throws `bulletin-not-found`,
   * `bulletin-damaged`.
   */
  findTypedPage(id: string): Promise<string | null>
  /** Returns the page that the current revision was extracted from. Throws `bulletin-not-found`, `bulletin-damaged`. */
  readStoredPage(id: string): Promise<StoredPage>
  /**
   * Reads the stored page, so that the caller can extract a new revision from it. Before that, checks the bulletin and
   * rebuilds a damaged one. The function `readFileByAddress` of the page also works after the bulletin has moved to the
   * trash. Throws `library-read-only`, and the errors of {@link Library.readStoredPage}.
   */
  readPageForRevision(id: string): Promise<StoredPage>
  /**
   * Stores a new revision and returns its number. Writes nothing and returns null if `baseRevision` is no longer the
   * current revision. The caller must then read the page again. Throws `bulletin-not-found`, `bulletin-damaged`, and
   * the errors of a write.
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
   * The folders of the library, beside the functions of the host. `root` is the library's folder. `cache` is the user's
   * folder for an index that can't be stored in the library. `config` is the user's config folder, which contains the
   * user's own key.
   */
  ports: Pick<Ports, 'openStore' | 'clock' | 'log' | 'program'> & { root: string; cache: string; config: string }
  access: 'write' | 'read'
  /**
   * The code of the error that writes throw if the library is opened for reading. The default is `library-read-only`.
   */
  refusal?: WriteRefusal
  /** Extracts a stored page again. */
  extractAgain: ExtractAgain
  /**
   * The time at which the library is recovered after a crash. With `first`, the library is recovered before it opens.
   * With `later`, a large library opens before its recovery, and the caller must call `recover`.
   */
  recovery?: 'first' | 'later'
  /** The path of the built script that the index threads run. If null, the index work runs on this thread. */
  indexWorker?: string | null
  /** Runs the tasks of the parsing threads. If null, large bodies are sanitised on this thread. */
  runTask?: RunTask | null
  /** Whether the library's folder is on another machine. If null, `openLibrary` finds out. */
  onNetwork?: boolean | null
  /** The migrations to the newest format. Only tests pass other migrations. */
  migrations?: readonly Migration[]
  /** The socket at which this process accepts calls from other programs. The lock file records it. */
  socket?: { path: string; token: string } | null
}
