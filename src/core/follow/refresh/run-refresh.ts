import { type AppError, toAppError, toErrorShape } from '../../../shared/errors'
import { emptyCounts, type Refresh, type RefreshCounts, type SourceRefresh } from '../../../shared/refresh'
import { fatalErrorCodes } from '../../fatal-errors'
import { refreshSource, type RefreshDependencies } from './refresh-source'

/** Sources that are refreshed side by side; a host has its own limit beside. */
const sourcesAtOnce = 6
/** States of a source that has nothing more to do. */
const isOver: ReadonlySet<SourceRefresh['state']> = new Set(['done', 'failed', 'cancelled'])

/** How a refresh is watched and ended. */
export interface RunRefreshOptions extends RefreshDependencies {
  signal: AbortSignal
  /** Hears every change; not more often than it can be shown. */
  onChange(refresh: Refresh): void
}

/**
 * Refreshes every source of a refresh that is not done, some side by side; one that fails holds up no other. What
 * concerns the library as a whole ends all. Ends `paused` when the signal aborts: it goes on where it stopped.
 */
export async function runRefresh(given: Refresh, run: RunRefreshOptions): Promise<Refresh> {
  const { library, signal, onChange, clock } = run
  let refresh: Refresh = { ...given, state: 'running', endedAt: null }
  const change = (changes: Partial<Refresh>): void => {
    refresh = { ...refresh, ...changes }
    onChange(refresh)
  }
  const put = (standing: SourceRefresh): void => {
    const sources = refresh.sources.map((each) => (each.id === standing.id ? standing : each))
    change({ sources, total: totalOf(sources), state: stateOf(sources) })
  }
  await library.sourceStore.writeRefresh(refresh)
  const queue = refresh.sources.filter(({ state }) => state !== 'done' && state !== 'cancelled').values()
  let ending: AppError | null = null
  const worker = async (): Promise<void> => {
    for (const before of queue) {
      if (signal.aborted || ending !== null) return
      try {
        const source = await library.sourceStore.source(before.id)
        put(await refreshSource({ ...run, refresh, source, onProgress: put }))
      } catch (thrown) {
        const error = toErrorShape(thrown)
        const standing = refresh.sources.find(({ id }) => id === before.id) ?? before
        const isPaused = error.code === 'cancelled'
        put({ ...standing, state: isPaused ? 'paused' : 'failed', current: null, error: isPaused ? null : error })
        if (!isPaused && fatalErrorCodes.has(error.code)) ending = toAppError(thrown)
      }
      // What is on disk of the others says how far they are.
      if (ending === null) await library.sourceStore.writeRefresh(refresh)
    }
  }
  await Promise.all(Array.from({ length: sourcesAtOnce }, worker))
  // The compiler does not see that a worker sets it.
  const thrown = ending as AppError | null
  if (thrown !== null) throw thrown
  const isPaused = signal.aborted && refresh.sources.some(({ state }) => !isOver.has(state))
  const sources = refresh.sources.map((each) =>
    each.state === 'waiting' ? { ...each, state: 'paused' as const } : each,
  )
  change(
    isPaused
      ? { state: 'paused', sources }
      : { state: isAllFailed(sources) ? 'failed' : 'done', endedAt: clock().toISOString() },
  )
  await library.sourceStore.writeRefresh(refresh)
  if (!isPaused) await library.sourceStore.removeSpool(refresh.id)
  return refresh
}

function isAllFailed(sources: readonly SourceRefresh[]): boolean {
  return sources.length > 0 && sources.every(({ state }) => state === 'failed')
}

function stateOf(sources: readonly SourceRefresh[]): Refresh['state'] {
  const isOffline = sources.some(({ state }) => state === 'offline')
  return isOffline && !sources.some(({ state }) => state === 'running') ? 'offline' : 'running'
}

/** Sums; the time left is that of the slowest, since they go side by side. */
export function totalOf(sources: readonly SourceRefresh[]): RefreshCounts {
  const sum = (name: Exclude<keyof RefreshCounts, 'secondsLeft'>): number =>
    sources.reduce((total, source) => total + source[name], 0)
  const times = sources.map(({ secondsLeft }) => secondsLeft).filter((seconds) => seconds !== null)
  return {
    ...emptyCounts,
    found: sum('found'),
    wanted: sum('wanted'),
    done: sum('done'),
    added: sum('added'),
    revised: sum('revised'),
    unchanged: sum('unchanged'),
    failed: sum('failed'),
    gone: sum('gone'),
    bytes: sum('bytes'),
    secondsLeft: times.length === 0 ? null : Math.max(...times),
  }
}
