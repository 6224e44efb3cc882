import type { Ports } from '../ports'
import type { ExtractAgain } from './changes/addition'
import type { FolderCheck } from './recovery/folder-check'
import type { LibraryIndex } from './search/library-index'
import type { Catalog } from './store/catalog'
import type { WriteContext } from './store/commit'
import type { LoggedEvent } from './store/journal'
import type { WriteQueue } from './write-queue'

/** The state of a library that is open for writing. It decides whether the next writer has to recover. */
export interface WriterState {
  /** Whether every change that a crash interrupted has been finished or undone. */
  isRecovered: boolean
  /** Whether a failed change has left a folder that the next writer must recover. */
  isRecoveryNeeded: boolean
  /** These folders, as paths below the library. The next change of such a folder recovers it first. */
  unfinishedFolders: Set<string>
  /** Whether this writer has begun to migrate the library. The index then has rows of old documents. */
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
  /** Waits until the library is recovered. An addition before the recovery might be stored twice. */
  waitForRecovery(): Promise<void>
}
