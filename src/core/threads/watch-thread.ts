import type { Worker } from 'node:worker_threads'
import type { PoolLimits } from './pool-limits'

/** What {@link watchThread} compares the CPU time of a thread with. */
export interface CpuLimit {
  /** The CPU time of the thread before the task, in ms. */
  startCpuMs: number
  /** Maximum CPU time of the task, in ms. */
  maxCpuMs: number
}

/**
 * Calls `fail` with a reason when a thread has used more CPU time for its task than allowed. A busy machine does not
 * change the result, because time in which the thread waits for a CPU does not count. Returns the function that ends the
 * watch.
 */
export function watchThread(
  worker: Worker,
  { checkIntervalMs, maxClockFactor }: Pick<PoolLimits, 'checkIntervalMs' | 'maxClockFactor'>,
  { startCpuMs, maxCpuMs }: CpuLimit,
  fail: (why: string) => void,
): () => void {
  const maxChecks = (maxCpuMs * maxClockFactor) / checkIntervalMs
  let [checks, isMeasuring] = [0, false]
  const measure = async (): Promise<void> => {
    const { user, system } = await worker.cpuUsage()
    if ((user + system) / 1000 - startCpuMs > maxCpuMs) fail(`more than ${maxCpuMs} ms of CPU time`)
  }
  // Node.js can measure another thread since version 24.6.
  const canMeasure = 'cpuUsage' in worker
  const timer = setInterval(() => {
    // Checks are counted instead of time, because a machine that sleeps or is overloaded makes no checks.
    checks += 1
    if (checks > maxChecks) fail(`not finished after ${checks} checks`)
    if (!canMeasure || isMeasuring) return
    isMeasuring = true
    void measure()
      .catch(() => undefined) // the thread has ended, and its exit event is the answer
      .finally(() => (isMeasuring = false))
  }, checkIntervalMs)
  return () => clearInterval(timer)
}
