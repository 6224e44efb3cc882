/** The limits of a worker pool. Only tests change them. */
export interface PoolLimits {
  /** Maximum number of threads. A pool has at least two, so that one long task does not stop the others. */
  maxThreads: number
  /** Maximum heap of a thread for old objects, in megabytes. */
  maxHeapMb: number
  /** A thread ends after this many tasks, so that memory that a library keeps does not grow. */
  maxTasks: number
  /** A thread that uses more memory than this after a task ends. */
  maxIdleBytes: number
  /** A thread without work ends after this time. */
  maxIdleMs: number
  /** The time between two measurements of a working thread. */
  checkIntervalMs: number
  /**
   * The last resort: a thread whose CPU time cannot be measured, or that only waits, ends after this many times the CPU
   * limit of its task. Only the time in which the program itself runs counts.
   */
  maxClockFactor: number
}

/** The limits of the pool that parses foreign bytes. A refresh keeps a few threads busy, and each may need its heap. */
export const poolLimits: PoolLimits = {
  maxThreads: 3,
  maxHeapMb: 512,
  maxTasks: 200,
  maxIdleBytes: 96 * 1024 * 1024,
  maxIdleMs: 15_000,
  checkIntervalMs: 200,
  maxClockFactor: 30,
}
