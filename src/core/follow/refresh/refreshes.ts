import type { Refresh } from '../../../shared/refresh'
import type { Source } from '../../../shared/source'
import { cancelRefresh } from './cancel-refresh'
import { listFailures } from './failed-pages'
import type { RefreshRequest } from './new-refresh'
import { discardPlan, excludeSource, maxRecentRefreshes, resumeRefresh } from './paused-refreshes'
import { isUnfinished } from './refresh-states'
import { createRunningRefreshes, type RunningRefreshesParts, type StartedRefresh } from './running-refreshes'
import { retryRefresh, startRefresh } from './start-refresh'

/** The running and past refreshes of a library. */
export interface Refreshes {
  /**
   * Starts a refresh of the given sources. If a refresh of the same sources for the same request is paused, resumes it.
   * Throws `refresh-under-way` if one of the sources is being refreshed.
   */
  start(sources: readonly Source[], request: RefreshRequest): Promise<StartedRefresh>
  /**
   * Requests again the pages that failed in a refresh. If `sourceId` is null, requests those of all sources. Throws
   * `refresh-not-found`, `refresh-under-way`.
   */
  retry(refreshId: string, sourceId: string | null): Promise<StartedRefresh>
  /** Lists the newest refreshes first. A refresh that a crash interrupted has the state `paused`. */
  list(limit: number): Promise<Refresh[]>
  /**
   * Returns one refresh. If the refresh is not running, the result lists all of its failures. Throws
   * `refresh-not-found`.
   */
  get(refreshId: string): Promise<Refresh>
  /** Pauses a running refresh. Throws `refresh-not-found`. */
  pause(refreshId: string): Promise<void>
  /** Resumes a paused refresh. Throws `refresh-not-found`, `refresh-under-way`. */
  resume(refreshId: string): Promise<StartedRefresh>
  /** Cancels a running or paused refresh. Throws `refresh-not-found`. */
  cancel(refreshId: string): Promise<void>
  /** Resumes the refreshes that a crash or the end of the program interrupted. */
  resumeInterrupted(): Promise<void>
  /**
   * Finds the running or paused refresh of each source. The key is the id of the source, the value the id of the
   * refresh.
   */
  findUnfinished(): Promise<Map<string, string>>
  isUnderWay(sourceId: string): boolean
  /**
   * Removes a source from the paused refreshes, and cancels a refresh that has no other source. Called when a source is
   * removed.
   */
  excludeSource(sourceId: string): Promise<void>
  /**
   * Deletes the plans of a source in the paused refreshes, so that these refreshes make new plans. Called when the
   * channels (feeds, listings and sitemaps) or the limits of the source change.
   */
  discardPlan(sourceId: string): Promise<void>
  /**
   * Makes the running refreshes stop as interrupted, so that they continue when the program starts again. Must be
   * called before the program ends.
   */
  prepareToQuit(): void
}

/** Creates the refreshes of a library. No refresh runs yet. */
export function createRefreshes(parts: RunningRefreshesParts): Refreshes {
  const running = createRunningRefreshes(parts)
  const { sourceStore } = parts.library
  const clock = (): Date => parts.clock()
  const onChange = (refresh: Refresh): void => parts.onChange(refresh)
  const context = { sourceStore, running, clock, onChange }
  const runInOrder = createSerialQueue()
  const listRecent = async (limit: number): Promise<Refresh[]> =>
    (await sourceStore.listRefreshes(limit)).map((refresh) => running.withCurrentState(refresh))
  const resume = (refreshId: string): Promise<StartedRefresh> => runInOrder(() => resumeRefresh(refreshId, context))

  return {
    isUnderWay: (sourceId) => running.isUnderWay(sourceId),
    start: (sources, request) => runInOrder(() => startRefresh(sources, request, context)),
    retry: (refreshId, sourceId) => runInOrder(() => retryRefresh(refreshId, sourceId, context)),
    list: listRecent,
    async get(refreshId) {
      const found = running.find(refreshId)
      if (found !== null) return found.refresh
      const refresh = running.withCurrentState(await sourceStore.readRefresh(refreshId))
      const sources: Refresh['sources'] = []
      for (const source of refresh.sources) {
        const isCut = source.failed > source.failures.length
        const failures = isCut
          ? listFailures(await sourceStore.readFinishedPages(refreshId, source.id))
          : source.failures
        sources.push({ ...source, failures })
      }
      return { ...refresh, sources }
    },
    async pause(refreshId) {
      const stopping = await runInOrder(async () => {
        const found = running.stop(refreshId, 'paused')
        if (found === null) await sourceStore.readRefresh(refreshId)
        return found
      })
      await stopping?.stopped
    },
    resume,
    async cancel(refreshId) {
      const stopping = await runInOrder(async () => {
        const found = running.stop(refreshId, 'cancelled')
        if (found !== null) return found
        const refresh = running.withCurrentState(await sourceStore.readRefresh(refreshId))
        if (isUnfinished(refresh)) onChange(await cancelRefresh(refresh, context))
        return null
      })
      await stopping?.stopped
    },
    async resumeInterrupted() {
      for (const { id, state } of await sourceStore.listRefreshes(maxRecentRefreshes))
        if (state === 'running' || state === 'offline' || state === 'waiting') await resume(id).catch(() => undefined)
    },
    async findUnfinished() {
      const found = new Map<string, string>()
      // The loop goes from the oldest refresh to the newest one, so that the newest refresh of a source replaces the
      // older ones.
      for (const refresh of (await listRecent(maxRecentRefreshes)).toReversed())
        if (isUnfinished(refresh))
          for (const source of refresh.sources) if (isUnfinished(source)) found.set(source.id, refresh.id)
      return found
    },
    discardPlan: (sourceId) => runInOrder(() => discardPlan(sourceId, context)),
    excludeSource: (sourceId) => runInOrder(() => excludeSource(sourceId, context)),
    prepareToQuit: () => running.prepareToQuit(),
  }
}

/** Creates a function that runs tasks one after another, so that each task sees the results of the earlier ones. */
function createSerialQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const running = last.then(task)
    last = running.catch(() => undefined)
    return running
  }
}
