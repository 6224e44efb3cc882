import { AppError, toAppError, toErrorShape } from '../../shared/errors'
import type { FetchAddress, Fetched } from '../fetch/fetch-result'
import { forRefresh } from '../fetch/politeness'
import type { TypedHost } from '../fetch/ssrf-guard'
import { canonicalAddress, shortAddress } from '../fetch/url'
import type { KeptPage } from '../library/store/stored-page'
import type { Knowledge, KnownEntry, Planned, Settled } from '../library/sources/refresh-documents'
import { networkMedia, pageOf } from '../download/download-pages'
import type { ResolveMedia } from '../media/collect-media'
import type { SourceRun } from './refresh-source'
import { concernsLibrary } from '../fatal-errors'
import { createSpool } from './spool'

/** What fetching a planned page needs beside the run of its source. */
export interface PlannedParts extends SourceRun {
  knowledge: Knowledge
  typed: TypedHost | undefined
}

/** A page that is settled; once that is noted, what was received for it can be dropped. */
export interface SettledPage {
  settled: Settled
  drop(): Promise<void>
}

/**
 * Asks for one page of a plan and stores what came, with its pictures and files; a kept page is asked for only where it
 * changed. Whatever happens to the page itself is in what it returns; throws `cancelled`, `offline` and what concerns
 * the library.
 */
export async function fetchPlanned(entry: Planned, parts: PlannedParts): Promise<SettledPage> {
  const { refresh, library, politeness, signal, clock } = parts
  const known = parts.knowledge.entries[canonicalAddress(entry.url)] ?? null
  const spool = createSpool(library.following.spoolFolder(refresh.id), forRefresh(politeness))
  let bytes = 0
  const fetchAddress: FetchAddress = async (address, options) => {
    const fetched = await spool.fetchAddress(address, options)
    bytes += fetched.received.byteLength
    return fetched
  }
  const settled = (outcome: Settled['outcome'], more: Partial<Settled> = {}): Settled => ({
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
    if (known?.id != null && known.goneAt !== null) await library.noteWhetherGone(known.id, entry.url, null)
    const isUnchanged = fetched.status === 304
    const done = isUnchanged
      ? settled('unchanged')
      : await store(entry, fetched, { ...parts, fetchAddress, known, settled })
    return { settled: done, drop: () => spool.drop() }
  } catch (thrown) {
    const error = toAppError(thrown)
    if (concernsLibrary.has(error.code) || error.code === 'offline') throw error
    const isGone = error.code === 'page-not-found' && known?.id != null
    if (isGone) await library.noteWhetherGone(known.id ?? '', entry.url, clock())
    const shape = { ...toErrorShape(error), details: { url: shortAddress(entry.url), ...error.details } }
    return { settled: isGone ? settled('gone') : settled('failed', { error: shape }), drop: () => spool.drop() }
  }
}

interface StoreParts extends PlannedParts {
  fetchAddress: FetchAddress
  known: KnownEntry | null
  settled(outcome: Settled['outcome'], more?: Partial<Settled>): Settled
}

async function store(entry: Planned, fetched: Fetched, parts: StoreParts): Promise<Settled> {
  const { library, source, typed, known, signal, settled } = parts
  // Portals lead to their front page from what they no longer have.
  if (isFrontPage(fetched.address) && !isFrontPage(entry.url))
    throw new AppError('page-not-found', `refresh ${entry.url}: leads to the front page`, {
      url: shortAddress(entry.url),
      host: new URL(entry.url).host,
      status: fetched.facts.redirects.at(-1)?.status ?? 302,
    })
  const kept = known?.id == null ? null : await library.keptPage(known.id).catch(() => null)
  const { resolve, keptAddresses } = keptFirst(kept, networkMedia(parts.fetchAddress, typed))
  const { addition } = await pageOf(fetched, typed, {
    fetchAddress: parts.fetchAddress,
    extract: (page, stop) => parts.extract(page, stop),
    signal,
    onProgress: () => undefined,
    resolve,
  })
  const stored = await library.addUnasked({
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
  kept: KeptPage | null,
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
