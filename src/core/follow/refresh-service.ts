import { setTimeout as sleep } from 'node:timers/promises'
import type { Refresh } from '../../shared/refresh'
import type { Source } from '../../shared/source'
import { hasNetwork } from '../fetch/has-network'
import type { Politeness } from '../fetch/politeness/politeness'
import type { Log } from '../ports'
import { discoverChannels } from './discover/discover-source'
import { maxRecentRefreshes } from './refresh/paused-refreshes'
import { createRefreshes, type Refreshes } from './refresh/refreshes'
import type { RunningRefreshesParts } from './refresh/running-refreshes'
import { startScheduler } from './scheduler'

/** Follows sources while the program runs. */
export interface RefreshService {
  politeness: Politeness
  refreshes: Refreshes
  /** Whether this program refreshes sources by their schedules. The app and `serve` do, other commands do not. */
  followsSchedules: boolean
  /** Resumes interrupted refreshes and starts due ones. Does nothing if this program does not follow schedules. */
  start(): Promise<void>
  /**
   * Stops the running refreshes. Call this before the program ends. The running refreshes continue when the program
   * starts again.
   */
  prepareToQuit(): void
}

/** The dependencies of the service. */
export interface RefreshServiceParts extends Pick<
  RunningRefreshesParts,
  'library' | 'extract' | 'runTask' | 'clock' | 'onStored' | 'jobs' | 'batch' | 'onChange'
> {
  /** The host queues that the whole program shares. */
  politeness: Politeness
  followsSchedules: boolean
  log: Log
}

/** Maximum time for which a refresh that the user started waits for the network. */
const maxNetworkWaitMs = 2 * 60_000
const networkCheckIntervalMs = 5_000

/** Creates the service from the host queues, the refreshes and the scheduler. */
export function createRefreshService(parts: RefreshServiceParts): RefreshService {
  const { library, politeness, runTask, clock, followsSchedules, log } = parts
  const refreshes = createRefreshes({
    ...parts,
    waitForNetwork: (refresh, signal) => waitForNetwork(refresh, signal, followsSchedules),
    discoverChannels: (source, limited, signal) =>
      discoverChannels(source, { politeness: limited, runTask, signal, now: clock() }),
  })
  /** Returns all sources except those of a paused scheduled refresh, because only the user resumes such a refresh. */
  const listSources = async (): Promise<readonly Source[]> => {
    const paused = (await refreshes.list(maxRecentRefreshes)).filter(
      ({ state, reason }) => state === 'paused' && reason === 'schedule',
    )
    const pausedIds = new Set(paused.flatMap((refresh) => refresh.sources.map(({ id }) => id)))
    return (await library.sourceStore.listSources()).sources.filter(({ id }) => !pausedIds.has(id))
  }
  const scheduler = followsSchedules
    ? startScheduler({
        listSources,
        isUnderWay: (id) => refreshes.isUnderWay(id),
        start: (due) => refreshes.start(due, { reason: 'schedule', since: null, max: null, month: null }),
        clock,
        onFailure: (thrown) => log.warn('schedule: cannot start a refresh', thrown),
      })
    : null
  return {
    politeness,
    refreshes,
    followsSchedules,
    async start() {
      if (scheduler === null) return
      await refreshes.resumeInterrupted()
      await scheduler.checkDueSources()
    },
    prepareToQuit() {
      scheduler?.stop()
      refreshes.prepareToQuit()
    },
  }
}

/**
 * Waits for the network. A scheduled refresh, and any refresh in a program with schedules, waits without limit. Any
 * other refresh waits for a limited time. Returns false if that time is over.
 */
async function waitForNetwork(refresh: Refresh, signal: AbortSignal, hasNoLimit: boolean): Promise<boolean> {
  const endMs = performance.now() + maxNetworkWaitMs
  do {
    await sleep(networkCheckIntervalMs, undefined, { signal }).catch((thrown: unknown) => {
      // The wait was aborted, so the next request throws `cancelled`.
      if (!signal.aborted) throw thrown
    })
    if (signal.aborted) return true
    if (hasNetwork()) return true
  } while (hasNoLimit || refresh.reason === 'schedule' || performance.now() < endMs)
  return false
}
