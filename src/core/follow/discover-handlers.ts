import { AppError } from '../../shared/errors'
import type { Handlers } from '../dispatch'
import type { Run } from '../jobs'
import type { FollowParts } from './follow-parts'
import type { SourceDiscoverOptions } from './sources'

/** Methods that look what can be followed at an address. */
export type DiscoverMethod = 'listPortals' | 'startDiscover' | 'startCheckSource'

/** The methods that list known portals, discover what an address offers, and check a source. They store nothing. */
export function createDiscoverHandlers({
  ports,
  library,
  jobs,
  openRefreshService,
}: FollowParts): Pick<Handlers, DiscoverMethod> {
  const discoverOptions = async ({ signal, onProgress }: Run): Promise<SourceDiscoverOptions> => ({
    politeness: (await openRefreshService()).politeness,
    signal,
    now: ports.clock(),
    onProgress: ({ asked, found }) => onProgress(found, asked, ''),
  })
  return {
    async listPortals() {
      const { loadPortals } = await import('./load-portals')
      return loadPortals(ports.paths.resources)
    },
    startDiscover: ({ url }) => ({
      jobId: jobs.start('discover', async (run) => {
        const { discoverTyped, foundSourceOf } = await import('./sources')
        return foundSourceOf(await discoverTyped(url, await discoverOptions(run)))
      }),
    }),
    startCheckSource({ url, id }) {
      if ((url === undefined) === (id === undefined))
        throw new AppError('invalid-input', 'check source: either an address or an id')
      return {
        jobId: jobs.start('check-source', async (run) => {
          const { discoverTyped, checkOf } = await import('./sources')
          const address = url ?? (await library.sourceStore.readSource(id ?? '')).url
          return checkOf(await discoverTyped(address, await discoverOptions(run)))
        }),
      }
    },
  }
}
