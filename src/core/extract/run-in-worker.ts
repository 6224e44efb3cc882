import { Worker } from 'node:worker_threads'
import { AppError, type ErrorShape } from '../../shared/errors'
import type { Extraction, ReceivedPage } from './extraction'

/** How an extraction is kept apart. */
export interface Isolation {
  /** The built worker; null extracts in this thread. */
  workerFile: string | null
  /** After this time the page counts as `too-complex`. */
  timeoutMs: number
  signal?: AbortSignal
}

/** Memory one page's extraction may take, in MB. */
const maxHeapMb = 512

/**
 * Extracts a page in a thread of its own, with bounds on time and memory: a page that was built to exhaust parsers
 * costs that thread only. Throws what {@link ./extract.extractBulletin} throws; `too-complex` past the bounds; `cancelled`.
 */
export async function extractInWorker(
  page: ReceivedPage,
  { workerFile, timeoutMs, signal }: Isolation,
): Promise<Extraction> {
  if (signal?.aborted === true) throw new AppError('cancelled', 'extract: cancelled')
  if (workerFile === null) return (await import('./extract')).extractBulletin(page)
  const worker = new Worker(workerFile, {
    workerData: page,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    execArgv: [],
  })
  const { promise, resolve, reject } = Promise.withResolvers<Extraction>()
  const tooComplex = (why: string): AppError =>
    new AppError('too-complex', `extract ${page.name}: ${why}`, { name: page.name })
  const timer = setTimeout(() => reject(tooComplex(`no end after ${timeoutMs} ms`)), timeoutMs)
  const abort = (): void => reject(new AppError('cancelled', 'extract: cancelled'))
  signal?.addEventListener('abort', abort, { once: true })
  // Our own worker's answer: the same types, cloned.
  worker.once('message', (answer: { ok: true; extraction: Extraction } | { ok: false; error: ErrorShape }) => {
    if (answer.ok) resolve(answer.extraction)
    else reject(new AppError(answer.error.code, answer.error.message, answer.error.details))
  })
  worker.once('error', (cause) => reject(tooComplex(String(cause))))
  worker.once('exit', () => reject(tooComplex('the worker ended without an answer')))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}
