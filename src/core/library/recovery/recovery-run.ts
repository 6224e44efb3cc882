import type { FillOptions } from '../search/search-index'
import type { WriterIndex } from '../open-writer-index'
import type { WriteQueue } from '../write-queue'
import type { WriterState } from '../writer-parts'
import type { LibraryRecovery } from './recover'

/** Runs the recovery of one open library, at most one run at a time. Additions wait until the run has ended. */
export interface RecoveryRun {
  /** See {@link ../library.Library.recover}. A call during a run waits for that run. */
  recover(options?: FillOptions): Promise<number>
  /** Recovers the library, unless it is already recovered and its index is up to date. */
  waitForRecovery(): Promise<void>
  needsRecovery(): boolean
}

/** The dependencies of a recovery run. */
export interface RecoveryRunParts {
  state: WriterState
  recovery: LibraryRecovery
  opened: WriterIndex
  queue: WriteQueue
  /**
   * Whether another person may have made the `index.html` files and `README.txt` of the library. A recovery then makes
   * all of them again.
   */
  isForeign: boolean
}

/** Creates the recovery run of an open library. */
export function createRecoveryRun({ state, recovery, opened, queue, isForeign }: RecoveryRunParts): RecoveryRun {
  const { index } = opened
  let { isComplete, isCurrent } = opened
  let running: Promise<number> | null = null
  const recoverNow = async (options: FillOptions): Promise<number> => {
    const parts = { ...options, exclusive: queue.enqueue }
    if (!state.isRecovered) await recovery.recoverAll(parts)
    state.isRecovered = true
    await recovery.mergeDuplicates(index, queue.enqueue)
    // The pages are made again before the index is marked as complete. If this step is interrupted, the next recovery
    // repeats it.
    if (isForeign && !isComplete) await recovery.renewPages(parts)
    const count = await (isComplete ? recovery.updateIndex(index, parts) : index.rebuild(options))
    isComplete = true
    isCurrent = true
    return count
  }
  const recover = (options: FillOptions = {}): Promise<number> =>
    (running ??= recoverNow(options).finally(() => (running = null)))
  const needsRecovery = (): boolean => !(state.isRecovered && isCurrent)
  return {
    recover,
    needsRecovery,
    async waitForRecovery() {
      if (needsRecovery()) await recover()
    },
  }
}
