import { setTimeout as sleep } from 'node:timers/promises'
import type { Refresh } from '../../shared/refresh'
import { hasNetwork } from '../fetch/fetcher'
import type { Politeness } from '../fetch/politeness'
import type { Log } from '../ports'
import { createRefreshes, type Refreshes, type RefreshesParts } from './refreshes'
import { keepSchedules } from './scheduler'
import { channelsOf } from './sources'

/** Following as the running program does it. */
export interface Refreshing {
  politeness: Politeness
  refreshes: Refreshes
  /** Whether this program keeps to the schedules (the app and `serve`; no other command). */
  followsSchedules: boolean
  /** Refreshes what is due, and goes on with what was interrupted. Nothing where no schedules are kept. */
  begin(): Promise<void>
  /** What runs is left so that the next start goes on. */
  leave(): void
}

/** What following needs of the program. */
export interface RefreshingParts extends Pick<
  RefreshesParts,
  'library' | 'extract' | 'clock' | 'onStored' | 'jobs' | 'together' | 'onChange'
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
export function createRefreshing(parts: RefreshingParts): Refreshing {
  const { library, politeness, clock, followsSchedules, log } = parts
  const refreshes = createRefreshes({
    ...parts,
    waitForNetwork: (refresh, signal) => waitForNetwork(refresh, signal, followsSchedules),
    channelsOf: (source, fetching, signal) => channelsOf(source, { politeness: fetching, signal, now: clock() }),
  })
  const schedules = followsSchedules
    ? keepSchedules({
        async sources() {
          // What its reader has paused waits for its reader.
          const held = (await refreshes.list(50)).filter(
            ({ state, reason }) => state === 'paused' && reason === 'schedule',
          )
          const ids = new Set(held.flatMap((refresh) => refresh.sources.map(({ id }) => id)))
          return (await library.following.sources()).sources.filter(({ id }) => !ids.has(id))
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
    async begin() {
      if (schedules === null) return
      await refreshes.resumeInterrupted()
      await schedules.look()
    },
    leave() {
      schedules?.stop()
      refreshes.leave()
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
