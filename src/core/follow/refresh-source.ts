import { AppError, type ErrorShape, toAppError, toErrorShape } from '../../shared/errors'
import { emptyCounts, type Refresh, type SourceRefresh } from '../../shared/refresh'
import type { Source } from '../../shared/source'
import type { Extraction, ReceivedPage } from '../extract/extraction'
import type { FetchAddress } from '../fetch/fetch-result'
import { createRefreshFetch, type Politeness } from '../fetch/politeness'
import { type TypedHost, typedHost } from '../fetch/ssrf-guard'
import { canonicalAddress } from '../fetch/url'
import type { Library } from '../library/library'
import type { CrawlState, RefreshPlan, PlannedPage, FinishedPage } from '../library/sources/refresh-documents'
import { fetchPlannedPage } from './fetch-planned-page'
import { createEtaEstimator } from './eta-estimator'
import { planRefresh } from './plan-refresh'
import { fatalErrorCodes } from '../fatal-errors'
import { createSpool } from './spool'

/** Pages of one source that are worked on side by side; a host has its own limit beside. */
const maxConcurrentPages = 2
/** After so many pages in a row that failed because of their host, the others are not asked for. */
const maxHostFailures = 8
/** So many failures are shown; all are counted, and all are asked for again by a retry. */
const maxFailuresShown = 100

/** What refreshing needs of the program. */
export interface RefreshDependencies {
  library: Pick<Library, 'addAutomatically' | 'findByOrigin' | 'recordAvailability' | 'readStoredPage' | 'sourceStore'>
  politeness: Politeness
  extract(page: ReceivedPage, signal: AbortSignal): Promise<Extraction>
  /** The feeds, listings and sitemaps of a portal that are followed unless its reader chose. Throws as fetching does. */
  channelsOf(source: Source, fetching: Politeness, signal: AbortSignal): Promise<Source['channels']>
  clock(): Date
  /** Waits until the network may be there again; false where that took too long. Rejects when the signal aborts. */
  waitForNetwork(refresh: Refresh, signal: AbortSignal): Promise<boolean>
  onStored(id: string): void
}

/** One source of a refresh under way. */
export interface SourceRun extends RefreshDependencies {
  refresh: Refresh
  source: Source
  signal: AbortSignal
  /** Hears every change of the standing. */
  onProgress(standing: SourceRefresh): void
}

/** Failures that say something of the host, not of the page. */
const ofHost: ReadonlySet<string> = new Set([
  'host-not-found',
  'connection-failed',
  'timed-out',
  'bad-certificate',
  'proxy-failed',
  'server-busy',
])

/** The standing of a source that has not begun. */
export function createSourceRefresh({ id, name }: Pick<Source, 'id' | 'name'>): SourceRefresh {
  return { ...emptyCounts, id, name, state: 'waiting', current: null, error: null, failures: [] }
}

/**
 * Refreshes one source, or goes on where it was left: plans once, then asks for one page after the other and notes each
 * when it is settled. What the source fails with is in the standing it returns; throws `cancelled`, and what concerns
 * the library as a whole.
 */
export async function refreshSource(run: SourceRun): Promise<SourceRefresh> {
  const { refresh, source } = run
  const { sourceStore: following } = run.library
  let standing: SourceRefresh = { ...createSourceRefresh(source), state: 'running' }
  const change = (changes: Partial<SourceRefresh>): void => {
    standing = { ...standing, ...changes }
    run.onProgress(standing)
  }
  const typed = source.isTyped === true ? typedHost(new URL(source.url)) : undefined
  const knowledge = await following.readCrawlState(source.id)
  const before = await following.readFinishedPages(refresh.id, source.id)
  change(countsOf(before))
  try {
    const plan =
      (await following.readPlan(refresh.id, source.id)) ??
      (await retryWhenOnline(run, change, () => makePlan(run, knowledge, typed, change)))
    const done = new Set(before.map(({ url }) => url))
    const left = plan.entries.filter(({ url }) => !done.has(url))
    // Of a plan that was made anew, what was settled before is no part.
    change({ found: plan.found, wanted: left.length + done.size, done: done.size })
    await workThrough(run, left, { knowledge, typed, change, standing: () => standing })
  } catch (thrown) {
    const error = toAppError(thrown)
    // What came home is known, also where the rest is left for later or for good; a disk that is full takes nothing.
    if (!fatalErrorCodes.has(error.code) || error.code === 'cancelled') await noteKnown(run, knowledge)
    if (fatalErrorCodes.has(error.code)) throw thrown
    await noteHealth(run, toErrorShape(error))
    change({ state: 'failed', current: null, secondsLeft: null, error: toErrorShape(error) })
    return standing
  }
  await noteKnown(run, knowledge)
  await noteHealth(run, null)
  change({ state: 'done', current: null, secondsLeft: null })
  return standing
}

/** Notes in the source how its refresh went. */
async function noteHealth({ library, source, clock }: SourceRun, error: ErrorShape | null): Promise<void> {
  const at = clock().toISOString()
  await library.sourceStore
    .changeSource(source.id, ({ health, ...rest }) => ({
      ...rest,
      health: {
        ...health,
        lastTriedAt: at,
        lastGoodAt: error === null ? at : health.lastGoodAt,
        failuresInARow: error === null ? 0 : health.failuresInARow + 1,
        lastError: error,
      },
    }))
    .catch((thrown: unknown) => {
      // Removed meanwhile: nobody asks any more.
      if (!(thrown instanceof AppError) || thrown.code !== 'source-not-found') throw thrown
    })
}

