import { AppError } from '../../../shared/errors'
import type { Refresh } from '../../../shared/refresh'
import type { SourceStore } from '../../library/sources/source-store'
import { cancelRefresh, cancelSources } from './cancel-refresh'
import { isUnfinished } from './refresh-states'
import type { RunningRefreshes, StartedRefresh } from './running-refreshes'

/** Maximum number of refreshes, the newest ones, among which paused refreshes are searched. */
export const maxRecentRefreshes = 50

/** The dependencies of the functions in this file. */
export interface PausedRefreshesParts {
  sourceStore: SourceStore
  running: RunningRefreshes
  clock(): Date
  onChange(refresh: Refresh): void
}

/**
 * Resumes a paused refresh. If the refresh is already running, returns its job. Throws `refresh-not-found`,
 * `refresh-under-way`.
 */
export async function resumeRefresh(
  refreshId: string,
  { sourceStore, running }: Pick<PausedRefreshesParts, 'sourceStore' | 'running'>,
): Promise<StartedRefresh> {
  const found = running.find(refreshId)
  if (found !== null) return { jobId: found.jobId, refreshId }
  const refresh = await sourceStore.readRefresh(refreshId)
  if (!isUnfinished(refresh))
    throw new AppError('refresh-not-found', `refresh ${refreshId}: has ended`, { id: refreshId })
  running.checkFree(refresh.sources)
  return running.start(refresh)
}

/**
 * Deletes the plans of a source in all paused refreshes, so that each refresh makes a new plan. A retry of failed pages
 * keeps its plan, because these pages do not depend on the channels (feeds, listings and sitemaps) of the source.
 */
export async function discardPlan(sourceId: string, parts: PausedRefreshesParts): Promise<void> {
  const { sourceStore, running, onChange } = parts
  for (const refresh of await listPaused(sourceId, parts)) {
    if (refresh.reason === 'retry') continue
    await sourceStore.removePlan(refresh.id, sourceId)
    onChange(running.withCurrentState(refresh))
  }
}

/** Removes a source from all paused refreshes. Cancels a refresh in which no other source is unfinished. */
export async function excludeSource(sourceId: string, parts: PausedRefreshesParts): Promise<void> {
  const { sourceStore, running, clock, onChange } = parts
  for (const refresh of await listPaused(sourceId, parts)) {
    const remaining = { ...refresh, sources: cancelSources(refresh.sources, sourceId) }
    if (!remaining.sources.some(isUnfinished)) {
      onChange(await cancelRefresh(remaining, { sourceStore, clock }))
      continue
    }
    await sourceStore.writeRefresh(remaining)
    onChange(running.withCurrentState(remaining))
  }
}

/** Lists the refreshes that are unfinished, are not running, and still have work for the given source. */
async function listPaused(sourceId: string, { sourceStore, running }: PausedRefreshesParts): Promise<Refresh[]> {
  return (await sourceStore.listRefreshes(maxRecentRefreshes)).filter(
    (refresh) =>
      isUnfinished(refresh) &&
      running.find(refresh.id) === null &&
      refresh.sources.some((each) => each.id === sourceId && isUnfinished(each)),
  )
}
