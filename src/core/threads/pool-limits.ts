/** The limits of a worker pool. Only tests set other values than {@link poolLimits}. */
export interface PoolLimits {
  /** Maximum number of threads. The value is at least two, so that one long task does not stop the others. */
  maxThreads: number
  /** Maximum size of the heap for long-lived objects ("old generation") of a thread, in megabytes. */
  maxHeapMb: number
  /** Maximum number of tasks of one thread. Then the thread ends, because libraries may keep memory after each task. */
  maxTasks: number
  /** Maximum memory of a thread between two tasks, in bytes. A thread that keeps more memory ends. */
  maxIdleBytes: number
  /** Time in ms without a task after which a thread ends. */
  maxIdleMs: number
  /** Time in ms between two measurements of a working thread. */
  checkIntervalMs: number
  /**
   * Maximum running time of a task, as a multiple of its CPU limit. The limit ends a thread that only waits, and a
   * thread whose CPU time cannot be measured. Time in which the whole program does not run is not counted.
   */
  maxClockFactor: number
}

/**
 * The limits of the pool that parses downloaded pages and imported files. A refresh of sources keeps a few threads
 * busy, and each thread may need its whole heap.
 */
export const poolLimits: PoolLimits = {
  maxThreads: 3,
  maxHeapMb: 512,
  maxTasks: 200,
  maxIdleBytes: 96 * 1024 * 1024,
  maxIdleMs: 15_000,
  checkIntervalMs: 200,
  maxClockFactor: 30,
}
