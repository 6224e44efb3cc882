import { parentPort, workerData } from 'node:worker_threads'
import { toErrorShape } from '../../shared/errors'
import { extractBulletin } from './extract'
import type { ReceivedPage } from './extraction'

// The entry of the extraction worker: takes one page, answers once, ends. The joiner made `workerData` itself.
const page = workerData as ReceivedPage
try {
  parentPort?.postMessage({ ok: true, extraction: extractBulletin(page) })
} catch (thrown) {
  parentPort?.postMessage({ ok: false, error: toErrorShape(thrown) })
}
