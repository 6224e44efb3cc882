import type { Refresh } from '../../../shared/refresh'
import type { Source } from '../../../shared/source'
import { requireAwake } from '../require-awake'
import { cancelRefresh } from './cancel-refresh'
import { listFailedPages } from './failed-pages'
import { createRefresh, type RefreshRequest } from './new-refresh'
import { maxRecentRefreshes, resumeRefresh, type PausedRefreshesParts } from './paused-refreshes'
import type { StartedRefresh } from './running-refreshes'

/** The dependencies of {@link startRefresh}. */
export type StartRefreshParts = Pick<PausedRefreshesParts, 'sourceStore' | 'running' | 'clock'>

/**
 * Starts a refresh of the given sources. If a refresh of the same sources for the same request is paused, resumes it.
 * Cancels the paused refreshes whose sources are all part of the new refresh. Throws `refresh-under-way`.
 */
export async function startRefresh(
  sources: readonly Source[],
  request: RefreshRequest,
  parts: StartRefreshParts,
): Promise<StartedRefresh> {
  const { sourceStore, running, clock } = parts
  running.checkFree(sources)
  const ids = sources.map(({ id }) => id).sort()
  const recent = (await sourceStore.listRefreshes(maxRecentRefreshes)).map((each) => running.withCurrentState(each))
  const paused = recent.filter(({ state, reason }) => state === 'paused' && reason === request.reason)
  const same = paused.find(
    (each) =>
      each.since === request.since &&
      each.max === request.max &&
      each.month === request.month &&
      JSON.stringify(each.sources.map(({ id }) => id).sort()) === JSON.stringify(ids),
  )
  if (same !== undefined) return resumeRefresh(same.id, parts)
  for (const each of paused)
    if (each.sources.every(({ id }) => ids.includes(id))) await cancelRefresh(each, { sourceStore, clock })
  return running.start(await writeNewRefresh(sources, request, parts))
}

/**
 * Starts a refresh that requests the pages that failed in an earlier refresh. Throws `refresh-not-found`,
 * `refresh-under-way`.
 */
export async function retryRefresh(
  refreshId: string,
  sourceId: string | null,
  parts: StartRefreshParts,
): Promise<StartedRefresh> {
  const { sourceStore, running } = parts
  const before = running.withCurrentState(await sourceStore.readRefresh(refreshId))
  const failed = before.sources.filter((each) => each.failed > 0 && (sourceId === null || each.id === sourceId))
  running.checkFree(failed)
  const sources: Source[] = []
  for (const { id } of failed) sources.push(requireAwake(await sourceStore.readSource(id)))
  const request: RefreshRequest = { reason: 'retry', since: before.since, max: null, month: before.month }
  const refresh = await writeNewRefresh(sources, request, parts)
  for (const { id } of sources) {
    const entries = listFailedPages(await sourceStore.readFinishedPages(refreshId, id))
    await sourceStore.writePlan(refresh.id, id, { found: entries.length, entries })
  }
  return running.start(refresh)
}

async function writeNewRefresh(
  sources: readonly Source[],
  request: RefreshRequest,
  { sourceStore, clock }: StartRefreshParts,
): Promise<Refresh> {
  const refresh = createRefresh(sources, request, clock())
  await sourceStore.writeRefresh(refresh)
  return refresh
}
