import { AppError, toAppError } from '../../../shared/errors'
import type { SourceRefresh } from '../../../shared/refresh'
import type { FinishedPage, PlannedPage } from '../../library/sources/refresh-documents'
import { createEtaEstimator } from './eta-estimator'
import { fetchPlannedPage, type PlannedPageParts } from './fetch-planned-page'
import { retryWhenOnline } from './retry-when-online'
import { addFinishedPage } from './source-progress'
import type { UpdateProgress } from './source-run'

/**
 * Maximum number of pages of one source that are fetched at the same time. Each host also has a limit (see
 * `PoliteLimits`).
 */
const maxConcurrentPages = 2
/**
 * Maximum number of pages in a row that may fail because of their host. At this number, the refresh of the source
 * fails.
 */
const maxHostFailures = 8

/** The codes of errors that concern the host and not only the page. */
const hostErrorCodes: ReadonlySet<string> = new Set([
  'host-not-found',
  'connection-failed',
  'timed-out',
  'bad-certificate',
  'proxy-failed',
  'server-busy',
])

/** The dependencies of {@link fetchPlannedPages}. */
export interface FetchPlannedPagesParts extends PlannedPageParts {
  update: UpdateProgress
  /** Returns the current progress of the source. */
  progress(): SourceRefresh
}

/**
 * Fetches the unfinished pages of a plan, and records each page when it is finished. Throws `cancelled`, `offline`, and
 * the errors that concern the whole library. If too many pages in a row fail because of their host, throws the last
 * error.
 */
export async function fetchPlannedPages(pages: readonly PlannedPage[], parts: FetchPlannedPagesParts): Promise<void> {
  const { refresh, source, library, signal, update, progress } = parts
  const eta = createEtaEstimator(pages.length)
  const queue = pages.values()
  let hostFailures = 0
  let fatalError: AppError | null = null
  const recordPage = (page: FinishedPage): void => {
    library.sourceStore.appendFinishedPage(refresh.id, source.id, page)
    hostFailures = page.error !== null && hostErrorCodes.has(page.error.code) ? hostFailures + 1 : 0
    const after = addFinishedPage(progress(), page)
    const doneBefore = after.wanted - pages.length
    update({ ...after, secondsLeft: eta.secondsLeft(after.done - doneBefore) })
    if (hostFailures < maxHostFailures || page.error === null) return
    const { code, message, details } = page.error
    throw new AppError(code, message, details)
  }
  const worker = async (): Promise<void> => {
    try {
      for (const planned of queue) {
        if (signal.aborted) throw new AppError('cancelled', `refresh ${source.id}: cancelled`)
        if (fatalError !== null) return
        update({ current: planned.url })
        const { page, dropSpooled } = await retryWhenOnline(parts, update, () => fetchPlannedPage(planned, parts))
        recordPage(page)
        await dropSpooled()
      }
    } catch (thrown) {
      fatalError ??= toAppError(thrown)
    }
  }
  await Promise.all(Array.from({ length: maxConcurrentPages }, worker))
  // A worker assigns `fatalError`, but the compiler does not see this.
  const thrown = fatalError as AppError | null
  if (thrown !== null) throw thrown
}
