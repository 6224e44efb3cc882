import { AppError } from '../../../shared/errors'
import type { Refresh } from '../../../shared/refresh'
import type { Jobs } from '../../jobs'
import { cancelRefresh } from './cancel-refresh'
import { isUnfinished } from './refresh-states'
import { runRefresh } from './run-refresh'
import type { RefreshSourceParts } from './source-run'

/** A running refresh and the job that runs it. */
export interface StartedRefresh {
  jobId: string
  refreshId: string
}

/** The refreshes that are running in this program. */
export interface RunningRefreshes {
  /** Returns the current state of a refresh, or null if the refresh is not running. */
  find(refreshId: string): (StartedRefresh & { refresh: Refresh }) | null
  isUnderWay(sourceId: string): boolean
  /** Throws `refresh-under-way` if one of the given sources is being refreshed. */
  checkFree(sources: readonly { id: string; name: string }[]): void
  /**
   * Returns the current state of a stored refresh. An unfinished refresh that is not running has the state `paused`.
   */
  withCurrentState(refresh: Refresh): Refresh
  /** Runs a refresh as a job. */
  start(refresh: Refresh): StartedRefresh
  /**
   * Stops a refresh as paused or cancelled. `stopped` settles when the refresh has stopped. Returns null if the refresh
   * is not running.
   */
  stop(refreshId: string, as: 'paused' | 'cancelled'): { stopped: Promise<unknown> } | null
  /**
   * Makes each refresh that stops from now on continue when the program starts again. Must be called before the program
   * ends.
   */
  prepareToQuit(): void
}

/** The dependencies of {@link createRunningRefreshes}. */
export interface RunningRefreshesParts extends RefreshSourceParts {
  jobs: Pick<Jobs, 'start' | 'cancel'>
  /** Runs work that stores many bulletins. Their index rows are written together. */
  batch<T>(work: () => Promise<T>): Promise<T>
  /**
   * Called with the changes of a refresh: at most once per {@link notifyIntervalMs}, and always with the last change.
   */
  onChange(refresh: Refresh): void
}

interface RunningRefresh {
  jobId: string
  refresh: Refresh
  ended: Promise<unknown>
  isCancelled: boolean
}

const notifyIntervalMs = 250

/** Creates the object that runs refreshes. At first, no refresh is running. */
export function createRunningRefreshes(parts: RunningRefreshesParts): RunningRefreshes {
  const { library, jobs } = parts
  const { sourceStore } = library
  const running = new Map<string, RunningRefresh>()
  let isQuitting = false

  const isUnderWay = (sourceId: string): boolean =>
    [...running.values()].some(({ refresh }) =>
      refresh.sources.some((source) => source.id === sourceId && isUnfinished(source)),
    )

  /** Stores a stopped refresh as cancelled or interrupted. Returns its last state. */
  const finish = async (stopped: Refresh): Promise<Refresh> => {
    if (running.get(stopped.id)?.isCancelled === true && isUnfinished(stopped))
      return cancelRefresh(stopped, { sourceStore, clock: () => parts.clock() })
    // A refresh that is stored as `running` is resumed when the program starts again.
    if (isQuitting && stopped.state === 'paused') await sourceStore.writeRefresh({ ...stopped, state: 'running' })
    return stopped
  }

  const start = (refresh: Refresh): StartedRefresh => {
    const { promise: ended, resolve: end } = Promise.withResolvers<undefined>()
    const isNotifyDue = createThrottle(notifyIntervalMs)
    const setCurrent = (changed: Refresh): void => {
      const entry = running.get(refresh.id)
      if (entry !== undefined) entry.refresh = changed
    }
    const finishAndNotify = async (stopped: Refresh): Promise<Refresh> => {
      const last = await finish(stopped)
      setCurrent(last)
      parts.onChange(last)
      return last
    }
    const jobId = jobs.start('refresh', async ({ signal, onProgress }) => {
      const onChange = (changed: Refresh): void => {
        setCurrent(changed)
        if (!isNotifyDue()) return
        parts.onChange(changed)
        onProgress(changed.total.done, changed.total.wanted, currentAddress(changed))
      }
      try {
        return await finishAndNotify(await parts.batch(() => runRefresh(refresh, { ...parts, signal, onChange })))
      } catch (thrown) {
        await finishAndNotify({ ...(running.get(refresh.id)?.refresh ?? refresh), state: 'paused' })
        throw thrown
      } finally {
        running.delete(refresh.id)
        end(undefined)
      }
    })
    running.set(refresh.id, { jobId, refresh: { ...refresh, state: 'running' }, ended, isCancelled: false })
    return { jobId, refreshId: refresh.id }
  }

  return {
    find(refreshId) {
      const found = running.get(refreshId)
      return found === undefined ? null : { jobId: found.jobId, refreshId, refresh: found.refresh }
    },
    isUnderWay,
    checkFree(sources) {
      const busy = sources.find(({ id }) => isUnderWay(id))
      if (busy !== undefined)
        throw new AppError('refresh-under-way', `refresh ${busy.id}: under way`, { id: busy.id, name: busy.name })
    },
    withCurrentState(refresh) {
      const current = running.get(refresh.id)?.refresh
      if (current !== undefined) return current
      return isUnfinished(refresh) ? { ...refresh, state: 'paused' } : refresh
    },
    start,
    stop(refreshId, as) {
      const found = running.get(refreshId)
      if (found === undefined) return null
      if (as === 'cancelled') found.isCancelled = true
      jobs.cancel(found.jobId)
      return { stopped: found.ended }
    },
    prepareToQuit() {
      isQuitting = true
    },
  }
}

/** Creates a function that returns true at most once in each interval. */
function createThrottle(intervalMs: number): () => boolean {
  let lastMs = 0
  return () => {
    const now = performance.now()
    if (now - lastMs < intervalMs) return false
    lastMs = now
    return true
  }
}

/** Returns the address of the page that is being requested, or an empty text between two requests. */
function currentAddress({ sources }: Refresh): string {
  return sources.find(({ current }) => current !== null)?.current ?? ''
}
