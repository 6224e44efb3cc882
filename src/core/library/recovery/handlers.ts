import type { Job } from '../../../shared/contract/api'
import type { Handlers } from '../../dispatch'
import type { FeatureParts } from '../../feature'
import type { Run } from '../../jobs'

/** The dependencies of {@link createRecoveryHandlers} and {@link startRecovery}. */
type RecoveryParts = Pick<FeatureParts, 'library' | 'jobs' | 'emit'>

/** Creates the handlers of the methods that rebuild the index and verify the library. */
export function createRecoveryHandlers({
  library,
  jobs,
  emit,
}: RecoveryParts): Pick<Handlers, 'startReindex' | 'startVerify'> {
  return {
    startReindex: () => ({ jobId: jobs.start('reindex', (run) => index(() => library.reindex(run), emit)) }),
    startVerify: ({ ids }, caller) => ({
      jobId: jobs.start('verify', (run) =>
        library.verify({
          ...run,
          // The result is written to the journal, except if a page verifies a read-only library. In that case, nothing
          // may be written to the library.
          isRecorded: caller === 'program' || !library.readOnly,
          ...(ids == null ? {} : { onlyIds: ids }),
        }),
      ),
    }),
  }
}

/** Starts the job that recovers the library after a crash. */
export function startRecovery({ library, jobs, emit }: RecoveryParts): void {
  jobs.start('reindex', (run: Run) => index(() => library.recover(run), emit))
}

async function index(
  work: () => Promise<number>,
  emit: FeatureParts['emit'],
): Promise<NonNullable<Extract<Job, { kind: 'reindex' }>['result']>> {
  const startMs = Date.now()
  const indexed = await work()
  emit({ type: 'bulletins-changed', ids: [] })
  return { indexed, ms: Date.now() - startMs }
}
