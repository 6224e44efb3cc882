import { toAppError, toErrorShape } from '../../../shared/errors'
import type { SourceRefresh } from '../../../shared/refresh'
import { fatalErrorCodes } from '../../fatal-errors'
import type { FetchAddress } from '../../fetch/fetch-result'
import { createRefreshFetch } from '../../fetch/politeness/politeness'
import { type TypedHost, typedHost } from '../../fetch/ssrf-guard'
import type { CrawlState, RefreshPlan } from '../../library/sources/refresh-documents'
import { fetchPlannedPages } from './fetch-planned-pages'
import { planRefresh } from './plan-refresh'
import { recordFinishedPages, recordHealth } from './record-outcome'
import { retryWhenOnline } from './retry-when-online'
import { addFinishedPage, createSourceRefresh } from './source-progress'
import type { SourceRun, UpdateProgress } from './source-run'
import { createSpool } from './spool'

/**
 * Refreshes one source, or continues an interrupted refresh of this source. Makes a plan if the source has no plan, fetches the
 * pages of the plan, and records each finished page. Returns the progress, which contains the error if the source
 * failed. Throws `cancelled`, and the errors that concern the whole library.
 */
export async function refreshSource(run: SourceRun): Promise<SourceRefresh> {
  const { refresh, source } = run
  const { sourceStore } = run.library
  let progress: SourceRefresh = { ...createSourceRefresh(source), state: 'running' }
  const update: UpdateProgress = (changes) => {
    progress = { ...progress, ...changes }
    run.onProgress(progress)
  }
  const typed = source.isTyped === true ? typedHost(new URL(source.url)) : undefined
  const crawlState = await sourceStore.readCrawlState(source.id)
  const finished = await sourceStore.readFinishedPages(refresh.id, source.id)
  update(finished.reduce(addFinishedPage, progress))
  try {
    const plan =
      (await sourceStore.readPlan(refresh.id, source.id)) ??
      (await retryWhenOnline(run, update, () => makePlan(run, crawlState, typed, update)))
    const done = new Set(finished.map(({ url }) => url))
    const remaining = plan.entries.filter(({ url }) => !done.has(url))
    // A new plan does not contain the pages that were finished before it was made.
    update({ found: plan.found, wanted: remaining.length + done.size, done: done.size })
    await fetchPlannedPages(remaining, { ...run, crawlState, typed, update, progress: () => progress })
  } catch (thrown) {
    const error = toAppError(thrown)
    // The finished pages are recorded even if the refresh stops early. No pages are recorded after an error of the
    // whole library, such as a full disk.
    if (!fatalErrorCodes.has(error.code) || error.code === 'cancelled') await recordFinishedPages(run, crawlState)
    if (fatalErrorCodes.has(error.code)) throw thrown
    await recordHealth(run, toErrorShape(error))
    update({ state: 'failed', current: null, secondsLeft: null, error: toErrorShape(error) })
    return progress
  }
  await recordFinishedPages(run, crawlState)
  await recordHealth(run, null)
  update({ state: 'done', current: null, secondsLeft: null })
  return progress
}

/**
 * Makes the plan of the refresh and stores it. After a crash, it takes the responses that were received before from the
 * spool folder, which keeps them until their pages are stored.
 */
async function makePlan(
  run: SourceRun,
  crawlState: CrawlState,
  typed: TypedHost | undefined,
  update: UpdateProgress,
): Promise<RefreshPlan> {
  const { refresh, library, signal, politeness, runTask } = run
  const { sourceStore } = library
  const spool = createSpool(sourceStore.spoolFolder(refresh.id), createRefreshFetch(politeness))
  const fetchAddress: FetchAddress = (address, options) => {
    update({ current: address })
    return spool.fetchAddress(address, options)
  }
  let { source } = run
  let bytes = 0
  if (source.channels.length === 0) {
    const channels = await run.discoverChannels(source, { ...politeness, fetchAddress }, signal)
    source = await sourceStore.changeSource(source.id, (now) => ({ ...now, channels }))
  }
  const plan = await planRefresh(source, crawlState, {
    library,
    fetchAddress,
    runTask,
    typed,
    signal,
    now: run.clock(),
    wanted: refresh,
    onFound: (found) => update({ found }),
    onBytes(count) {
      bytes += count
      update({ bytes })
    },
  })
  await sourceStore.writeCrawlState(source.id, crawlState)
  await sourceStore.writePlan(refresh.id, source.id, plan)
  await spool.drop()
  return plan
}
