import type { Refresh } from '../../../shared/refresh'
import type { SourceStore } from '../../library/sources/source-store'
import { isUnfinished } from './refresh-states'

/** The dependencies of {@link cancelRefresh}. */
export interface CancelRefreshParts {
  sourceStore: Pick<SourceStore, 'writeRefresh' | 'removeSpool'>
  clock(): Date
}

/**
 * Cancels a refresh that is not running, and deletes its spool, the folder of received pages that are not stored yet.
 * Returns the cancelled refresh.
 */
export async function cancelRefresh(refresh: Refresh, { sourceStore, clock }: CancelRefreshParts): Promise<Refresh> {
  const sources = cancelSources(refresh.sources)
  const cancelled: Refresh = { ...refresh, state: 'cancelled', endedAt: clock().toISOString(), sources }
  await sourceStore.writeRefresh(cancelled)
  await sourceStore.removeSpool(refresh.id)
  return cancelled
}

/** Marks the unfinished sources of a refresh as cancelled. With `sourceId`, marks only this source. */
export function cancelSources(sources: Refresh['sources'], sourceId?: string): Refresh['sources'] {
  return sources.map((each) =>
    isUnfinished(each) && (sourceId === undefined || each.id === sourceId) ? { ...each, state: 'cancelled' } : each,
  )
}
