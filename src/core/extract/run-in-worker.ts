import { Worker } from 'node:worker_threads'
import { AppError, type ErrorShape } from '../../shared/errors'
import type { Extraction, ReceivedPage } from './extraction'

/** How an extraction is isolated from the rest of the program. */
export interface Isolation {
  /** Path of the built worker. If the path is null, the extraction runs in this thread. */
  workerFile: string | null
  /** Time limit. A page that takes longer is refused with `too-complex`. */
  timeoutMs: number
  signal?: AbortSignal
}

/** Maximum heap of the worker that extracts one page, in megabytes. */
const maxHeapMb = 512

/**
 * Extracts a page in a separate thread, with limits on time and memory. A page that was designed to exhaust the parser
 * can then end only that thread. Throws `too-complex` if the page exceeds a limit, and `cancelled` if `signal` is
 * aborted. Also throws every error of {@link ./extract.extractBulletin}.
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
  const createTooComplex = (why: string): AppError =>
    new AppError('too-complex', `extract ${page.name}: ${why}`, { name: page.name })
  const timer = setTimeout(() => reject(createTooComplex(`not finished after ${timeoutMs} ms`)), timeoutMs)
  const abort = (): void => reject(new AppError('cancelled', 'extract: cancelled'))
  signal?.addEventListener('abort', abort, { once: true })
  // The message comes from our own worker, so its type is known.
  worker.once('message', (answer: { ok: true; extraction: Extraction } | { ok: false; error: ErrorShape }) => {
    if (answer.ok) resolve(answer.extraction)
    else reject(new AppError(answer.error.code, answer.error.message, answer.error.details))
  })
  worker.once('error', (cause) => reject(createTooComplex(String(cause))))
  worker.once('exit', () => reject(createTooComplex('the worker ended without an answer')))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}
