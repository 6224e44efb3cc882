import { parentPort, workerData } from 'node:worker_threads'
import { toErrorShape } from '../../shared/errors'
import { extractBulletin } from './extract'
import type { ReceivedPage } from './extraction'

// The entry point of the extraction worker. The worker takes one page, posts one answer and ends. `run-in-worker.ts`
// sets `workerData`, so its type is known.
const page = workerData as ReceivedPage
try {
  parentPort?.postMessage({ ok: true, extraction: extractBulletin(page) })
} catch (thrown) {
  parentPort?.postMessage({ ok: false, error: toErrorShape(thrown) })
}
