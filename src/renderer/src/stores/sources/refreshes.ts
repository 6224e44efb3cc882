import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Input } from '../../../../shared/contract/api'
import type { Refresh, RefreshFailure } from '../../../../shared/refresh'
import { isPlanned } from '../../../../shared/refresh-counts'
import { callHost, events } from '../../bridge'
import { createResponseGuard } from '../../lib/response-guard'
import { useHost } from '../host'
import { attempt, reportUnlessForbidden } from '../report-error'

/** The maximum number of refreshes in the log. Refreshes that have not ended are shown even beyond this number. */
const maxShown = 60
/** The states of a refresh that has not ended. */
const openStates: ReadonlySet<Refresh['state']> = new Set(['waiting', 'running', 'offline', 'paused'])

/**
 * The refreshes of sources, running and past. The store has over 100 lines, because events, answers to commands and the
 * log all change the same list. No change may replace a newer state with an older state.
 */
export const useRefreshes = defineStore('refreshes', () => {
  /** The refreshes of the log, newest first. */
  const refreshes = shallowRef<readonly Refresh[]>([])
  const logRequests = createResponseGuard()
  /**
   * A map for each running request of the log. The map contains the refreshes that events have changed since the
   * request began.
   */
  const newerThanLog = new Set<Map<string, Refresh>>()

  events.on((event) => {
    if (event.type === 'refresh-changed') take(event.refresh)
  })
  events.onGap(() => void load())

  const running = computed(() => refreshes.value.filter(({ state }) => state !== 'paused' && openStates.has(state)))
  const paused = computed(() => refreshes.value.filter(({ state }) => state === 'paused'))
  /**
   * The progress of all running refreshes, from 0 to 1. The value is null if no refresh runs, or if one of the
   * refreshes has not planned its work yet.
   */
  const progress = computed(() => {
    const wanted = running.value.reduce((sum, { total }) => sum + total.wanted, 0)
    if (wanted === 0 || !running.value.every(isPlanned)) return null
    return running.value.reduce((sum, { total }) => sum + total.done, 0) / wanted
  })

  /** Finds the refresh that runs or is paused for a source. Returns null if there is no such refresh. */
  function refreshOf(sourceId: string): Refresh | null {
    const isOf = ({ state, sources }: Refresh): boolean =>
      openStates.has(state) && sources.some(({ id, state: ofSource }) => id === sourceId && openStates.has(ofSource))
    return refreshes.value.find(isOf) ?? null
  }

  function take(refresh: Refresh): void {
    const known = refreshes.value.find(({ id }) => id === refresh.id)
    // An answer to a command may be older than the event that reported the end of the refresh.
    if (known !== undefined && known.endedAt !== null && refresh.endedAt === null) return
    for (const newer of newerThanLog) newer.set(refresh.id, refresh)
    refreshes.value =
      known !== undefined
        ? refreshes.value.map((each) => (each.id === refresh.id ? refresh : each))
        : shorten([refresh, ...refreshes.value])
  }

  /** Guests see no refreshes, so nothing is loaded for them. */
  async function load(): Promise<void> {
    if (useHost().host.isForGuests) return
    await loadLog().catch(reportUnlessForbidden)
  }

  async function loadLog(): Promise<void> {
    const request = logRequests.begin()
    const newer = new Map<string, Refresh>()
    newerThanLog.add(newer)
    const { refreshes: log } = await callHost('listRefreshes', { limit: maxShown }).finally(() =>
      newerThanLog.delete(newer),
    )
    if (!request.takeReply()) return
    // States from events replace the states of the loaded log, except the state of a refresh that has ended.
    const newestOf = (each: Refresh): Refresh => (each.endedAt === null ? (newer.get(each.id) ?? each) : each)
    const listed = new Set(log.map(({ id }) => id))
    const begun = [...newer.values()].filter(({ id }) => !listed.has(id)).reverse()
    refreshes.value = shorten([...begun, ...log.map(newestOf)])
  }

  /** Shows the state of a refresh that a command returned, because the event about the command may be lost. */
  async function show(refreshId: string): Promise<void> {
    const refresh = await callHost('getRefresh', { refreshId }).catch(() => null)
    if (refresh !== null) take(refresh)
  }

  /** Starts or resumes a refresh. Returns whether the host accepted the command. */
  async function start(work: () => Promise<{ refreshId: string }>): Promise<boolean> {
    const started = await attempt(work)
    if (started !== null) await show(started.refreshId)
    return started !== null
  }

  /** Refreshes the given sources, or all sources if `ids` is null. */
  const refresh = (ids: string[] | null): Promise<boolean> => start(() => callHost('startRefresh', { sources: ids }))
  const resume = (refreshId: string): Promise<boolean> => start(() => callHost('resumeRefresh', { refreshId }))
  const rescue = (id: string, month: Input<'startRescue'>['month']): Promise<boolean> =>
    start(() => callHost('startRescue', { id, month }))
  const retry = (refreshId: string, source?: string): Promise<boolean> =>
    start(() => callHost('startRetry', source === undefined ? { refreshId } : { refreshId, source }))

  /**
   * Returns all failures of a source in a refresh. If the failures cannot be loaded, reports the error and returns
   * null.
   */
  async function fetchFailures(refreshId: string, sourceId: string): Promise<readonly RefreshFailure[] | null> {
    const whole = await attempt(() => callHost('getRefresh', { refreshId }))
    return whole?.sources.find(({ id }) => id === sourceId)?.failures ?? null
  }

  async function pause(refreshId: string): Promise<void> {
    await attempt(() => callHost('pauseRefresh', { refreshId }))
    await show(refreshId)
  }

  async function pauseAll(): Promise<void> {
    await Promise.all(running.value.map(({ id }) => pause(id)))
  }

  async function cancel(refreshId: string): Promise<void> {
    await attempt(() => callHost('cancelRefresh', { refreshId }))
    await show(refreshId)
  }

  const state = { refreshes, running, paused, progress }
  const commands = { refresh, resume, rescue, retry, pause, pauseAll, cancel }
  return { ...state, ...commands, load, refreshOf, fetchFailures }
})

function shorten(refreshes: readonly Refresh[]): Refresh[] {
  return refreshes.filter(({ endedAt }, at) => at < maxShown || endedAt === null)
}
