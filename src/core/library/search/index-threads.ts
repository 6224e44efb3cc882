import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Input, SearchResult } from '../../../shared/contract/api'
import { AppError, type ErrorShape } from '../../../shared/errors'
import { asWriteError } from '../../files'
import type { FillOptions, Searcher, Unread } from './search-index'

/** The task of an index thread, which the thread receives as its `workerData`. */
export type IndexWork =
  | { kind: 'fill'; path: string; root: string; folders: readonly string[] }
  | { kind: 'search'; path: string; root: string }
  | { kind: 'publish'; path: string; target: string }

/** A message that an index thread sends while it fills or copies an index. */
export type FillMessage =
  | { kind: 'progress'; done: number; current: string }
  | { kind: 'done'; unread: Unread[] }
  | { kind: 'failed'; error: ErrorShape }

/** A search for a searching thread. Its answer carries the same number. */
export interface SearchQuestion {
  number: number
  input: Input<'searchBulletins'>
}

/** The answer to a {@link SearchQuestion}. */
export type SearchAnswer = { number: number; result: SearchResult } | { number: number; error: string }

/**
 * Puts the bulletins of `work.folders` into the index at `work.path` on another thread, so that the interface stays
 * responsive. Returns the bulletins that could not be read. Throws `cancelled` and the errors of a write.
 */
export async function fillInThread(
  workerFile: string,
  work: Omit<Extract<IndexWork, { kind: 'fill' }>, 'kind'>,
  { onProgress, signal }: FillOptions,
): Promise<Unread[]> {
  const worker = new Worker(workerFile, { workerData: { kind: 'fill', ...work } satisfies IndexWork, execArgv: [] })
  const { promise, resolve, reject } = Promise.withResolvers<Unread[]>()
  const abort = (): void => reject(new AppError('cancelled', 'index: cancelled'))
  signal?.addEventListener('abort', abort, { once: true })
  // The type assertion is safe, because only the program's own worker posts messages here.
  worker.on('message', (message: FillMessage) => {
    if (message.kind === 'progress') onProgress?.(message.done, work.folders.length, message.current)
    else if (message.kind === 'done') resolve(message.unread)
    else reject(new AppError(message.error.code, message.error.message, message.error.details))
  })
  worker.once('error', (thrown) => reject(asWriteError(thrown, 'index', work.path)))
  worker.once('exit', () => reject(new AppError('write-failed', 'index: the thread ended without an answer')))
  try {
    return await promise
  } finally {
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}

/**
 * Copies the index at `work.path` into the index file `work.target` on another thread (see
 * {@link ./staged-database.copyIndex}). Throws the errors of a write.
 */
export async function publishInThread(workerFile: string, work: { path: string; target: string }): Promise<void> {
  const worker = new Worker(workerFile, { workerData: { kind: 'publish', ...work } satisfies IndexWork, execArgv: [] })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  // The type assertion is safe, because only the program's own worker posts messages here.
  worker.on('message', (message: FillMessage) => {
    if (message.kind === 'failed')
      reject(new AppError(message.error.code, message.error.message, message.error.details))
    else resolve()
  })
  worker.once('error', (thrown) => reject(asWriteError(thrown, 'index', work.path)))
  worker.once('exit', () => reject(new AppError('write-failed', 'index: the thread ended without an answer')))
  try {
    await promise
  } finally {
    await worker.terminate()
  }
}

/**
 * The heap limits of a searching thread, in megabytes. A search reads many texts and keeps none, so a small heap makes
 * the thread free their memory early. A text that does not fit ends the thread, and the caller searches its own index
 * instead.
 */
const searchLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 48 } as const

/**
 * Maximum number of searching threads. One processor stays free for lists and opened bulletins. Two threads are enough
 * for two searches at the same time.
 */
const maxSearchThreads = Math.min(2, Math.max(1, availableParallelism() - 1))

/**
 * Creates a searcher for the index at `place.path` of the library at `place.root`. The searcher runs searches on other
 * threads. It starts a new thread when all running threads are busy.
 */
export function createSearcher(
  workerFile: string,
  place: { path: string; root: string },
  maxThreads: number = maxSearchThreads,
): Searcher {
  const threads = Array.from({ length: Math.max(1, maxThreads) }, () => createSearchThread(workerFile, place))
  return {
    search(input) {
      // Chooses the first of the threads with the fewest waiting searches, so that searches one after another use the
      // same thread.
      const minWaiting = Math.min(...threads.map((thread) => thread.countWaiting()))
      const chosen = threads.find((thread) => thread.countWaiting() === minWaiting)
      return chosen?.search(input) ?? Promise.resolve(null)
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

/** Creates a searching thread. The thread starts with its first search. */
function createSearchThread(
  workerFile: string,
  { path, root }: { path: string; root: string },
): Searcher & { countWaiting(): number } {
  let worker: Worker | null = null
  let number = 0
  const waiting = new Map<number, (result: SearchResult | null) => void>()
  const end = (): void => {
    worker = null
    for (const resolve of waiting.values()) resolve(null)
    waiting.clear()
  }
  const start = (): Worker => {
    const started = new Worker(workerFile, {
      workerData: { kind: 'search', path, root } satisfies IndexWork,
      resourceLimits: searchLimits,
      execArgv: [],
    })
    started.on('message', (answer: SearchAnswer) => {
      waiting.get(answer.number)?.('result' in answer ? answer.result : null)
      waiting.delete(answer.number)
      // `unref` lets the program end while the thread waits for searches.
      if (waiting.size === 0) started.unref()
    })
    started.once('error', end)
    started.once('exit', end)
    return started
  }
  return {
    countWaiting: () => waiting.size,
    search(input) {
      worker ??= start()
      number += 1
      const { promise, resolve } = Promise.withResolvers<SearchResult | null>()
      waiting.set(number, resolve)
      worker.ref()
      worker.postMessage({ number, input } satisfies SearchQuestion)
      return promise
    },
    async close() {
      await worker?.terminate()
    },
  }
}
