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

/** Refreshes sources while the program runs: on schedules and when the user asks for it. */
export interface RefreshService {
  politeness: Politeness
  refreshes: Refreshes
  /** Whether this program starts scheduled refreshes. The desktop program and `serve` do, and other commands do not. */
  followsSchedules: boolean
  /**
   * Resumes interrupted refreshes and starts the refreshes that are due. Does nothing in a program without schedules.
   */
  start(): Promise<void>
  /** Makes the running refreshes continue when the program starts again. Must be called before the program ends. */
  prepareToQuit(): void
}

/** The dependencies of {@link createRefreshService}. */
export interface RefreshServiceParts extends Pick<
  RunningRefreshesParts,
  'library' | 'extract' | 'runTask' | 'clock' | 'onStored' | 'jobs' | 'batch' | 'onChange'
> {
  /** The queues of requests, one for each host, that the whole program shares. */
  politeness: Politeness
  followsSchedules: boolean
  log: Log
}

/**
 * Maximum time, in milliseconds, for which a refresh of the user waits for the network in a program without schedules.
 */
const maxNetworkWaitMs = 2 * 60_000
const networkCheckIntervalMs = 5_000

/** Creates the service. */
export function createRefreshService(parts: RefreshServiceParts): RefreshService {
  const { library, politeness, runTask, clock, followsSchedules, log } = parts
  const refreshes = createRefreshes({
    ...parts,
    waitForNetwork: (refresh, signal) => waitForNetwork(refresh, signal, followsSchedules),
    discoverChannels: (source, limited, signal) =>
      discoverChannels(source, { politeness: limited, runTask, signal, now: clock() }),
  })
  /**
   * Lists the sources that may be refreshed on schedule. Leaves out the sources of a paused scheduled refresh, because
   * only the user resumes such a refresh.
   */
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
 * Waits for the network. Waits without limit for a scheduled refresh, and for any refresh in a program with schedules.
 * For any other refresh, waits for at most two minutes and then returns false.
 */
async function waitForNetwork(refresh: Refresh, signal: AbortSignal, hasNoLimit: boolean): Promise<boolean> {
  const endMs = performance.now() + maxNetworkWaitMs
  do {
    await sleep(networkCheckIntervalMs, undefined, { signal }).catch((thrown: unknown) => {
      // After an abort, the next request throws `cancelled`.
      if (!signal.aborted) throw thrown
    })
    if (signal.aborted) return true
    if (hasNetwork()) return true
  } while (hasNoLimit || refresh.reason === 'schedule' || performance.now() < endMs)
  return false
}
