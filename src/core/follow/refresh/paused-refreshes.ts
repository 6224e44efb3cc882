import type { Refresh } from '../../../shared/refresh'
import { cancelRefresh, cancelSources } from './cancel-refresh'
import { isUnfinished } from './refresh-states'
import { maxRecentRefreshes, type StartRefreshParts } from './start-refresh'

/** The dependencies of changes to paused refreshes. */
export interface PausedRefreshesParts extends StartRefreshParts {
  onChange(refresh: Refresh): void
}

/**
 * Discards the plans of a source in the paused refreshes, so that new plans are made. A retry keeps its plan, because
 * its pages do not depend on the source's channels.
 */
export async function discardPlan(sourceId: string, parts: PausedRefreshesParts): Promise<void> {
  const { sourceStore, running, onChange } = parts
  for (const refresh of await listPaused(sourceId, parts)) {
    if (refresh.reason === 'retry') continue
    await sourceStore.removePlan(refresh.id, sourceId)
    onChange(running.withCurrentState(refresh))
  }
}

/** Removes a source from the paused refreshes. Cancels a refresh that has no other unfinished source. */
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

/** Returns the unfinished refreshes that are not running and have not finished this source. */
async function listPaused(sourceId: string, { sourceStore, running }: StartRefreshParts): Promise<Refresh[]> {
  return (await sourceStore.listRefreshes(maxRecentRefreshes)).filter(
    (refresh) =>
      isUnfinished(refresh) &&
      running.find(refresh.id) === null &&
      refresh.sources.some((each) => each.id === sourceId && isUnfinished(each)),
  )
}
