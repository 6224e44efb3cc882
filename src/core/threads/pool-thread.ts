import { Worker } from 'node:worker_threads'
import { AppError } from '../../shared/errors'
import type { PoolLimits } from './pool-limits'
import type { TaskLimits } from './task'
import type { TaskAnswer, TaskRequest } from './task-messages'
import { watchThread } from './watch-thread'

/** A thread of a pool. It does one task at a time. */
export interface PoolThread {
  /**
   * Does a task. Throws the errors of the task. If the task exceeds a limit or the signal is aborted, ends the thread and
   * throws `too-complex` (details: name) or `cancelled`.
   */
  run(request: TaskRequest, limits: TaskLimits, signal: AbortSignal | undefined): Promise<unknown>
  /** Whether the thread has reached one of its limits and must not get another task. */
  isSpent(): boolean
  end(): Promise<void>
}

/** Starts a thread that runs the script `file`. The script calls {@link ./answer-tasks.answerTasks}. */
export function startThread(file: string, limits: PoolLimits): PoolThread {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb }, execArgv: [] })
  // A thread without work must not keep the program running.
  worker.unref()
  let [taskCount, isEnded, cpuMs, memoryBytes] = [0, false, 0, 0]
  worker.once('exit', () => (isEnded = true))
  // Between two tasks there is no other listener, and an `error` event without a listener would end the program.
  worker.on('error', () => (isEnded = true))
  const end = async (): Promise<void> => {
    isEnded = true
    await worker.terminate()
  }
  return {
    end,
    isSpent: () => isEnded || taskCount >= limits.maxTasks || memoryBytes > limits.maxIdleBytes,
    async run(request, { maxCpuMs }, signal) {
      taskCount += 1
      worker.ref()
      try {
        const answer = await ask(worker, request, { signal, limits, cpu: { startCpuMs: cpuMs, maxCpuMs } })
        cpuMs = answer.usage.cpuMs ?? cpuMs
        memoryBytes = answer.usage.memoryBytes
        if (answer.ok) return answer.output
        const { code, message, details } = answer.error
        throw new AppError(code, message, details)
      } catch (thrown) {
        if (thrown instanceof UnansweredError) {
          await end()
          throw thrown.reason
        }
        throw thrown
      } finally {
        worker.unref()
      }
    },
  }
}

/** The error for a thread that was stopped before it answered. The thread may still be working. */
class UnansweredError extends Error {
  readonly reason: AppError
  constructor(reason: AppError) {
    super(reason.message)
    this.reason = reason
  }
}

/**
 * Sends a request to a thread and waits for the answer. Throws {@link UnansweredError} if the thread is stopped first.
 */
async function ask(
  worker: Worker,
  request: TaskRequest,
  given: { signal: AbortSignal | undefined; limits: PoolLimits; cpu: Parameters<typeof watchThread>[2] },
): Promise<TaskAnswer> {
  const { task, name } = request
  const { promise, resolve, reject } = Promise.withResolvers<TaskAnswer>()
  const fail = (why: string): void =>
    reject(new UnansweredError(new AppError('too-complex', `${task} ${name}: ${why}`, { name })))
  const abort = (): void => reject(new UnansweredError(new AppError('cancelled', `${task}: cancelled`)))
  const onError = (thrown: unknown): void => fail(String(thrown))
  const onExit = (): void => fail('the thread ended without an answer')
  const stopWatching = watchThread(worker, given.limits, given.cpu, fail)
  given.signal?.addEventListener('abort', abort, { once: true })
  worker.once('message', resolve).once('messageerror', onError).once('error', onError).once('exit', onExit)
  try {
    worker.postMessage({ ...request, input: copyParts(request.input) } satisfies TaskRequest)
    return await promise
  } finally {
    stopWatching()
    given.signal?.removeEventListener('abort', abort)
    worker.off('message', resolve).off('messageerror', onError).off('error', onError).off('exit', onExit)
  }
}

/**
 * Replaces byte arrays that are a part of a larger buffer with copies of that part. A message to a thread carries the
 * whole buffer, so a file with 10,000 bulletins would otherwise be copied 10,000 times.
 */
function copyParts(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input
  const entries = Object.entries(input).map(([key, value]: [string, unknown]): [string, unknown] => [
    key,
    value instanceof Uint8Array && value.byteLength < value.buffer.byteLength ? Uint8Array.from(value) : value,
  ])
  return Object.fromEntries(entries)
}
