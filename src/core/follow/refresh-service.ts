import { setTimeout as sleep } from 'node:timers/promises'
import type { Refresh } from '../../shared/refresh'
import { hasNetwork } from '../fetch/has-network'
import type { Politeness } from '../fetch/politeness'
import type { Log } from '../ports'
import { createRefreshes, type Refreshes, type RefreshesDependencies } from './refresh/refreshes'
import { startScheduler } from './scheduler'
import { discoverChannels } from './sources'

/** Following as the running program does it. */
export interface RefreshService {
  politeness: Politeness
  refreshes: Refreshes
  /** Whether this program keeps to the schedules (the app and `serve`; no other command). */
  followsSchedules: boolean
  /** Refreshes what is due, and goes on with what was interrupted. Nothing where no schedules are kept. */
  start(): Promise<void>
  /** What runs is left so that the next start goes on. */
  prepareToQuit(): void
}

/** What following needs of the program. */
export interface RefreshServiceDependencies extends Pick<
  RefreshesDependencies,
  'library' | 'extract' | 'clock' | 'onStored' | 'jobs' | 'batch' | 'onChange'
> {
  /** The program's one queue per host. */
  politeness: Politeness
  followsSchedules: boolean
  log: Log
}

/** How long a reader's own refresh waits for the network before it fails, and how often it is looked for. */
const patienceMs = 2 * 60_000
const lookForNetworkMs = 5_000

/** Joins politeness, refreshes and schedules. */
export function createRefreshService(parts: RefreshServiceDependencies): RefreshService {
  const { library, politeness, clock, followsSchedules, log } = parts
  const refreshes = createRefreshes({
    ...parts,
    waitForNetwork: (refresh, signal) => waitForNetwork(refresh, signal, followsSchedules),
    channelsOf: (source, fetching, signal) => discoverChannels(source, { politeness: fetching, signal, now: clock() }),
  })
  const schedules = followsSchedules
    ? startScheduler({
        async sources() {
          // What its reader has paused waits for its reader.
          const held = (await refreshes.list(50)).filter(
            ({ state, reason }) => state === 'paused' && reason === 'schedule',
          )
          const ids = new Set(held.flatMap((refresh) => refresh.sources.map(({ id }) => id)))
          return (await library.sourceStore.sources()).sources.filter(({ id }) => !ids.has(id))
        },
        isUnderWay: (id) => refreshes.isUnderWay(id),
        start: (due) => refreshes.start(due, { reason: 'schedule', since: null, max: null, month: null }),
        clock,
        onFailure: (thrown) => log.warn('schedule: a refresh was not begun', thrown),
      })
    : null
  return {
    politeness,
    refreshes,
    followsSchedules,
    async start() {
      if (schedules === null) return
      await refreshes.resumeInterrupted()
      await schedules.look()
    },
    prepareToQuit() {
      schedules?.stop()
      refreshes.prepareToQuit()
    },
  }
}

/** A program that stays open waits for the network as long as it takes; a command gives up after a while. */
async function waitForNetwork(refresh: Refresh, signal: AbortSignal, isPatient: boolean): Promise<boolean> {
  const endMs = performance.now() + patienceMs
  do {
    await sleep(lookForNetworkMs, undefined, { signal }).catch((thrown: unknown) => {
      // Being cancelled is noticed by who asks next.
      if (!signal.aborted) throw thrown
    })
    if (signal.aborted) return true
    if (hasNetwork()) return true
  } while (isPatient || refresh.reason === 'schedule' || performance.now() < endMs)
  return false
}
