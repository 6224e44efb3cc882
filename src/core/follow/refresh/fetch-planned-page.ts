import { AppError, toAppError, toErrorShape } from '../../../shared/errors'
import { extractFetchedPage } from '../../download/download-page'
import { createNetworkResolver } from '../../download/network-resolver'
import { addFeedText, addFilePage, isDocumentFile } from '../../download/substitute-page'
import { fatalErrorCodes } from '../../fatal-errors'
import type { FetchAddress, FetchResult } from '../../fetch/fetch-result'
import { createRefreshFetch } from '../../fetch/politeness/politeness'
import type { TypedHost } from '../../fetch/ssrf-guard'
import { canonicalAddress, shortAddress } from '../../fetch/url'
import type { CrawlState, FinishedPage, KnownEntry, PlannedPage } from '../../library/sources/refresh-documents'
import type { StoredPage } from '../../library/store/stored-page'
import type { ResolveMedia } from '../../media/collect-media'
import type { SourceRun } from './source-run'
import { createSpool } from './spool'

/** The dependencies of {@link fetchPlannedPage}. */
export interface PlannedPageParts extends SourceRun {
  crawlState: CrawlState
  typed: TypedHost | undefined
}

/** The result of fetching one planned page. */
export interface PlannedPageResult {
  page: FinishedPage
  /**
   * Deletes the received responses of the page from the spool folder, which keeps them until the page is stored. Must
   * be called after `page` is recorded.
   */
  dropSpooled(): Promise<void>
}

/**
 * Fetches one page of a plan with its pictures and files, and stores it. A page that the library already has is fetched
 * only if it has changed. An error that concerns only this page becomes the outcome of the page. Throws `cancelled`,
 * `offline`, and the errors that concern the whole library.
 */
export async function fetchPlannedPage(planned: PlannedPage, parts: PlannedPageParts): Promise<PlannedPageResult> {
  const { refresh, library, politeness, signal, clock } = parts
  const known = parts.crawlState.entries[canonicalAddress(planned.url)] ?? null
  const spool = createSpool(library.sourceStore.spoolFolder(refresh.id), createRefreshFetch(politeness))
  let bytes = 0
  const fetchAddress: FetchAddress = async (address, options) => {
    const fetched = await spool.fetchAddress(address, options)
    bytes += fetched.received.byteLength
    return fetched
  }
  const finish: FinishPage = (outcome, more = {}) => ({
    url: planned.url,
    outcome,
    id: known?.id ?? null,
    title: planned.title,
    publishedAt: planned.publishedAt,
    at: clock().toISOString(),
    bytes,
    etag: known?.etag ?? null,
    lastModified: known?.lastModified ?? null,
    error: null,
    ...more,
  })
  const dropSpooled = (): Promise<void> => spool.drop()
  try {
    const fetched = await fetchAddress(planned.url, {
      signal,
      accept: 'page',
      ...(parts.typed === undefined ? {} : { typed: parts.typed }),
      ...(known?.id == null ? {} : { validators: { etag: known.etag, lastModified: known.lastModified } }),
    })
    if (known?.id != null && known.goneAt !== null) await library.recordAvailability(known.id, planned.url, null)
    const isUnchanged = fetched.status === 304
    const page = isUnchanged
      ? finish('unchanged')
      : await storePage(planned, fetched, { ...parts, fetchAddress, known, finish })
    return { page, dropSpooled }
  } catch (thrown) {
    const error = toAppError(thrown)
    if (fatalErrorCodes.has(error.code) || error.code === 'offline') throw error
    if (error.code === 'page-not-found' && known?.id == null) {
      const kept = await storeFeedText(planned, { ...parts, fetchAddress, known, finish })
      if (kept !== null) return { page: kept, dropSpooled }
    }
    if (error.code === 'page-not-found' && known?.id != null) {
      await library.recordAvailability(known.id, planned.url, clock())
      return { page: finish('gone'), dropSpooled }
    }
    const shape = { ...toErrorShape(error), details: { url: shortAddress(planned.url), ...error.details } }
    return { page: finish('failed', { error: shape }), dropSpooled }
  }
}

