import { AppError } from '../../shared/errors'
import type { Handlers } from '../dispatch'
import type { Run } from '../jobs'
import type { FollowParts } from './follow-parts'
import { requireAwake } from './require-awake'
import type { DiscoverSourceParts } from './discover/discover-source'

/** The names of the methods that discover sources. */
export type DiscoverMethod = 'listPortals' | 'startDiscover' | 'startCheckSource'

/**
 * Creates the handlers of the methods that list known portals, discover the feeds, listings and sitemaps at an address,
 * and check a source. None of these methods stores anything.
 */
export function createDiscoverHandlers({
  ports,
  library,
  jobs,
  openRefreshService,
  runTask,
}: FollowParts): Pick<Handlers, DiscoverMethod> {
  const discoverParts = async ({ signal, onProgress }: Run): Promise<DiscoverSourceParts> => ({
    politeness: (await openRefreshService()).politeness,
    runTask,
    signal,
    now: ports.clock(),
    onProgress: ({ requested, found }) => onProgress(found, requested, ''),
  })
  return {
    async listPortals() {
      const { loadPortals } = await import('./load-portals')
      return loadPortals(ports.paths.resources)
    },
    startDiscover: ({ url }) => ({
      jobId: jobs.start('discover', async (run) => {
        const { createDiscoveredSource } = await import('./discover/discovered-source')
        const { discoverTyped } = await import('./discover/discover-source')
        return createDiscoveredSource(await discoverTyped(url, await discoverParts(run)))
      }),
    }),
    startCheckSource({ url, id }) {
      if ((url === undefined) === (id === undefined))
        throw new AppError('invalid-input', 'check source: either an address or an id')
      return {
        jobId: jobs.start('check-source', async (run) => {
          const { createSourceCheck } = await import('./discover/discovered-source')
          const { discoverOfSource, discoverTyped } = await import('./discover/discover-source')
          const parts = await discoverParts(run)
          if (url !== undefined) return createSourceCheck(await discoverTyped(url, parts))
          const source = requireAwake(await library.sourceStore.readSource(id ?? ''))
          return createSourceCheck(await discoverOfSource(source, parts))
        }),
      }
    },
  }
}
