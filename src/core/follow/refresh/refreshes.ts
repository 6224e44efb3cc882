import { AppError } from '../../../shared/errors'
import { emptyCounts, type Refresh, type RefreshFailure } from '../../../shared/refresh'
import type { Source } from '../../../shared/source'
import type { Jobs } from '../../jobs'
import { nodeCrypto } from '../../node-crypto'
import type { PlannedPage, FinishedPage } from '../../library/sources/refresh-documents'
import { runRefresh } from './run-refresh'
import { type RefreshDependencies, createSourceRefresh } from './refresh-source'

/** What a refresh is begun for. */
export type RefreshRequest = Pick<Refresh, 'reason' | 'since' | 'max' | 'month'>

/** A refresh that is under way, with the job that runs it. */
export interface StartedRefresh {
  jobId: string
  refreshId: string
}

/** The refreshes of a library: begun, followed, paused, gone on with. */
export interface Refreshes {
  /**
   * Begins a refresh of these sources, or goes on with the last one where that was left in the middle and is wanted again.
   * Throws `refresh-under-way` where one of them is being refreshed.
   */
  start(sources: readonly Source[], wish: RefreshRequest): Promise<StartedRefresh>
  /** Asks again for what failed in a refresh: of one source or of all. Throws `refresh-not-found`, `refresh-under-way`. */
  retry(refreshId: string, sourceId: string | null): Promise<StartedRefresh>
  /** The newest first; one that a crash left in the middle is `paused`. */
  list(limit: number): Promise<Refresh[]>
  /** With all its failures, once it has ended. Throws `refresh-not-found`. */
  get(refreshId: string): Promise<Refresh>
  pause(refreshId: string): Promise<void>
  resume(refreshId: string): Promise<StartedRefresh>
  cancel(refreshId: string): Promise<void>
  /** Goes on with those that the end of the program, or a crash, left in the middle. */
  resumeInterrupted(): Promise<void>
  /** The refresh that is under way or paused for each source that has one, by the source's id. */
  open(): Promise<Map<string, string>>
  isUnderWay(sourceId: string): boolean
  /** A source that is no longer followed is left out of what is paused; a refresh of nothing else is over. */
  excludeSource(sourceId: string): Promise<void>
  /** What a source is read from, or wanted of it, is not what it was: what is paused looks through its lists anew. */
  discardPlan(sourceId: string): Promise<void>
  /** The end of the program: what runs is left so that the next start goes on. */
  prepareToQuit(): void
}

/** What keeping refreshes needs. */
export interface RefreshesDependencies extends RefreshDependencies {
  jobs: Pick<Jobs, 'start' | 'cancel'>
  /** Runs what adds many bulletins. */
  batch<T>(work: () => Promise<T>): Promise<T>
  onChange(refresh: Refresh): void
}

const open: ReadonlySet<Refresh['state']> = new Set(['waiting', 'running', 'offline', 'paused'])
/** Changes are told this often. */
const notifyIntervalMs = 250

