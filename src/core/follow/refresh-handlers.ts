import type { Source } from '../../shared/source'
import type { Handlers } from '../dispatch'
import { requireWritable } from '../library/require-writable'
import type { FollowParts } from './follow-parts'
import type { Refreshes } from './refresh/refreshes'
import { requireAwake } from './require-awake'

/** The names of the methods that start and control refreshes. */
export type RefreshMethod =
  | 'startRefresh'
  | 'listRefreshes'
  | 'getRefresh'
  | 'pauseRefresh'
  | 'resumeRefresh'
  | 'cancelRefresh'
  | 'startRetry'
  | 'startRescue'

/** Creates the handlers of the methods that start, list, pause, resume, cancel and repeat refreshes. */
export function createRefreshHandlers({
  ports,
  library,
  openRefreshService,
}: FollowParts): Pick<Handlers, RefreshMethod> {
  const { sourceStore } = library
  const openRefreshes = async (): Promise<Refreshes> => (await openRefreshService()).refreshes
  const openForChange = (): Promise<Refreshes> => {
    requireWritable(library, ports.paths.library, 'refresh')
    return openRefreshes()
  }
  return {
    async startRefresh({ sources, since = null, max = null }) {
      const refreshes = await openForChange()
      const chosen: Source[] = []
      if (sources === null) {
        const known = (await sourceStore.listSources()).sources
        const all = known.filter(({ isAsleep }) => isAsleep !== true)
        if (all.length === 0) known.forEach(requireAwake)
        const idle = all.filter(({ id }) => !refreshes.isUnderWay(id))
        // If a refresh of every source is already running, all sources are passed on, and `start` throws
        // `refresh-under-way`.
        chosen.push(...(idle.length > 0 ? idle : all))
      } else for (const id of new Set(sources)) chosen.push(requireAwake(await sourceStore.readSource(id)))
      return refreshes.start(chosen, { reason: 'reader', since, max, month: null })
    },
    listRefreshes: async ({ limit }) => ({ refreshes: await (await openRefreshes()).list(limit) }),
    getRefresh: async ({ refreshId }) => (await openRefreshes()).get(refreshId),
    async pauseRefresh({ refreshId }) {
      await (await openRefreshes()).pause(refreshId)
      return {}
    },
    resumeRefresh: async ({ refreshId }) => (await openForChange()).resume(refreshId),
    async cancelRefresh({ refreshId }) {
      await (await openForChange()).cancel(refreshId)
      return {}
    },
    startRetry: async ({ refreshId, source }) => (await openForChange()).retry(refreshId, source ?? null),
    async startRescue({ id, month }) {
      const refreshes = await openForChange()
      const source = requireAwake(await sourceStore.readSource(id))
      return refreshes.start([source], { reason: 'rescue', since: null, max: null, month })
    },
  }
}
