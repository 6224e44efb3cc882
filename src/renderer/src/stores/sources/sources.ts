import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Input } from '../../../../shared/contract/api'
import type { ErrorShape } from '../../../../shared/errors'
import {
  isPlanned,
  type Refresh,
  type RefreshFailure,
  type RescueGrid,
  type SourceListItem,
} from '../../../../shared/refresh'
import type { Source } from '../../../../shared/source'
import { callHost, events, getErrorShape } from '../../bridge'
import { saveText } from '../../lib/save-text'
import { createResponseGuard } from '../../lib/response-guard'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'

/** So many refreshes the log shows, and what has not ended. */
const logged = 60
/** A list of sources is not larger, MB. */
const maxListMb = 20
/** States of a refresh that has not ended. */
const open: ReadonlySet<Refresh['state']> = new Set(['waiting', 'running', 'offline', 'paused'])
/** A refresh tells a few times a second what it does; what is kept of its sources is looked up less often. */
const lookAgainMs = 1000

/** The followed sources and their refreshes, running and past. */
export const useSources = defineStore('sources', () => {
  const standings = shallowRef<readonly SourceListItem[]>([])
  /** Documents of sources that can't be read, as paths below the library. */
  const damaged = shallowRef<readonly string[]>([])
  /** The newest first. */
  const refreshes = shallowRef<readonly Refresh[]>([])
  const isLoaded = shallowRef(false)
  let lookingAgain: ReturnType<typeof setTimeout> | null = null
  const [standingsTurns, logTurns] = [createResponseGuard(), createResponseGuard()]
  /** What events tell of refreshes while the log is on its way. */
  const listening = new Set<Map<string, Refresh>>()

  events.on((event) => {
    if (event.type === 'sources-changed') void loadStandings()
    if (event.type === 'refresh-changed') take(event.refresh)
  })
  events.onGap(() => void load())

  const running = computed(() => refreshes.value.filter(({ state }) => state !== 'paused' && open.has(state)))
  const paused = computed(() => refreshes.value.filter(({ state }) => state === 'paused'))
  /** Of all that runs, from 0 to 1; null while nothing does, or nobody knows how much it is. */
  const progress = computed(() => {
    const wanted = running.value.reduce((sum, { total }) => sum + total.wanted, 0)
    return wanted === 0 || !running.value.every(isPlanned)
      ? null
      : running.value.reduce((sum, { total }) => sum + total.done, 0) / wanted
  })
  const hasTrouble = computed(() => damaged.value.length > 0 || standings.value.some(isFailing))

  function byId(id: string): SourceListItem | undefined {
    return standings.value.find(({ source }) => source.id === id)
  }

  /** The refresh that is under way or paused for a source; null where there is none. */
  function refreshOf(id: string): Refresh | null {
    const isOf = ({ state, sources }: Refresh): boolean =>
      open.has(state) && sources.some((source) => source.id === id && open.has(source.state))
    return refreshes.value.find(isOf) ?? null
  }

  function take(refresh: Refresh): void {
    const known = refreshes.value.find(({ id }) => id === refresh.id)
    // An answer on its way may be older than the event that told of the end.
    if (known !== undefined && known.endedAt !== null && refresh.endedAt === null) return
    for (const told of listening) told.set(refresh.id, refresh)
    refreshes.value =
      known !== undefined
        ? refreshes.value.map((each) => (each.id === refresh.id ? refresh : each))
        : shortened([refresh, ...refreshes.value])
    lookingAgain ??= setTimeout(() => {
      lookingAgain = null
      void loadStandings()
    }, lookAgainMs)
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
      return null
    }
  }

  async function askStandings(): Promise<void> {
    const isNews = standingsTurns.begin()
    const answer = await callHost('listSources', {})
    if (!isNews()) return
    standings.value = answer.sources
    damaged.value = answer.damaged
  }

  async function loadStandings(): Promise<void> {
    await askStandings().catch(() => null)
  }

  async function askLog(): Promise<void> {
    const isNews = logTurns.begin()
    const told = new Map<string, Refresh>()
    listening.add(told)
    const { refreshes: log } = await callHost('listRefreshes', { limit: logged }).finally(() => listening.delete(told))
    if (!isNews()) return
    // What was told while the answer was on its way is newer, but for an end.
    const newest = (each: Refresh): Refresh => (each.endedAt === null ? (told.get(each.id) ?? each) : each)
    const isListed = new Set(log.map(({ id }) => id))
    const begun = [...told.values()].filter(({ id }) => !isListed.has(id)).reverse()
    refreshes.value = shortened([...begun, ...log.map(newest)])
  }

  async function load(): Promise<void> {
    await attempt(async () => {
      await Promise.all([askStandings(), askLog()])
      isLoaded.value = true
    })
  }

  /** What a call has begun or ended is shown at once, also where its event was missed. */
  async function show(refreshId: string): Promise<void> {
    const refresh = await callHost('getRefresh', { refreshId }).catch(() => null)
    if (refresh !== null) take(refresh)
  }

  async function begin(starting: () => Promise<{ refreshId: string }>): Promise<boolean> {
    const started = await attempt(starting)
    if (started !== null) await show(started.refreshId)
    return started !== null
  }

  /** Follows what was found, and begins to fetch it. Null where that was refused. */
  async function follow(given: Input<'addSource'>): Promise<Source | null> {
    const answer = await attempt(() => callHost('addSource', given))
    if (answer === null) return null
    await loadStandings()
    if (!answer.isNew) useToasts().show(useSettings().say('sources.known', { name: answer.source.name }))
    else await begin(() => callHost('startRefresh', { sources: [answer.source.id] }))
    return answer.source
  }

  const refresh = (ids: string[] | null): Promise<boolean> => begin(() => callHost('startRefresh', { sources: ids }))
  const resume = (refreshId: string): Promise<boolean> => begin(() => callHost('resumeRefresh', { refreshId }))
  const rescue = (id: string, month: Input<'startRescue'>['month']): Promise<boolean> =>
    begin(() => callHost('startRescue', { id, month }))
  const retry = (refreshId: string, source?: string): Promise<boolean> =>
    begin(() => callHost('startRetry', source === undefined ? { refreshId } : { refreshId, source }))

  /** All failures of a source in a refresh; null where they can't be had. */
  async function failuresOf(refreshId: string, id: string): Promise<readonly RefreshFailure[] | null> {
    const whole = await attempt(() => callHost('getRefresh', { refreshId }))
    return whole?.sources.find((source) => source.id === id)?.failures ?? null
  }

  /** Found against kept, month by month; null where that can't be had. */
  function gridOf(id: string): Promise<RescueGrid | null> {
    return attempt(() => callHost('getRescueGrid', { id }))
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

  async function change(given: Input<'changeSource'>): Promise<boolean> {
    const done = (await attempt(() => callHost('changeSource', given))) !== null
    await loadStandings()
    return done
  }

  /** Ends following; what is kept stays. Whether it was done. */
  async function remove(id: string): Promise<boolean> {
    const name = byId(id)?.source.name ?? ''
    const done = (await attempt(() => callHost('removeSource', { id }))) !== null
    await loadStandings()
    if (done) useToasts().show(useSettings().say('sources.removed', { name }))
    return done
  }

  async function importList(file: File): Promise<void> {
    if (file.size > maxListMb * 1_000_000) {
      useToasts().show({ code: 'too-large', message: 'list', details: { name: file.name, limitMb: maxListMb } })
      return
    }
    const answer = await attempt(async () => callHost('importSources', { text: await file.text() }))
    if (answer === null) return
    await loadStandings()
    const { say } = useSettings()
    const counts = { count: answer.added.length, known: answer.known }
    useToasts().show(say('sources.list-imported', counts))
    if (answer.unreadable.length > 0)
      useToasts().show(say('sources.list-unreadable', { count: answer.unreadable.length }))
  }

  async function exportList(): Promise<void> {
    const file = await attempt(() => callHost('exportSources', {}))
    if (file !== null) await attempt(() => saveText(file.name, file.text))
  }

  const state = { standings, damaged, refreshes, running, paused, progress, hasTrouble, isLoaded }
  const tasks = { follow, refresh, resume, rescue, retry, pause, pauseAll, cancel, change, remove }
  return { ...state, ...tasks, load, byId, refreshOf, failuresOf, gridOf, importList, exportList }
})

function shortened(refreshes: readonly Refresh[]): Refresh[] {
  return refreshes.filter(({ endedAt }, at) => at < logged || endedAt === null)
}

/** Whether a source's last refresh failed as a whole. */
export function isFailing({ source }: SourceListItem): boolean {
  return source.health.failuresInARow > 0
}

/** Why a source is in trouble; null while it is not. */
export function getLastError({ source }: SourceListItem): ErrorShape | null {
  return source.health.failuresInARow > 0 ? source.health.lastError : null
}
