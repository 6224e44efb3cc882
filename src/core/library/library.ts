import type {
  CheckResult,
  Input,
  Output,
  RereadResult,
  RestoreResult,
  SearchResult,
  VerifyResult,
} from '../../shared/contract/api'
import type {
  Bulletin,
  Filter,
  ListOrder,
  ListItem,
  Position,
  RepairName,
  RevisionSummary,
} from '../../shared/bulletin'
import type { Encoding } from '../../shared/text/encodings'
import type { Ports } from '../ports'
import type { StoredAddition, Addition, Reread } from './changes/add-bulletin'
import type { AdditionFile } from './store/captures'
import type { RestoreParts } from './backup/restore-backup'
import type { MarksChange } from './changes/marks'
import type { Migration } from './store/migrations'
import type { SourceStore } from './sources/source-store'
import type { StoredPage } from './store/stored-page'
import type { FillOptions } from './search/library-index'
import type { Counts } from './search/search-index'
import type { Progress } from './recovery/verify'

/** A change of the reader's status of some bulletins. */
export type StatusChange = Omit<Input<'markBulletins'>, 'ids'>

/** The only door to what is stored. Writes wait for each other; a library opened for reading refuses them. */
export interface Library {
  readonly readOnly: boolean
  list(filter: Filter, offset: number, limit: number, order?: ListOrder): Promise<{ total: number; items: ListItem[] }>
  search(asked: Input<'searchBulletins'>): Promise<SearchResult>
  count(): Promise<Counts>
  groups(): Promise<Output<'listGroups'>>
  /** Makes the index anew from the documents; returns how many bulletins it holds. Throws `cancelled`. */
  reindex(options: FillOptions): Promise<number>
  /** As it is now, or in an older revision. Throws `bulletin-not-found`, `bulletin-damaged`, `revision-not-found`. */
  get(id: string, revision?: number): Promise<Bulletin>
  /** Bytes of a file of the bulletin. Throws `bulletin-not-found`, `file-not-found`. */
  readFile(id: string, name: string): Promise<Uint8Array>
  /** Oldest first. Throws `bulletin-not-found`, `bulletin-damaged`. */
  revisions(id: string): Promise<RevisionSummary[]>
  /** The revision whose digest begins so, current or older; what no revision is, is not kept. */
  findDigest(prefix: string): Promise<CheckResult>
  /** Word diff between two revisions; see the contract for what stands for a missing number. Throws also `revision-not-found`. */
  diff(id: string, from: number | undefined, to: number | undefined): Promise<Output<'diffRevisions'>>
  /** Whether a crash, or an index that was cut off, left something to {@link Library.recover}. */
  needsRecovery(): boolean
  /**
   * Finishes what a crash cut off and brings the index up to date; returns how many rows it made. What adds bulletins
   * waits for it. Throws `cancelled`.
   */
  recover(options?: FillOptions): Promise<number>
  add(addition: Addition): Promise<StoredAddition>
  /**
   * Stores what nobody asked for by itself (a refresh): what was deleted for good stays so (null), what lies in the trash
   * stays there, and a page that differs but whose text is the same leaves no capture.
   */
  addAutomatically(addition: Addition): Promise<StoredAddition | null>
  /** What became of a bulletin, by its id or an address: `id` is null where it is not kept, in the trash neither. */
  findByOrigin(origin: { address: string } | { id: string }): Promise<{ id: string | null; isDeleted: boolean }>
  /** Notes since when a bulletin's portal no longer has its page, or with null that it has. Throws `bulletin-not-found`. */
  recordAvailability(id: string, url: string, since: Date | null): Promise<void>
  /** The followed sources and their refreshes. */
  sourceStore: SourceStore
  /** Work that adds many: they go into the index in batches, the last when it ends. Each is stored when its `add` says so. */
  batch<T>(work: () => Promise<T>): Promise<T>
  /** Changes the status of all these bulletins; returns those that changed. Throws `bulletin-not-found` before any does. */
  mark(ids: readonly string[], marking: StatusChange): Promise<string[]>
  /** Keeps and removes highlights and notes; says whether anything changed. Throws `bulletin-not-found`. */
  keepMarks(id: string, change: MarksChange): Promise<boolean>
  /** Keeps where reading stopped; says whether the bulletin began or ceased to be half-read. */
  keepPosition(id: string, position: Position | null): Promise<boolean>
  /** Moves bulletins to the trash; returns those that were not there yet. Throws `bulletin-not-found` before any does. */
  trash(ids: readonly string[]): Promise<string[]>
  /** Puts bulletins of the trash back where they were; returns those that moved. Throws as {@link Library.trash}. */
  restore(ids: readonly string[]): Promise<string[]>
  /** Deletes for good what is in the trash, these or all; a tombstone of each stays. Returns the deleted ids. */
  emptyTrash(ids: readonly string[] | null): Promise<string[]>
  /** Takes a repair of the current text back, or makes it again; the number of the revision that is current then. */
  setRepair(id: string, name: RepairName, isUndone: boolean): Promise<number>
  /** Checks all, or these bulletins; `isRecorded` puts what was found into the journal. Throws `bulletin-not-found`, `cancelled`. */
  verify(options: {
    onlyIds?: readonly string[]
    isRecorded?: boolean
    onProgress?: Progress
    signal?: AbortSignal
  }): Promise<VerifyResult>
  /** Extracts the kept page again; the number of the revision that is current then. Throws `bulletin-not-found`. */
  reextract(id: string): Promise<number>
  /** Stores pictures and files that were missing and puts them in their places; the current revision's number then. */
  addFiles(id: string, files: readonly AdditionFile[]): Promise<number>
  /** Reads the kept page in another encoding, as a new revision. Throws `bulletin-not-found`, `bulletin-damaged`, and what extraction throws. */
  reread(id: string, encoding: Encoding): Promise<RereadResult>
  /** The page that the current text was extracted from. Throws `bulletin-not-found`, `bulletin-damaged`. */
  readStoredPage(id: string): Promise<StoredPage>
  /** Merges a backup into this library; what each means is said by the contract. Throws `not-a-backup`, `unreadable`, `cancelled`. */
  restoreBackup(file: string, options: RestoreOptions): Promise<RestoreResult>
  /** Whether the sample bulletin was ever put here; once said, it stays said. */
  wasSampleAdded(): boolean
  recordSampleAdded(): Promise<void>
  /** Waits for running writes, then gives the lock back. */
  close(): Promise<void>
}

