import type { FeatureParts } from '../feature'
import type { Network } from '../fetch/network'
import { inBackground } from '../threads/task'
import type { RefreshService } from './refresh-service'

/** The refresh service of a running program. The code of the service is loaded at the first use. */
export interface LazyRefreshService {
  open(): Promise<RefreshService>
  /** Starts the scheduled refreshes if this program runs schedules. A failure is only logged. */
  start(): void
  /** Interrupts the running refreshes. They continue when the program starts again. */
  close(): Promise<void>
}

/** Creates the service. `followsSchedules` is true if this program starts the scheduled refreshes. */
export function createLazyRefreshService(
  { ports, library, jobs, emit, extract, runTask }: FeatureParts,
  network: Network,
  followsSchedules: boolean,
): LazyRefreshService {
  let service: Promise<RefreshService> | null = null
  const create = async (): Promise<RefreshService> => {
    const { createRefreshService } = await import('./refresh-service')
    return createRefreshService({
      library,
      extract,
      runTask: inBackground(runTask),
      clock: ports.clock,
      log: ports.log,
      politeness: await network.politeness(),
      jobs,
      batch: (work) => library.batch(work),
      onStored: (id) => emit({ type: 'bulletins-changed', ids: [id] }),
      onChange(refresh) {
        emit({ type: 'refresh-changed', refresh })
        if (refresh.endedAt !== null) emit({ type: 'sources-changed' })
      },
      followsSchedules,
    })
  }
  const open = (): Promise<RefreshService> => (service ??= create())
  return {
    open,
    start() {
      if (!followsSchedules) return
      void open()
        .then(({ start }) => start())
        .catch((thrown: unknown) => ports.log.warn('follow: schedules not started', thrown))
    },
    async close() {
      // If the service could not be opened, there is nothing to close. The caller that opened it has already received
      // the error.
      const opened = await service?.catch(() => null)
      opened?.prepareToQuit()
    },
  }
}
