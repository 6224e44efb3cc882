// No zod here: the renderer calls these functions at run time.
import type { Refresh, RefreshCounts, Rescuable } from './refresh'

/** Counts of a refresh that has done nothing yet. */
export const emptyCounts: RefreshCounts = {
  found: 0,
  wanted: 0,
  done: 0,
  added: 0,
  revised: 0,
  unchanged: 0,
  failed: 0,
  gone: 0,
  bytes: 0,
  secondsLeft: null,
}

/** How many of a month, or of what has no date, can still be fetched. */
export function countMissingBulletins({ found, kept, gone }: Rescuable): number {
  return found - kept - gone
}

/** Whether it is known of every source how much there is to fetch; before that, what is wanted so far is no measure. */
export function isPlanned({ sources }: Pick<Refresh, 'sources'>): boolean {
  return sources.every(({ state, wanted }) => wanted > 0 || (state !== 'waiting' && state !== 'running'))
}
