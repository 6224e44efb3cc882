import { AppError } from '../../../shared/errors'
import type { SourceRun, UpdateProgress } from './source-run'

/**
 * Runs `work`. If the network is unavailable, waits for the network and runs `work` again. Throws `offline` if the wait
 * takes too long.
 */
export async function retryWhenOnline<T>(
  { refresh, signal, waitForNetwork }: SourceRun,
  update: UpdateProgress,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'offline') throw thrown
      update({ state: 'offline' })
      if (!(await waitForNetwork(refresh, signal))) throw thrown
      update({ state: 'running' })
    }
  }
}
