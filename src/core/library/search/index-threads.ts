import { Worker } from 'node:worker_threads'
import type { Input, SearchResult } from '../../../shared/contract/api'
import { AppError } from '../../../shared/errors'
import type { Unread } from './fill-index'
import type { FillOptions } from './library-index'

/** What a thread of the index is started for. */
export type IndexWork =
  | { kind: 'fill'; path: string; root: string; folders: readonly string[] }
  | { kind: 'search'; path: string; root: string }

/** What the filling thread says. */
export type FillAnswer =
  | { kind: 'progress'; done: number; current: string }
  | { kind: 'done'; unread: Unread[] }
  | { kind: 'failed'; error: string }

/** A search, numbered so that its answer finds it. */
export interface SearchQuestion {
  number: number
  asked: Input<'searchBulletins'>
}

/** The answer to a {@link SearchQuestion}. */
export type SearchAnswer = { number: number; result: SearchResult } | { number: number; error: string }

/**
 * Puts the bulletins of these folders into the index at `path`, in a thread of its own, so that the interface goes on
 * meanwhile. Returns those that could not be read. Throws `cancelled`, `write-failed`.
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
  // Our own thread's answers: the same types, cloned.
  worker.on('message', (answer: FillAnswer) => {
    if (answer.kind === 'progress') onProgress?.(answer.done, work.folders.length, answer.current)
    else if (answer.kind === 'done') resolve(answer.unread)
    else reject(new AppError('write-failed', `index: ${answer.error}`))
  })
  worker.once('error', reject)
  worker.once('exit', () => reject(new Error('index: the thread ended without an answer')))
  try {
    return await promise
  } finally {
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}

/** Searches in a thread of their own: ranking a hundred thousand bulletins must not hold up the interface. */
export interface Searcher {
  /** Null where the thread can't answer (a damaged file): the caller asks its own index, which mends it. */
  search(asked: Input<'searchBulletins'>): Promise<SearchResult | null>
  close(): Promise<void>
}

/**
 * The texts of many bulletins pass through this thread, none stays: what a page of hits leaves behind is cleared away
 * early. A text too large for it ends the thread, and the caller's own index answers.
 */
const searchLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 48 } as const

/** A thread that searches the index at `path` of the library at `root`; it begins with the first search. */
export function createSearcher(workerFile: string, { path, root }: { path: string; root: string }): Searcher {
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
      // A program that has nothing else to do may end.
      if (waiting.size === 0) started.unref()
    })
    started.once('error', end)
    started.once('exit', end)
    return started
  }
  return {
    search(asked) {
      worker ??= start()
      number += 1
      const { promise, resolve } = Promise.withResolvers<SearchResult | null>()
      waiting.set(number, resolve)
      worker.ref()
      worker.postMessage({ number, asked } satisfies SearchQuestion)
      return promise
    },
    async close() {
      await worker?.terminate()
    },
  }
}
