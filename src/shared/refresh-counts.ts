// The renderer runs this file, and the renderer must not load zod (docs/architecture.md).
import type { Refresh, RefreshCounts, Rescuable } from './refresh'

/** The counts of a refresh at its start. */
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

/** Returns the number of bulletins of one month, or of bulletins without a date, that can still be fetched. */
export function countMissingBulletins({ found, kept, gone }: Rescuable): number {
  return found - kept - gone
}

/**
 * Tells whether the number of pages to fetch is known for every source. If one number is not known, the progress of the
 * refresh can't be shown as a share.
 */
export function isPlanned({ sources }: Pick<Refresh, 'sources'>): boolean {
  return sources.every(({ state, wanted }) => wanted > 0 || (state !== 'waiting' && state !== 'running'))
}
