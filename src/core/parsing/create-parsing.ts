import { AppError } from '../../shared/errors'
import type { RunOptions, RunTask } from '../threads/task'
import { doTask } from '../threads/task-table'
import type { WorkerPool } from '../threads/worker-pool'

/**
 * Creates the pool of threads in which the program parses all bytes from outside (files, downloads), see
 * `parsing-tasks.ts`. `workerFile` is the path of the built script of the threads. If the path is null, as in unit
 * tests, tasks run in this thread and without limits. The parsers are loaded with the first task.
 */
export function createParsing(workerFile: string | null): WorkerPool {
  if (workerFile === null) {
    // The cast is safe, because the function of each task returns the output type of that task.
    return { run: runHere as RunTask, close: () => Promise.resolve() }
  }
  let pool: Promise<WorkerPool> | null = null
  const open = async (): Promise<WorkerPool> => {
    const { createWorkerPool } = await import('../threads/worker-pool')
    return createWorkerPool(workerFile)
  }
  return {
    run: async (task, input, options) => (await (pool ??= open())).run(task, input, options),
    close: async () => (await pool)?.close(),
  }
}

async function runHere(task: { name: string }, input: unknown, { signal, name }: RunOptions): Promise<unknown> {
  if (signal?.aborted === true) throw new AppError('cancelled', `${task.name}: cancelled`)
  const { parsingTasks } = await import('./parsing-tasks')
  return doTask(parsingTasks, { task: task.name, name, input })
}