async function makePlan(
  run: SourceRun,
  knowledge: CrawlState,
  typed: TypedHost | undefined,
  change: (changes: Partial<SourceRefresh>) => void,
): Promise<RefreshPlan> {
  const { refresh, library, signal, politeness } = run
  const spool = createSpool(library.sourceStore.spoolFolder(refresh.id), createRefreshFetch(politeness))
  const fetchAddress: FetchAddress = (address, options) => {
    change({ current: address })
    return spool.fetchAddress(address, options)
  }
  let { source } = run
  let bytes = 0
  if (source.channels.length === 0) {
    const channels = await run.channelsOf(source, { ...politeness, fetchAddress }, signal)
    source = await library.sourceStore.changeSource(source.id, (now) => ({ ...now, channels }))
  }
  const plan = await planRefresh(source, knowledge, {
    library,
    fetchAddress,
    typed,
    signal,
    now: run.clock(),
    wanted: refresh,
    onFound: (found) => change({ found }),
    onBytes(count) {
      bytes += count
      change({ bytes })
    },
  })
  await library.sourceStore.writeCrawlState(source.id, knowledge)
  await library.sourceStore.writePlan(refresh.id, source.id, plan)
  await spool.drop()
  return plan
}

interface Work {
  knowledge: CrawlState
  typed: TypedHost | undefined
  change(changes: Partial<SourceRefresh>): void
  standing(): SourceRefresh
}

async function workThrough(run: SourceRun, left: readonly PlannedPage[], work: Work): Promise<void> {
  const { refresh, source, library, signal } = run
  const { change, standing } = work
  const pace = createEtaEstimator(left.length)
  const queue = left.values()
  let hostFailures = 0
  let fatalError: AppError | null = null
  const settle = (settled: FinishedPage): void => {
    library.sourceStore.appendFinishedPage(refresh.id, source.id, settled)
    hostFailures = settled.error !== null && ofHost.has(settled.error.code) ? hostFailures + 1 : 0
    const now = standing()
    const counts = added(now, settled)
    change({ ...counts, secondsLeft: pace.secondsLeft(counts.done - (now.wanted - left.length)) })
    if (hostFailures < maxHostFailures || settled.error === null) return
    const { code, message, details } = settled.error
    throw new AppError(code, message, details)
  }
  const worker = async (): Promise<void> => {
    try {
      for (const entry of queue) {
        if (signal.aborted) throw new AppError('cancelled', `refresh ${source.id}: cancelled`)
        if (fatalError !== null) return
        change({ current: entry.url })
        const { settled, drop } = await retryWhenOnline(run, change, () => fetchPlannedPage(entry, { ...run, ...work }))
        settle(settled)
        await drop()
      }
    } catch (thrown) {
      fatalError ??= toAppError(thrown)
    }
  }
  await Promise.all(Array.from({ length: maxConcurrentPages }, worker))
  // The compiler does not see that a worker sets it.
  const thrown = fatalError as AppError | null
  if (thrown !== null) throw thrown
}

/** Does the work; where the network is away, again when it may be back. Throws `offline` where that takes too long. */
async function retryWhenOnline<T>(
  { refresh, signal, waitForNetwork }: SourceRun,
  change: (changes: Partial<SourceRefresh>) => void,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'offline') throw thrown
      change({ state: 'offline' })
      if (!(await waitForNetwork(refresh, signal))) throw thrown
      change({ state: 'running' })
    }
  }
}

/** Puts what the whole refresh has settled into what is known of the source. */
async function noteKnown({ refresh, source, library }: SourceRun, knowledge: CrawlState): Promise<void> {
  for (const settled of await library.sourceStore.readFinishedPages(refresh.id, source.id)) {
    const key = canonicalAddress(settled.url)
    const known = knowledge.entries[key]
    if (known === undefined) continue
    const { outcome, id, at, etag, lastModified, error } = settled
    const isGone = outcome === 'gone' || error?.code === 'page-not-found'
    knowledge.entries[key] = {
      ...known,
      checkedAt: at,
      ...(outcome === 'deleted' ? { isDeleted: true } : {}),
      ...(isGone ? { goneAt: known.goneAt ?? at } : {}),
      ...(id === null || isGone || outcome === 'failed'
        ? {}
        : { id, etag, lastModified, goneAt: null, publishedAt: settled.publishedAt ?? known.publishedAt }),
    }
  }
  await library.sourceStore.writeCrawlState(source.id, knowledge)
}

function countsOf(settled: readonly FinishedPage[]): Pick<SourceRefresh, 'done' | 'bytes' | 'failures'> {
  let counts = createSourceRefresh({ id: '', name: '' })
  for (const each of settled) counts = { ...counts, ...added(counts, each) }
  const { id: _id, name: _name, state: _state, ...rest } = counts
  return rest
}

function added(standing: SourceRefresh, settled: FinishedPage): Partial<SourceRefresh> & { done: number } {
  const { outcome, error, bytes, url, title } = settled
  const counted = outcome === 'deleted' ? 'unchanged' : outcome
  const failures =
    error === null || standing.failures.length >= maxFailuresShown
      ? standing.failures
      : [...standing.failures, { ...error, url, title }]
  return {
    [counted]: standing[counted] + 1,
    done: standing.done + 1,
    bytes: standing.bytes + bytes,
    failures,
  }
}
