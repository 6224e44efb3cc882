import { asWriteError, clearStaging } from '../files'
import type { LibraryIndex } from './search/library-index'
import type { WriteContext } from './store/commit'
import type { Journal } from './store/journal'
import type { Lock } from './lock/lock'
import type { WriteQueue } from './write-queue'
import type { WriterState } from './writer-parts'

/** The dependencies of {@link closeLibrary}. */
export interface CloseParts {
  writing: WriteContext
  state: WriterState
  queue: Pick<WriteQueue, 'waitForWrites'>
  index: Pick<LibraryIndex, 'close'>
  journal: Pick<Journal, 'sync'>
  lock: Lock
}

/**
 * Waits for running writes, closes the index and the journal, and releases the lock. Throws `disk-full`,
 * `library-read-only` or `write-failed` if the index, the journal or the staging folder can't be written.
 */
export async function closeLibrary({ writing, state, queue, index, journal, lock }: CloseParts): Promise<void> {
  await queue.waitForWrites()
  let isClosed = false
  try {
    await index.close()
    journal.sync()
    await clearStaging(writing.staging)
    isClosed = true
  } catch (thrown) {
    throw asWriteError(thrown, 'close library', writing.root)
  } finally {
    // The lock is released even if another step failed. Otherwise no program, not even this one, could open the library
    // again.
    await lock.release({ isClean: isClosed && state.isRecovered && !state.isRecoveryNeeded })
  }
}
