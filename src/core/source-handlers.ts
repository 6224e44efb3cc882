import { AppError } from '../shared/errors'
import type { AppEvent, Output } from '../shared/contract/api'
import type { Source } from '../shared/source'
import { dayInVietnam } from '../shared/text/vietnam-time'
import type { DiscoverSourceParts } from './follow/discover/discover-source'
import type { RefreshService } from './follow/refresh-service'
import type { Handlers } from './dispatch'
import type { Jobs, Run } from './jobs'
import type { Library } from './library/library'
import type { Ports } from './ports'

type SourceMethod =
  | 'listSources'
  | 'listPortals'
  | 'startDiscover'
  | 'startCheckSource'
  | 'addSource'
  | 'changeSource'
  | 'removeSource'
  | 'importSources'
  | 'exportSources'
  | 'startRefresh'
  | 'listRefreshes'
  | 'getRefresh'
  | 'pauseRefresh'
  | 'resumeRefresh'
  | 'cancelRefresh'
  | 'startRetry'
  | 'getRescueGrid'
  | 'startRescue'

/** What they work with. */
export interface SourceHandlerParts {
  ports: Pick<Ports, 'clock' | 'paths'>
  library: Library
  jobs: Jobs
  emit(event: AppEvent): void
  /** Following sources, loaded when it is first needed. */
  refreshing(): Promise<RefreshService>
}

