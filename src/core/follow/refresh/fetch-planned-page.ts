import { AppError, toAppError, toErrorShape } from '../../../shared/errors'
import type { FetchAddress, FetchResult } from '../../fetch/fetch-result'
import { createRefreshFetch } from '../../fetch/politeness'
import type { TypedHost } from '../../fetch/ssrf-guard'
import { canonicalAddress, shortAddress } from '../../fetch/url'
import type { StoredPage } from '../../library/store/stored-page'
import type { CrawlState, KnownEntry, PlannedPage, FinishedPage } from '../../library/sources/refresh-documents'
import { extractFetchedPage } from '../../download/download-page'
import { createNetworkResolver } from '../../download/network-resolver'
import type { ResolveMedia } from '../../media/collect-media'
import type { SourceRun } from './refresh-source'
import { fatalErrorCodes } from '../../fatal-errors'
import { createSpool } from './spool'

/** What fetching a planned page needs beside the run of its source. */
export interface PlannedPageContext extends SourceRun {
  knowledge: CrawlState
  typed: TypedHost | undefined
}

/** A page that is settled; once that is noted, what was received for it can be dropped. */
export interface PlannedPageResult {
  settled: FinishedPage
  drop(): Promise<void>
}

/**
 * Asks for one page of a plan and stores what came, with its pictures and files; a kept page is asked for only where it
 * changed. Whatever happens to the page itself is in what it returns; throws `cancelled`, `offline` and what concerns
 * the library.
 */
export async function fetchPlannedPage(entry: PlannedPage, parts: PlannedPageContext): Promise<PlannedPageResult> {
  const { refresh, library, politeness, signal, clock } = parts
  const known = parts.knowledge.entries[canonicalAddress(entry.url)] ?? null
  const spool = createSpool(library.sourceStore.spoolFolder(refresh.id), createRefreshFetch(politeness))
  let bytes = 0
  const fetchAddress: FetchAddress = async (address, options) => {
    const fetched = await spool.fetchAddress(address, options)
    bytes += fetched.received.byteLength
    return fetched
  }
  const settled = (outcome: FinishedPage['outcome'], more: Partial<FinishedPage> = {}): FinishedPage => ({
    url: entry.url,
    outcome,
    id: known?.id ?? null,
    title: entry.title,
    publishedAt: entry.publishedAt,
    at: clock().toISOString(),
    bytes,
    etag: known?.etag ?? null,
    lastModified: known?.lastModified ?? null,
    error: null,
    ...more,
  })
  try {
    const fetched = await fetchAddress(entry.url, {
      signal,
      accept: 'page',
      ...(parts.typed === undefined ? {} : { typed: parts.typed }),
      ...(known?.id == null ? {} : { validators: { etag: known.etag, lastModified: known.lastModified } }),
    })
    if (known?.id != null && known.goneAt !== null) await library.recordAvailability(known.id, entry.url, null)
    const isUnchanged = fetched.status === 304
    const done = isUnchanged
      ? settled('unchanged')
      : await store(entry, fetched, { ...parts, fetchAddress, known, settled })
    return { settled: done, drop: () => spool.drop() }
  } catch (thrown) {
    const error = toAppError(thrown)
    if (fatalErrorCodes.has(error.code) || error.code === 'offline') throw error
    const isGone = error.code === 'page-not-found' && known?.id != null
    if (isGone) await library.recordAvailability(known.id ?? '', entry.url, clock())
    const shape = { ...toErrorShape(error), details: { url: shortAddress(entry.url), ...error.details } }
    return { settled: isGone ? settled('gone') : settled('failed', { error: shape }), drop: () => spool.drop() }
  }
}

interface StoreParts extends PlannedPageContext {
  fetchAddress: FetchAddress
  known: KnownEntry | null
  settled(outcome: FinishedPage['outcome'], more?: Partial<FinishedPage>): FinishedPage
}

async function store(entry: PlannedPage, fetched: FetchResult, parts: StoreParts): Promise<FinishedPage> {
  const { library, source, typed, known, signal, settled } = parts
  // Portals lead to their front page from what they no longer have.
  if (isFrontPage(fetched.address) && !isFrontPage(entry.url))
    throw new AppError('page-not-found', `refresh ${entry.url}: leads to the front page`, {
      url: shortAddress(entry.url),
      host: new URL(entry.url).host,
      status: fetched.facts.redirects.at(-1)?.status ?? 302,
    })
  const kept = known?.id == null ? null : await library.readStoredPage(known.id).catch(() => null)
  const { resolve, keptAddresses } = keptFirst(kept, createNetworkResolver(parts.fetchAddress, typed))
  const { addition } = await extractFetchedPage(fetched, typed, {
    fetchAddress: parts.fetchAddress,
    extract: (page, stop) => parts.extract(page, stop),
    signal,
    onProgress: () => undefined,
    resolve,
  })
  const stored = await library.addAutomatically({
    ...addition,
    source: { ...addition.source, id: source.id, name: source.name },
    files: (addition.files ?? []).filter(({ address }) => address === null || !keptAddresses.has(address)),
  })
  if (stored === null) return settled('deleted', { id: null })
  if (stored.outcome !== 'unchanged') parts.onStored(stored.id)
  return settled(stored.outcome, {
    id: stored.id,
    title: stored.title,
    publishedAt: addition.text.published.value ?? entry.publishedAt,
    ...fetched.validators,
  })
}

/** Pictures and files that are kept already are not asked for again. */
function keptFirst(
  kept: StoredPage | null,
  network: ResolveMedia,
): { resolve: ResolveMedia; keptAddresses: ReadonlySet<string> } {
  const keptAddresses = new Set<string>()
  return {
    keptAddresses,
    async resolve(address, role, signal) {
      const bytes = (await kept?.keptFile(address)) ?? null
      if (bytes === null) return network(address, role, signal)
      keptAddresses.add(address)
      return { bytes, received: bytes, facts: null, fileName: null }
    },
  }
}

function isFrontPage(address: string): boolean {
  const { pathname, search } = new URL(address)
  return pathname === '/' && search === ''
}
