import type { Output } from '../../shared/contract/api'
import { AppError } from '../../shared/errors'
import type { Source } from '../../shared/source'
import { dayInVietnam } from '../../shared/text/vietnam-time'
import type { Handlers } from '../dispatch'
import { requireWritable } from '../library/require-writable'
import type { FollowParts } from './follow-parts'
import { requireAwake, wake } from './require-awake'

/** The names of the methods that manage the followed sources. */
export type SourceMethod =
  'listSources' | 'addSource' | 'changeSource' | 'removeSource' | 'importSources' | 'exportSources' | 'getRescueGrid'

type SourceListItem = Output<'listSources'>['sources'][number]

/**
 * Creates the handlers of the methods that list, add, change and remove sources, and that read and write OPML files.
 */
export function createSourceHandlers(parts: FollowParts): Pick<Handlers, SourceMethod> {
  const { ports, library, emit, runTask, openRefreshService } = parts
  const { sourceStore } = library
  const announce = (): void => emit({ type: 'sources-changed' })
  const checkWritable = (): void => requireWritable(library, ports.paths.library, 'sources')
  /**
   * Throws `refresh-under-way` if the source is being refreshed, because the address and the first day of a source must
   * not change during a refresh.
   */
  const requireIdle = async (id: string): Promise<void> => {
    if (!(await openRefreshService()).refreshes.isUnderWay(id)) return
    const { name } = await sourceStore.readSource(id)
    throw new AppError('refresh-under-way', `change source ${id}: it is being refreshed`, { id, name })
  }
  return {
    async listSources() {
      const { sources, damaged } = await sourceStore.listSources()
      const openRefreshes = await (await openRefreshService()).refreshes.findUnfinished()
      const items: SourceListItem[] = []
      for (const source of sources) items.push(await createListItem(source, openRefreshes, parts))
      return { sources: items, damaged }
    },
    async addSource({ url, name, kind, channels = [], everyMinutes = null, since = null }) {
      checkWritable()
      const { createSourceLookup } = await import('./source-lookup')
      const { createSource } = await import('./create-source')
      const given = { url, kind, channels, everyMinutes, since, name: name ?? null }
      const source = createSource(given, { now: ports.clock(), isTyped: true })
      const known = createSourceLookup((await sourceStore.listSources()).sources).find(source)
      // If the known source sleeps, this user has not turned it on yet. When the user types the address of the source,
      // the source is turned on with the values of this call.
      const isWoken = known?.isAsleep === true && known.url === source.url
      if (known !== null && !isWoken) return { source: known, isNew: false }
      await sourceStore.putSource(source)
      announce()
      return { source, isNew: true }
    },
    async changeSource({ id, url, name, everyMinutes, since, channels, issuer, isAsleep }) {
      checkWritable()
      const needsNewPlan = url !== undefined || channels !== undefined || since !== undefined
      if (needsNewPlan) await requireIdle(id)
      const { moveSource } = await import('./create-source')
      let before: Source['channels'] = []
      const source = await sourceStore.changeSource(id, (now) => {
        before = now.channels
        // A sleeping source can't get a schedule, because the schedule would have no effect.
        if (everyMinutes !== undefined && isAsleep === undefined && url === undefined) requireAwake(now)
        const current = isAsleep === false || url !== undefined ? wake(now) : now
        return {
          ...(url === undefined ? current : moveSource(current, url, ports.clock())),
          ...(name === undefined ? {} : { name }),
          ...(everyMinutes === undefined ? {} : { schedule: { ...now.schedule, everyMinutes } }),
          ...(since === undefined ? {} : { since }),
          ...(channels === undefined ? {} : { channels }),
          ...(issuer === undefined ? {} : { issuer }),
        }
      })
      // The crawl state of the source, which lists what refreshes have found, is no longer marked as whole, because the
      // new channels (feeds, listings and sitemaps) have not been read to their end yet.
      if (JSON.stringify(source.channels) !== JSON.stringify(before))
        await sourceStore.writeCrawlState(id, { ...(await sourceStore.readCrawlState(id)), isWhole: false })
      if (needsNewPlan) await (await openRefreshService()).refreshes.discardPlan(id)
      announce()
      return source
    },
    async removeSource({ id }) {
      checkWritable()
      await requireIdle(id)
      await sourceStore.removeSource(id)
      await (await openRefreshService()).refreshes.excludeSource(id)
      announce()
      return {}
    },
    async importSources({ text }) {
      checkWritable()
      const { importOpml } = await import('./opml-sources')
      const imported = await importOpml(text, runTask, sourceStore, ports.clock())
      if (imported.added.length > 0) announce()
      return imported
    },
    async exportSources() {
      const { exportOpml } = await import('./opml-sources')
      const { sources } = await sourceStore.listSources()
      const now = ports.clock()
      return { name: `ban-tin-nguon-tin-${dayInVietnam(now)}.opml`, text: exportOpml(sources, now) }
    },
    async getRescueGrid({ id }) {
      const { createRescueGrid } = await import('./rescue-grid')
      await sourceStore.readSource(id)
      return createRescueGrid(await sourceStore.readCrawlState(id))
    },
  }
}

/**
 * Returns a source for the list of sources: with its counts, the time of its next refresh, and its unfinished refresh.
 */
async function createListItem(
  source: Source,
  openRefreshes: ReadonlyMap<string, string>,
  { library, openRefreshService }: FollowParts,
): Promise<SourceListItem> {
  const { dueAt } = await import('./scheduler')
  const { total } = await library.list({ source: source.id }, 0, 1)
  const { followsSchedules } = await openRefreshService()
  return {
    source,
    kept: total,
    missing: await library.sourceStore.countMissing(source),
    nextAt: followsSchedules ? (dueAt(source)?.toISOString() ?? null) : null,
    refreshId: openRefreshes.get(source.id) ?? null,
  }
}
