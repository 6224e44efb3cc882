import { join } from 'node:path'
import type { Ports } from '../ports'
import type { Extraction, ReceivedPage } from './extraction'
import { createUserPackCache } from './portals/user-pack-cache'

/** Time limit for the extraction of one page, in ms. A page that takes longer is refused as `too-complex`. */
const extractTimeoutMs = 20_000

/**
 * Creates the function that extracts a page in a worker, with the built-in packs and those of the user. `workerFile` is
 * the path of the built worker. If the path is null, the page is extracted in this thread.
 */
export function createPageExtractor(
  ports: Pick<Ports, 'paths' | 'log'>,
  workerFile: string | null,
): (page: ReceivedPage, signal?: AbortSignal) => Promise<Extraction> {
  const readPacks = createUserPackCache(join(ports.paths.config, 'packs'), ports.log)
  return async (page, signal) => {
    const { extractInWorker } = await import('./run-in-worker')
    const options = { workerFile, timeoutMs: extractTimeoutMs, ...(signal === undefined ? {} : { signal }) }
    return extractInWorker({ ...page, packs: await readPacks() }, options)
  }
}
