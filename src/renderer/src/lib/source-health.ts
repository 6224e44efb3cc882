import type { ErrorShape } from '../../../shared/errors'
import type { SourceListItem } from '../../../shared/refresh'

/** Tells whether the last refresh of a source failed as a whole. */
export function isFailing({ source }: SourceListItem): boolean {
  return source.health.failuresInARow > 0
}

/** Returns the error of the last refresh of a source. Returns null if that refresh did not fail. */
export function getLastError(item: SourceListItem): ErrorShape | null {
  return isFailing(item) ? item.source.health.lastError : null
}
