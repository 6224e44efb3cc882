import type { RefreshState } from '../../../shared/refresh'

const unfinishedStates: ReadonlySet<RefreshState> = new Set(['waiting', 'running', 'offline', 'paused'])

/** Whether a refresh, or one source of it, is unfinished. */
export function isUnfinished({ state }: { state: RefreshState }): boolean {
  return unfinishedStates.has(state)
}