/**
 * Creates the record of a finished page from its plan and from the crawl state, which lists the pages that refreshes
 * have found. The values in `more` replace the values of both.
 */
type FinishPage = (outcome: FinishedPage['outcome'], more?: Partial<FinishedPage>) => FinishedPage

interface StorePageParts extends PlannedPageParts {
  fetchAddress: FetchAddress
  known: KnownEntry | null
  finish: FinishPage
}

async function storePage(planned: PlannedPage, fetched: FetchResult, parts: StorePageParts): Promise<FinishedPage> {
  const { library, source, typed, known, signal, finish } = parts
  // A redirect from a page to the front page counts as `page-not-found`, because portals redirect the address of a
  // removed page in this way.
  if (isFrontPage(fetched.address) && !isFrontPage(planned.url))
    throw new AppError('page-not-found', `refresh ${planned.url}: redirects to the front page`, {
      url: shortAddress(planned.url),
      host: new URL(planned.url).host,
      status: fetched.facts.redirects.at(-1)?.status ?? 302,
    })
  const stored = known?.id == null ? null : await library.readStoredPage(known.id).catch(() => null)
  const { resolve, reused } = reuseStoredFiles(stored, createNetworkResolver(parts.fetchAddress, typed))
  const extract: StorePageParts['extract'] = (page, stop) => parts.extract(page, stop)
  const { fetchAddress } = parts
  const { addition } = (await isDocumentFile(fetched))
    ? { addition: await addFilePage(planned, fetched, { extract, signal }) }
    : await extractFetchedPage(fetched, typed, { fetchAddress, extract, signal, onProgress: () => undefined, resolve })
  const result = await library.addAutomatically({
    ...addition,
    source: { ...addition.source, id: source.id, name: source.name },
    files: (addition.files ?? []).filter(({ address }) => address === null || !reused.has(address)),
  })
  if (result === null) return finish('deleted', { id: null })
  if (result.outcome !== 'unchanged') parts.onStored(result.id)
  return finish(result.outcome, {
    id: result.id,
    title: result.title,
    publishedAt: addition.text.published.value ?? planned.publishedAt,
    ...fetched.validators,
  })
}

/**
 * Stores the text that a feed of the source gives for a page that no longer exists. Returns null if no feed gives the
 * text, or if the user deleted the bulletin for good.
 */
async function storeFeedText(planned: PlannedPage, parts: StorePageParts): Promise<FinishedPage | null> {
  const { library, source, typed, signal, finish, fetchAddress } = parts
  const feeds = source.channels.filter(({ kind }) => kind === 'feed').map(({ url }) => url)
  const resolve = createNetworkResolver(fetchAddress, typed)
  const extract: StorePageParts['extract'] = (page, stop) => parts.extract(page, stop)
  const addition = await addFeedText(planned, feeds, { extract, signal, fetchAddress, typed, resolve })
  const result =
    addition === null
      ? null
      : await library.addAutomatically({
          ...addition,
          source: { ...addition.source, id: source.id, name: source.name },
        })
  if (result === null) return null
  if (result.outcome !== 'unchanged') parts.onStored(result.id)
  return finish(result.outcome, { id: result.id, title: result.title })
}

/**
 * Creates a function that takes pictures and files from the stored page if it has them, and from the network if not.
 * `reused` contains the addresses of the pictures and files that were taken from the stored page.
 */
function reuseStoredFiles(
  stored: StoredPage | null,
  network: ResolveMedia,
): { resolve: ResolveMedia; reused: ReadonlySet<string> } {
  const reused = new Set<string>()
  return {
    reused,
    async resolve(address, role, signal) {
      const bytes = (await stored?.readFileByAddress(address)) ?? null
      if (bytes === null) return network(address, role, signal)
      reused.add(address)
      return { bytes, received: bytes, facts: null, fileName: null }
    },
  }
}

function isFrontPage(address: string): boolean {
  const { pathname, search } = new URL(address)
  return pathname === '/' && search === ''
}
