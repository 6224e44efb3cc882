import { join } from 'node:path'
import type { Ports } from '../ports'
import type { RunTask } from '../threads/task'
import { extractTask } from './extract-task'
import type { Extraction, ReceivedPage } from './extraction'
import { createUserPackCache } from './portals/user-pack-cache'

/** Creates the function that extracts a page in a thread, with the built-in packs and those of the user. */
export function createPageExtractor(
  ports: Pick<Ports, 'paths' | 'log'>,
  runTask: RunTask,
): (page: ReceivedPage, signal?: AbortSignal) => Promise<Extraction> {
  const readPacks = createUserPackCache(join(ports.paths.config, 'packs'), ports.log)
  return async (page, signal) =>
    runTask(extractTask, { ...page, packs: await readPacks() }, { name: page.name, signal })
}