/** The methods of the contract that follow sources. */
export function createSourceHandlers(parts: SourceHandlerParts): Pick<Handlers, SourceMethod> {
  const { ports, library, jobs, emit, refreshing } = parts
  const { sourceStore: following } = library
  const changed = (): void => emit({ type: 'sources-changed' })
  const mayWrite = (): void => {
    if (library.readOnly) throw new AppError('library-read-only', 'sources: read-only', { path: ports.paths.library })
  }
  /** What a refresh reads from, and what it wants, can't be changed, nor taken away, under it. */
  const mustRest = async (id: string): Promise<void> => {
    if (!(await refreshing()).refreshes.isUnderWay(id)) return
    const { name } = await following.source(id)
    throw new AppError('refresh-under-way', `source ${id}: under way`, { id, name })
  }
  const standing = async (
    source: Source,
    open: ReadonlyMap<string, string>,
  ): Promise<Output<'listSources'>['sources'][number]> => {
    const { dueAt } = await import('./follow/scheduler')
    const { total } = await library.list({ source: source.id }, 0, 1)
    const { followsSchedules } = await refreshing()
    return {
      source,
      kept: total,
      missing: await following.countMissing(source),
      nextAt: followsSchedules ? (dueAt(source)?.toISOString() ?? null) : null,
      refreshId: open.get(source.id) ?? null,
    }
  }
  return {
    async listSources() {
      const { sources, damaged } = await following.sources()
      const open = await (await refreshing()).refreshes.findUnfinished()
      const standings: Output<'listSources'>['sources'] = []
      for (const source of sources) standings.push(await standing(source, open))
      return { sources: standings, damaged }
    },
    async listPortals() {
      const { loadPortals } = await import('./follow/load-portals')
      return loadPortals(ports.paths.resources)
    },
    startDiscover: ({ url }) => ({
      jobId: jobs.start('discover', async (run) => {
        const { createDiscoveredSource } = await import('./follow/discover/discovered-source')
        const { discoverTyped } = await import('./follow/discover/discover-source')
        return createDiscoveredSource(await discoverTyped(url, await looking(run)))
      }),
    }),
    startCheckSource({ url, id }) {
      if ((url === undefined) === (id === undefined))
        throw new AppError('invalid-input', 'check source: either an address or an id')
      return {
        jobId: jobs.start('check-source', async (run) => {
          const { createSourceCheck } = await import('./follow/discover/discovered-source')
          const { discoverTyped } = await import('./follow/discover/discover-source')
          const address = url ?? (await following.source(id ?? '')).url
          return createSourceCheck(await discoverTyped(address, await looking(run)))
        }),
      }
    },
    async addSource({ url, name, kind, channels = [], everyMinutes = null, since = null }) {
      mayWrite()
      const { createSourceLookup } = await import('./follow/source-lookup')
      const { createSource } = await import('./follow/create-source')
      const given = { url, kind, channels, everyMinutes, since, name: name ?? null }
      const source = createSource(given, { now: ports.clock(), isTyped: true })
      const known = createSourceLookup((await following.sources()).sources).find(source)
      if (known !== null) return { source: known, isNew: false }
      await following.putSource(source)
      changed()
      return { source, isNew: true }
    },
    async changeSource({ id, url, name, everyMinutes, since, channels, issuer }) {
      mayWrite()
      const isReadAnew = url !== undefined || channels !== undefined || since !== undefined
      if (isReadAnew) await mustRest(id)
      const { moveSource } = await import('./follow/create-source')
      let before: Source['channels'] = []
      const source = await following.changeSource(id, (now) => {
        before = now.channels
        return {
          ...(url === undefined ? now : moveSource(now, url, ports.clock())),
          ...(name === undefined ? {} : { name }),
          ...(everyMinutes === undefined ? {} : { schedule: { ...now.schedule, everyMinutes } }),
          ...(since === undefined ? {} : { since }),
          ...(channels === undefined ? {} : { channels }),
          ...(issuer === undefined ? {} : { issuer }),
        }
      })
      // Other lists have not been looked through yet.
      if (JSON.stringify(source.channels) !== JSON.stringify(before))
        await following.writeCrawlState(id, { ...(await following.readCrawlState(id)), isWhole: false })
      if (isReadAnew) await (await refreshing()).refreshes.discardPlan(id)
      changed()
      return source
    },
    async removeSource({ id }) {
      mayWrite()
      await mustRest(id)
      await following.removeSource(id)
      await (await refreshing()).refreshes.excludeSource(id)
      changed()
      return {}
    },
    async importSources({ text }) {
      mayWrite()
      const { importOpml } = await import('./follow/opml-sources')
      const imported = await importOpml(text, following, ports.clock())
      if (imported.added.length > 0) changed()
      return imported
    },
    async exportSources() {
      const { exportOpml } = await import('./follow/opml-sources')
      const { sources } = await following.sources()
      const now = ports.clock()
      return { name: `ban-tin-nguon-tin-${dayInVietnam(now)}.opml`, text: exportOpml(sources, now) }
    },

    async startRefresh({ sources, since = null, max = null }) {
      mayWrite()
      const wanted: Source[] = []
      const { refreshes } = await refreshing()
      if (sources === null) {
        const all = (await following.sources()).sources
        const free = all.filter(({ id }) => !refreshes.isUnderWay(id))
        // Where each is being refreshed, the refusal says so.
        wanted.push(...(free.length > 0 ? free : all))
      } else for (const id of new Set(sources)) wanted.push(await following.source(id))
      return refreshes.start(wanted, { reason: 'reader', since, max, month: null })
    },
    listRefreshes: async ({ limit }) => ({ refreshes: await (await refreshing()).refreshes.list(limit) }),
    getRefresh: async ({ refreshId }) => (await refreshing()).refreshes.get(refreshId),
    async pauseRefresh({ refreshId }) {
      await (await refreshing()).refreshes.pause(refreshId)
      return {}
    },
    async resumeRefresh({ refreshId }) {
      mayWrite()
      return (await refreshing()).refreshes.resume(refreshId)
    },
    async cancelRefresh({ refreshId }) {
      mayWrite()
      await (await refreshing()).refreshes.cancel(refreshId)
      return {}
    },
    async startRetry({ refreshId, source }) {
      mayWrite()
      return (await refreshing()).refreshes.retry(refreshId, source ?? null)
    },
    async getRescueGrid({ id }) {
      const { createRescueGrid } = await import('./follow/rescue-grid')
      await following.source(id)
      return createRescueGrid(await following.readCrawlState(id))
    },
    async startRescue({ id, month }) {
      mayWrite()
      const source = await following.source(id)
      return (await refreshing()).refreshes.start([source], { reason: 'rescue', since: null, max: null, month })
    },
  }

  async function looking({ signal, onProgress }: Run): Promise<DiscoverSourceParts> {
    return {
      politeness: (await refreshing()).politeness,
      signal,
      now: ports.clock(),
      onProgress: ({ requested, found }) => onProgress(found, requested, ''),
    }
  }
}
