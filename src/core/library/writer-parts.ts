import type { Ports } from '../ports'
import type { ExtractAgain } from './changes/addition'
import type { FolderCheck } from './recovery/folder-check'
import type { LibraryIndex } from './search/library-index'
import type { Catalog } from './store/catalog'
import type { WriteContext } from './store/commit'
import type { LoggedEvent } from './store/journal'
import type { WriteQueue } from './write-queue'

/**
 * The state of a library that is open for writing. When the library closes, this state decides whether the next writer
 * has to recover it.
 */
export interface WriterState {
  /** Whether every change that a crash interrupted has been finished or undone. */
  isRecovered: boolean
  /** Whether a failed change has left a folder in an unfinished state, which the next writer must recover. */
  isRecoveryNeeded: boolean
  /**
   * The folders that a failed change has left unfinished, as paths below the library. The next change of such a folder
   * recovers it first.
   */
  unfinishedFolders: Set<string>
  /** Whether this writer has begun to migrate the library. From then on, the index has rows of old documents. */
  isMigrating: boolean
}

/** The dependencies that all changes of a library share. */
export interface WriterParts extends Pick<Ports, 'clock' | 'program'> {
  root: string
  writing: WriteContext
  queue: WriteQueue
  index: LibraryIndex
  catalog: Catalog
  folderCheck: FolderCheck
  extractAgain: ExtractAgain
  /** Adds an event to the library's journal. */
  recordEvent(event: LoggedEvent): void
  /** Updates the index row of the bulletin that was just written in `folder`. Returns the id of the bulletin. */
  updateRow(folder: string): Promise<string>
  /** Waits until the library is recovered. If a change did not wait, a bulletin might be stored twice. */
  waitForRecovery(): Promise<void>
}