/** See {@link Refreshes}. */
export function createRefreshes(parts: RefreshesDependencies): Refreshes {
  const { library, jobs, clock } = parts
  const { sourceStore: following } = library
  const active = new Map<string, { jobId: string; refresh: Refresh; ended: Promise<unknown>; isCancelled: boolean }>()
  let isLeaving = false
  let lastTurn: Promise<unknown> = Promise.resolve()
  /** One after the other: what is begun, resumed, paused or cancelled at the same moment sees what the others did. */
  const inTurn = <T>(begin: () => Promise<T>): Promise<T> => {
    const turn = lastTurn.then(begin)
    lastTurn = turn.catch(() => undefined)
    return turn
  }

  const isUnderWay = (sourceId: string): boolean =>
    [...active.values()].some(({ refresh }) =>
      refresh.sources.some(({ id, state }) => id === sourceId && open.has(state)),
    )
  const checkFree = (sources: readonly { id: string; name: string }[]): void => {
    const busy = sources.find(({ id }) => isUnderWay(id))
    if (busy !== undefined)
      throw new AppError('refresh-under-way', `refresh ${busy.id}: under way`, { id: busy.id, name: busy.name })
  }
  /** As it is now: one that nobody runs is paused. */
  const shown = (refresh: Refresh): Refresh => {
    const running = active.get(refresh.id)
    if (running !== undefined) return running.refresh
    return open.has(refresh.state) ? { ...refresh, state: 'paused' } : refresh
  }
  const recent = async (): Promise<Refresh[]> => (await following.refreshes(50)).map(shown)

  /** Those that nobody runs and that have not done with a source. */
  const leftOf = async (sourceId: string): Promise<Refresh[]> =>
    (await following.refreshes(50)).filter(
      ({ id, state, sources }) =>
        open.has(state) && !active.has(id) && sources.some((each) => each.id === sourceId && open.has(each.state)),
    )

  const run = (refresh: Refresh): StartedRefresh => {
    const { promise: ended, resolve: end } = Promise.withResolvers<undefined>()
    let lastNotifiedMs = 0
    const tell = (changed: Refresh, isLast: boolean): void => {
      const entry = active.get(changed.id)
      if (entry !== undefined) entry.refresh = changed
      if (!isLast && performance.now() - lastNotifiedMs < notifyIntervalMs) return
      lastNotifiedMs = performance.now()
      parts.onChange(changed)
    }
    const jobId = jobs.start('refresh', async ({ signal, onProgress }) => {
      try {
        const done = await parts.batch(() =>
          runRefresh(refresh, {
            ...parts,
            signal,
            onChange(changed) {
              const { done: settled, wanted } = changed.total
              const before = lastNotifiedMs
              tell(changed, false)
              if (lastNotifiedMs !== before) onProgress(settled, wanted, currentOf(changed))
            },
          }),
        )
        return await finish(done)
      } catch (thrown) {
        await finish({ ...(active.get(refresh.id)?.refresh ?? refresh), state: 'paused' })
        throw thrown
      } finally {
        active.delete(refresh.id)
        end(undefined)
      }
    })
    active.set(refresh.id, { jobId, refresh: { ...refresh, state: 'running' }, ended, isCancelled: false })
    return { jobId, refreshId: refresh.id }

    async function finish(done: Refresh): Promise<Refresh> {
      let last = done
      if (active.get(refresh.id)?.isCancelled === true && open.has(done.state)) last = await cancelled(done)
      // What the end of the program interrupts goes on by itself.
      else if (isLeaving && done.state === 'paused') await following.writeRefresh({ ...done, state: 'running' })
      tell(last, true)
      return last
    }
  }

  const cancelled = async (refresh: Refresh): Promise<Refresh> => {
    const sources = refresh.sources.map((each) =>
      open.has(each.state) ? { ...each, state: 'cancelled' as const } : each,
    )
    const last: Refresh = { ...refresh, state: 'cancelled', endedAt: clock().toISOString(), sources }
    await following.writeRefresh(last)
    await following.removeSpool(refresh.id)
    return last
  }

  const begin = async (sources: readonly Source[], wish: RefreshRequest): Promise<Refresh> => {
    const startedAt = clock()
    const refresh: Refresh = {
      id: refreshIdAt(startedAt),
      ...wish,
      state: 'waiting',
      startedAt: startedAt.toISOString(),
      endedAt: null,
      total: emptyCounts,
      sources: sources.map(createSourceRefresh),
    }
    await following.writeRefresh(refresh)
    return refresh
  }

  const goOn = async (refreshId: string): Promise<StartedRefresh> => {
    const running = active.get(refreshId)
    if (running !== undefined) return { jobId: running.jobId, refreshId }
    const refresh = await following.refresh(refreshId)
    if (!open.has(refresh.state))
      throw new AppError('refresh-not-found', `refresh ${refreshId}: over`, { id: refreshId })
    checkFree(refresh.sources)
    return run(refresh)
  }

  const start = async (sources: readonly Source[], wish: RefreshRequest): Promise<StartedRefresh> => {
    checkFree(sources)
    const ids = sources.map(({ id }) => id).sort()
    const left = (await recent()).filter(({ state, reason }) => state === 'paused' && reason === wish.reason)
    const same = left.find(
      (each) =>
        each.since === wish.since &&
        each.max === wish.max &&
        each.month === wish.month &&
        JSON.stringify(each.sources.map(({ id }) => id).sort()) === JSON.stringify(ids),
    )
    if (same !== undefined) return goOn(same.id)
    // Another plan takes the place of those that were left and are about nothing else.
    for (const each of left) if (each.sources.every(({ id }) => ids.includes(id))) await cancelled(each)
    return run(await begin(sources, wish))
  }

  const retry = async (refreshId: string, sourceId: string | null): Promise<StartedRefresh> => {
    const of = shown(await following.refresh(refreshId))
    const asked = of.sources.filter(({ id, failed }) => failed > 0 && (sourceId === null || id === sourceId))
    checkFree(asked)
    const sources: Source[] = []
    for (const { id } of asked) sources.push(await following.source(id))
    const refresh = await begin(sources, { reason: 'retry', since: of.since, max: null, month: of.month })
    for (const { id } of sources) {
      const entries = failedOf(await following.readFinishedPages(refreshId, id))
      await following.writePlan(refresh.id, id, { found: entries.length, entries })
    }
    return run(refresh)
  }

  const resume = (refreshId: string): Promise<StartedRefresh> => inTurn(() => goOn(refreshId))

  return {
    isUnderWay,
    start: (sources, wish) => inTurn(() => start(sources, wish)),
    retry: (refreshId, sourceId) => inTurn(() => retry(refreshId, sourceId)),
    list: async (limit) => (await following.refreshes(limit)).map(shown),
    async get(refreshId) {
      const running = active.get(refreshId)
      if (running !== undefined) return running.refresh
      const refresh = shown(await following.refresh(refreshId))
      const sources: Refresh['sources'] = []
      for (const source of refresh.sources) {
        const isCut = source.failed > source.failures.length
        const failures = isCut ? failuresIn(await following.readFinishedPages(refreshId, source.id)) : source.failures
        sources.push({ ...source, failures })
      }
      return { ...refresh, sources }
    },
    async pause(refreshId) {
      const running = await inTurn(async () => {
        const found = active.get(refreshId)
        if (found === undefined) await following.refresh(refreshId)
        else jobs.cancel(found.jobId)
        return found
      })
      await running?.ended
    },
    resume,
    async cancel(refreshId) {
      const running = await inTurn(async () => {
        const found = active.get(refreshId)
        if (found === undefined) {
          const refresh = shown(await following.refresh(refreshId))
          if (open.has(refresh.state)) parts.onChange(await cancelled(refresh))
          return
        }
        found.isCancelled = true
        jobs.cancel(found.jobId)
        return found
      })
      await running?.ended
    },
    async resumeInterrupted() {
      for (const { id, state } of await following.refreshes(50))
        if (state === 'running' || state === 'offline' || state === 'waiting') await resume(id).catch(() => undefined)
    },
    async open() {
      const found = new Map<string, string>()
      for (const { id, state, sources } of (await recent()).toReversed())
        for (const source of open.has(state) ? sources : []) if (open.has(source.state)) found.set(source.id, id)
      return found
    },
    discardPlan: (sourceId) =>
      inTurn(async () => {
        for (const refresh of await leftOf(sourceId)) {
          // What failed once is asked for again whatever else is wanted now.
          if (refresh.reason === 'retry') continue
          await following.removePlan(refresh.id, sourceId)
          parts.onChange(shown(refresh))
        }
      }),
    excludeSource: (sourceId) =>
      inTurn(async () => {
        for (const refresh of await leftOf(sourceId)) {
          const sources = refresh.sources.map((each) =>
            each.id === sourceId && open.has(each.state) ? { ...each, state: 'cancelled' as const } : each,
          )
          const left = { ...refresh, sources }
          const hasOthers = sources.some(({ state }) => open.has(state))
          if (hasOthers) await following.writeRefresh(left)
          parts.onChange(hasOthers ? shown(left) : await cancelled(left))
        }
      }),
    prepareToQuit() {
      isLeaving = true
    },
  }
}

function failuresIn(settled: readonly FinishedPage[]): RefreshFailure[] {
  return settled.flatMap(({ url, title, error }) => (error === null ? [] : [{ ...error, url, title }]))
}

function currentOf({ sources }: Refresh): string {
  return sources.find(({ current }) => current !== null)?.current ?? ''
}

/** Pages whose last word is that they failed. */
function failedOf(settled: readonly FinishedPage[]): PlannedPage[] {
  const last = new Map(settled.map((each) => [each.url, each]))
  return [...last.values()]
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ url, title, publishedAt }) => ({ url, title, publishedAt }))
}

/**
 * A new refresh's id: the second it began, the millisecond in it (three hexadecimal digits) and five digits by chance, so
 * that ids stand in the order of the beginnings.
 */
function refreshIdAt(startedAt: Date): string {
  const second = startedAt.toISOString().slice(0, 19).replace(/[-:]/g, '').toLowerCase()
  const millisecond = startedAt.getUTCMilliseconds().toString(16).padStart(3, '0')
  return `${second}z-${millisecond}${nodeCrypto().randomBytes(3).toString('hex').slice(0, 5)}`
}