/** How a backup is restored: bulletins deleted for good stay so unless `withDeleted`. `onStored` hears each id that changed. */
export interface RestoreOptions extends Pick<RestoreParts, 'withDeleted' | 'signal' | 'onProgress'> {
  onStored(id: string): void
}

/** What a library needs of its host; `reread` extracts a kept page again. */
export interface LibraryOptions {
  /** `cache` is this user's own folder for indexes that can't lie in their library. */
  ports: Pick<Ports, 'openStore' | 'clock' | 'log' | 'program'> & { root: string; cache: string }
  access: 'write' | 'read'
  reread: Reread
  /** Whether a library that a crash left is settled before it is opened, or later, by who calls `recover`. */
  recovery?: 'first' | 'later'
  /** The built thread of the index; null works in this one. */
  indexWorker?: string | null
  /** Whether the library lies on another machine; null finds out. */
  onNetwork?: boolean | null
  /** Steps to the newest format; others only in tests. */
  migrations?: readonly Migration[]
  /** Where the holder takes calls from other programs; stands in the lock. */
  socket?: { path: string; token: string } | null
}

/**
 * Opens a library. For writing: takes the lock (`library-locked`), makes what is missing, settles what a crash
 * left and fills a missing or damaged index (now or `later`). For reading: needs nothing, creates nothing; a missing library is an
 * empty one. Throws `library-newer` for a format this version does not know.
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  // Each is loaded when it is needed: a command that only reads starts in half the time.
  if (options.access === 'write') return (await import('./open-for-writing')).openForWriting(options)
  return (await import('./open-for-reading')).openForReading(options)
}
