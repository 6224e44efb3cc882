import type { Worker } from 'node:worker_threads'
import type { PoolLimits } from './pool-limits'

/** The limit of the CPU time that {@link watchThread} checks. */
export interface CpuLimit {
  /** The CPU time that the thread had used before the task, in ms. */
  startCpuMs: number
  /** Maximum CPU time of the task, in ms. */
  maxCpuMs: number
}

/**
 * Watches a thread during a task. Calls `fail` with a reason when the thread has used more CPU time than the task may.
 * Time in which the thread waits for a free CPU does not count, so a busy machine does not change the result. Returns
 * the function that ends the watch.
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
  // Node.js can measure the CPU time of another thread since version 24.6.
  const canMeasure = 'cpuUsage' in worker
  const timer = setInterval(() => {
    // The limit is a number of checks and not a time, because a machine that sleeps or is overloaded makes no checks.
    checks += 1
    if (checks > maxChecks) fail(`not finished after ${checks} checks`)
    if (!canMeasure || isMeasuring) return
    isMeasuring = true
    void measure()
      .catch(() => undefined) // the thread has ended, and its `exit` event reports that
      .finally(() => (isMeasuring = false))
  }, checkIntervalMs)
  return () => clearInterval(timer)
}
