import { type AppError, toAppError, toErrorShape } from '../../../shared/errors'
import type { Refresh, RefreshCounts, SourceRefresh } from '../../../shared/refresh'
import { emptyCounts } from '../../../shared/refresh-counts'
import { fatalErrorCodes } from '../../fatal-errors'
import { requireAwake } from '../require-awake'
import { refreshSource } from './refresh-source'
import { isUnfinished } from './refresh-states'
import type { RefreshSourceParts } from './source-run'

/** Maximum number of sources that are refreshed at the same time. Each host also has a limit (see `PoliteLimits`). */
const maxConcurrentSources = 6

/** The dependencies of {@link runRefresh}. */
export interface RunRefreshParts extends RefreshSourceParts {
  signal: AbortSignal
  /** Called at every change of the refresh. The caller must limit the number of events that it sends. */
  onChange(refresh: Refresh): void
}

/**
 * Refreshes every unfinished source of a refresh, several at the same time. A source that fails does not stop the
 * others. An error that concerns the whole library ends the refresh and is thrown. If the signal aborts, the refresh
 * ends as `paused`, and a later run can continue it.
 */
export async function runRefresh(given: Refresh, parts: RunRefreshParts): Promise<Refresh> {
  const { library, signal, onChange, clock } = parts
  const { sourceStore } = library
  let refresh: Refresh = { ...given, state: 'running', endedAt: null }
  const update = (changes: Partial<Refresh>): void => {
    refresh = { ...refresh, ...changes }
    onChange(refresh)
  }
  const updateSource = (progress: SourceRefresh): void => {
    const sources = refresh.sources.map((each) => (each.id === progress.id ? progress : each))
    update({ sources, total: sumCounts(sources), state: runningStateOf(sources) })
  }
  await sourceStore.writeRefresh(refresh)
  const queue = refresh.sources.filter(({ state }) => state !== 'done' && state !== 'cancelled').values()
  let fatalError: AppError | null = null
  const worker = async (): Promise<void> => {
    for (const before of queue) {
      if (signal.aborted || fatalError !== null) return
      try {
        const source = requireAwake(await sourceStore.readSource(before.id))
        updateSource(await refreshSource({ ...parts, refresh, source, onProgress: updateSource }))
      } catch (thrown) {
        const error = toErrorShape(thrown)
        const progress = refresh.sources.find(({ id }) => id === before.id) ?? before
        const isPaused = error.code === 'cancelled'
        const state = isPaused ? 'paused' : 'failed'
        updateSource({ ...progress, state, current: null, error: isPaused ? null : error })
        if (!isPaused && fatalErrorCodes.has(error.code)) fatalError = toAppError(thrown)
      }
      // After a fatal error, nothing more is written. The stored progress stays as it was before the error.
      if (fatalError === null) await sourceStore.writeRefresh(refresh)
    }
  }
  await Promise.all(Array.from({ length: maxConcurrentSources }, worker))
  // A worker assigns `fatalError`, but the compiler does not see this.
  const thrown = fatalError as AppError | null
  if (thrown !== null) throw thrown
  const isPaused = signal.aborted && refresh.sources.some(isUnfinished)
  const sources = refresh.sources.map((each) =>
    each.state === 'waiting' ? { ...each, state: 'paused' as const } : each,
  )
  update(
    isPaused
      ? { state: 'paused', sources }
      : { state: isAllFailed(sources) ? 'failed' : 'done', endedAt: clock().toISOString() },
  )
  await sourceStore.writeRefresh(refresh)
  if (!isPaused) await sourceStore.removeSpool(refresh.id)
  return refresh
}

function isAllFailed(sources: readonly SourceRefresh[]): boolean {
  return sources.length > 0 && sources.every(({ state }) => state === 'failed')
}

function runningStateOf(sources: readonly SourceRefresh[]): Refresh['state'] {
  const isOffline = sources.some(({ state }) => state === 'offline')
  return isOffline && !sources.some(({ state }) => state === 'running') ? 'offline' : 'running'
}

/**
 * Adds up the counts of all sources. The remaining time is the maximum, because the sources are refreshed at the same
 * time.
 */
function sumCounts(sources: readonly SourceRefresh[]): RefreshCounts {
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
