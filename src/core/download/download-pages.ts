import type { AddResult } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import type { Extraction, ReceivedPage } from '../extract/extraction'
import type { FetchAddress, FetchResult } from '../fetch/fetch-result'
import { type TypedHost, typedHost } from '../fetch/ssrf-guard'
import { canonicalAddress, shortAddress, parseTypedAddress } from '../fetch/url'
import type { Addition } from '../library/changes/add-bulletin'
import type { Library } from '../library/library'
import { detectFileKind } from '../media/file-kind'
import { collectMedia, type ResolveMedia } from '../media/collect-media'
import { fatalErrorCodes } from '../fatal-errors'

/** What adding needs. */
export interface DownloadPagesOptions {
  library: Pick<Library, 'add'>
  fetchAddress: FetchAddress
  extract(page: ReceivedPage, signal: AbortSignal): Promise<Extraction>
  signal: AbortSignal
  onProgress(done: number, total: number, current: string): void
  onStored(id: string): void
  /** Whether the result says what extraction left out of each page. */
  explain: boolean
}

/**
 * Downloads these addresses, each with its pictures and attached files, and stores them. One that fails is named with
 * its reason and holds up no other; what concerns the library as a whole ends the run, and the rest is in `failed`
 * with that reason.
 */
export async function downloadPages(urls: readonly string[], options: DownloadPagesOptions): Promise<AddResult> {
  const result: AddResult = { added: [], revised: [], unchanged: [], failed: [], explained: [] }
  const fail = (url: string, thrown: unknown): void => {
    const { code, message, details } = toErrorShape(thrown)
    result.failed.push({ url, code, message, details: { url: shortAddress(url), ...details } })
  }
  let ending: AppError | null = null
  for (const [done, url] of urls.entries()) {
    if (options.signal.aborted) ending ??= new AppError('cancelled', 'add: cancelled')
    if (ending !== null) {
      fail(url, ending)
      continue
    }
    options.onProgress(done, urls.length, url)
    try {
      const { addition, log } = await downloadPage(url, {
        ...options,
        onProgress: (current) => options.onProgress(done, urls.length, current),
      })
      const { outcome, id, title } = await options.library.add(addition)
      const missing = addition.text.missing?.length ?? 0
      result[outcome].push({ id, title, url, missing })
      if (options.explain) result.explained.push({ url, removals: [...log] })
      if (outcome !== 'unchanged') options.onStored(id)
    } catch (thrown) {
      fail(url, thrown)
      if (thrown instanceof AppError && fatalErrorCodes.has(thrown.code)) ending = thrown
    }
  }
  options.onProgress(urls.length, urls.length, '')
  return result
}

/** What downloading one page needs. */
export interface DownloadPageOptions extends Pick<DownloadPagesOptions, 'fetchAddress' | 'extract' | 'signal'> {
  /** Hears the address that is being fetched. */
  onProgress(current: string): void
  /** Gets pictures and files; over the network where it is not given. */
  resolve?: ResolveMedia
}

/**
 * One page as the reader typed its address, with its pictures and files, ready to be stored. Throws as
 * {@link FetchAddress} and extraction do, and `not-a-page`.
 */
export async function downloadPage(
  typed: string,
  options: DownloadPageOptions,
): Promise<{ addition: Addition; log: NonNullable<Extraction['log']> }> {
  const { fetchAddress, signal } = options
  const url = parseTypedAddress(typed)
  const host = typedHost(url)
  const fetched = await fetchAddress(url.href, { signal, typed: host, accept: 'page' })
  return extractFetchedPage(fetched, host, options)
}

/** A fetched page made into an addition: extracted, its media fetched. */
export async function extractFetchedPage(
  fetched: FetchResult,
  typed: TypedHost | undefined,
  { fetchAddress, extract, signal, onProgress, resolve }: DownloadPageOptions,
): Promise<{ addition: Addition; log: NonNullable<Extraction['log']> }> {
  const { address, bytes, received, facts } = fetched
  const kind = await detectFileKind(bytes)
  if (kind !== null)
    throw new AppError('not-a-page', `add ${address}: ${kind.type}`, {
      url: shortAddress(address),
      type: kind.extension,
    })
  const page = {
    bytes,
    name: fetched.mediaType === 'text/plain' ? 'page.txt' : 'page.html',
    address,
    declaredCharset: fetched.charset,
  }
  const extraction = await extract(page, signal).catch((thrown: unknown) => {
    // What it is called in sentences: the reader knows its address, not a file.
    if (!(thrown instanceof AppError) || !('name' in thrown.details)) throw thrown
    throw new AppError(
      thrown.code,
      thrown.message,
      { ...thrown.details, name: shortAddress(address) },
      { cause: thrown },
    )
  })
  const { text, files } = await collectMedia(extraction.text, extraction.media, {
    resolve: resolve ?? createNetworkResolver(fetchAddress, typed),
    signal,
    onProgress: (_done, _total, current) => onProgress(current),
  })
  const { source, charset, extractor } = extraction
  const addition: Addition = {
    bytes,
    name: page.name,
    address: bestAddress(extraction.address, address),
    source: { ...source, host: source.host ?? new URL(address).hostname },
    text,
    charset: charset.name,
    extractor,
    network: { facts, received },
    files,
  }
  return { addition, log: extraction.log }
}

/** Gets media over the network: for a page from what was typed, also from that very host. */
export function createNetworkResolver(fetchAddress: FetchAddress, typed: TypedHost | undefined): ResolveMedia {
  return (address, role, signal) =>
    fetchAddress(address, {
      signal,
      accept: role === 'picture' ? 'picture' : 'any',
      ...(typed === undefined ? {} : { typed }),
    })
}

/**
 * The address that identifies a page: the one it names for itself, if that is on the same host and says more than the
 * host alone (some systems name their front page on every page); else where it came from.
 */
function bestAddress(named: string | null, fetched: string): string {
  const own = named === null ? null : URL.parse(named)
  const from = new URL(fetched)
  const isUsable =
    own !== null && own.host.replace(/^www\./, '') === from.host.replace(/^www\./, '') && own.pathname !== '/'
  return isUsable && canonicalAddress(own.href) !== canonicalAddress(fetched) ? own.href : fetched
}
