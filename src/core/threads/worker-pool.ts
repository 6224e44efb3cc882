import { AppError } from '../../shared/errors'
import { type PoolLimits, poolLimits } from './pool-limits'
import { type PoolThread, startThread } from './pool-thread'
import type { RunOptions, RunTask, TaskLimits } from './task'
import type { TaskRequest } from './task-messages'

/** A pool of a few threads that do tasks. Tasks wait until a thread is free. */
export interface WorkerPool {
  run: RunTask
  /** Ends all threads. A task that is running then throws `cancelled` or `too-complex`. */
  close(): Promise<void>
}

interface WaitingTask extends Omit<RunOptions, 'name'> {
  request: TaskRequest
  limits: TaskLimits
  resolve(output: unknown): void
  reject(thrown: unknown): void
}

/**
 * Creates a pool without threads. A thread starts when a task needs it, and ends after a number of tasks, when it keeps
 * too much memory, or when it has no work for a while. `file` is the script of the threads, see {@link
 * ./pool-thread.startThread}.
 */
export function createWorkerPool(file: string, limits: PoolLimits = poolLimits): WorkerPool {
  const waiting: WaitingTask[] = []
  const free: PoolThread[] = []
  const working = new Map<PoolThread, WaitingTask>()
  let idleTimer: NodeJS.Timeout | null = null
  let isClosed = false

  /**
   * Removes and returns the next task that may start now. A background task may start only if another thread stays
   * free.
   */
  const takeNext = (): WaitingTask | null => {
    if (working.size >= limits.maxThreads) return null
    let at = waiting.findIndex(({ isBackground }) => isBackground !== true)
    const backgroundCount = [...working.values()].filter(({ isBackground }) => isBackground === true).length
    if (at < 0 && waiting.length > 0 && backgroundCount < limits.maxThreads - 1) at = 0
    return at < 0 ? null : (waiting.splice(at, 1)[0] ?? null)
  }

  const startWaiting = (): void => {
    for (let next = takeNext(); next !== null; next = takeNext()) void runOn(takeThread(), next)
  }

  const takeThread = (): PoolThread => {
    for (let thread = free.pop(); thread !== undefined; thread = free.pop()) if (!thread.isSpent()) return thread
    return startThread(file, limits)
  }

  const runOn = async (thread: PoolThread, task: WaitingTask): Promise<void> => {
    working.set(thread, task)
    try {
      task.resolve(await thread.run(task.request, task.limits, task.signal))
    } catch (thrown) {
      task.reject(thrown)
    }
    working.delete(thread)
    if (thread.isSpent() || isClosed) await thread.end()
    else free.push(thread)
    startWaiting()
    endIdleThreadsLater()
  }

  const endIdleThreadsLater = (): void => {
    if (idleTimer !== null) clearTimeout(idleTimer)
    idleTimer = setTimeout(() => void endThreads(free.splice(0)), limits.maxIdleMs)
    idleTimer.unref()
  }

  const run = async (
    task: { name: string; limits: TaskLimits },
    input: unknown,
    options: RunOptions,
  ): Promise<unknown> => {
    const { name, signal, isBackground = false } = options
    const createCancelled = (): AppError => new AppError('cancelled', `${task.name}: cancelled`)
    if (signal?.aborted === true || isClosed) throw createCancelled()
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const request = { task: task.name, name, input }
    const item: WaitingTask = { request, limits: task.limits, signal, isBackground, resolve, reject }
    const leaveQueue = (): void => {
      const at = waiting.indexOf(item)
      if (at < 0) return // a task that is not waiting is stopped by its thread
      waiting.splice(at, 1)
      reject(createCancelled())
    }
    signal?.addEventListener('abort', leaveQueue, { once: true })
    waiting.push(item)
    startWaiting()
    return promise.finally(() => signal?.removeEventListener('abort', leaveQueue))
  }

  return {
    // The cast is safe, because a thread answers a task with the output type of that task.
    run: run as RunTask,
    async close() {
      isClosed = true
      if (idleTimer !== null) clearTimeout(idleTimer)
      for (const { request, reject } of waiting.splice(0)) reject(new AppError('cancelled', `${request.task}: closed`))
      await endThreads([...free.splice(0), ...working.keys()])
    },
  }
}

async function endThreads(threads: readonly PoolThread[]): Promise<void> {
  await Promise.all(threads.map((thread) => thread.end()))
}
