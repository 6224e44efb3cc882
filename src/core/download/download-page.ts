import { AppError } from '../../shared/errors'
import type { Extraction, ReceivedPage } from '../extract/extraction'
import type { FetchAddress, FetchResult } from '../fetch/fetch-result'
import { type TypedHost, typedHost } from '../fetch/ssrf-guard'
import { canonicalAddress, shortAddress, parseTypedAddress } from '../fetch/url'
import type { Addition } from '../library/changes/addition'
import { collectMedia, type ResolveMedia } from '../media/collect-media'
import { detectFileKind } from '../media/file-kind'
import { collectMorePages } from '../extract/pages/join-pages'
import type { AdditionFile } from '../library/store/captures'
import { sha256 } from '../library/store/identity'
import { createNetworkResolver } from './network-resolver'

/** The dependencies of {@link downloadPage}. */
export interface DownloadPageParts {
  fetchAddress: FetchAddress
  extract(page: ReceivedPage, signal: AbortSignal): Promise<Extraction>
  signal: AbortSignal
  /** Called with the address of each picture or file before it is fetched. */
  onProgress(current: string): void
  /** Returns the bytes of a picture or file. By default, pictures and files are fetched over the network. */
  resolve?: ResolveMedia
  /** Whether a page that only lists bulletins is refused with the error `page-of-links`. */
  refusesLists?: boolean
}

/** A page that can be added to the library. */
export interface DownloadedPage {
  addition: Addition
  /** The parts that the extraction removed from the page, with the reasons. */
  log: Extraction['log']
}

/**
 * Downloads the page at an address that the user typed, with its pictures and files. Throws `not-a-page`, and the
 * errors of {@link FetchAddress} and of an extraction.
 */
export async function downloadPage(typed: string, parts: DownloadPageParts): Promise<DownloadedPage> {
  const { fetchAddress, signal } = parts
  const url = parseTypedAddress(typed)
  const host = typedHost(url)
  const fetched = await fetchAddress(url.href, { signal, typed: host, accept: 'page' })
  return extractFetchedPage(fetched, host, { ...parts, refusesLists: true })
}

/**
 * Extracts a fetched page and collects its pictures and files. Throws `not-a-page` if the response is another kind of
 * file, and the errors of an extraction.
 */
export async function extractFetchedPage(
  fetched: FetchResult,
  typed: TypedHost | undefined,
  { fetchAddress, extract, signal, onProgress, resolve, refusesLists = false }: DownloadPageParts,
): Promise<DownloadedPage> {
  const { address, bytes, received, facts } = fetched
  const kind = await detectFileKind(bytes)
  if (kind !== null)
    throw new AppError('not-a-page', `download ${address}: ${kind.type}`, {
      url: shortAddress(address),
      type: kind.extension,
    })
  const page = {
    bytes,
    name: fetched.mediaType === 'text/plain' ? 'page.txt' : 'page.html',
    address,
    declaredCharset: fetched.charset,
    refusesLists,
  }
  const first = await extract(page, signal).catch((thrown: unknown) => {
    // The error gets the address instead of the file name, because the user knows only the address.
    if (!(thrown instanceof AppError) || !('name' in thrown.details)) throw thrown
    const details = { ...thrown.details, name: shortAddress(address) }
    throw new AppError(thrown.code, thrown.message, details, { cause: thrown })
  })
  const { extraction, pages } = await collectMorePages(first, {
    read: (next) => readFurtherPage(next, typed, { fetchAddress, signal }),
    extract: (next) => extract(next, signal),
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
    address: chooseAddress(extraction.address, address),
    source: { ...source, host: source.host ?? new URL(address).hostname },
    text,
    charset: charset.name,
    extractor,
    network: { facts, received },
    files: [...files, ...pages.map(toStoredPage)],
  }
  return { addition, log: extraction.log }
}

/** A further page of an article, as it is extracted and stored. */
interface FurtherPage extends ReceivedPage {
  fetched: FetchResult
  reference: string
}

/** Fetches a further page of an article. Returns null if the page cannot be downloaded. Throws `cancelled`. */
async function readFurtherPage(
  address: string,
  typed: TypedHost | undefined,
  { fetchAddress, signal }: Pick<DownloadPageParts, 'fetchAddress' | 'signal'>,
): Promise<FurtherPage | null> {
  const options = { signal, accept: 'page' as const, ...(typed === undefined ? {} : { typed }) }
  const fetched = await fetchAddress(address, options).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'cancelled') throw thrown
    return null // the bulletin names the page as missing
  })
  if (fetched === null || (await detectFileKind(fetched.bytes)) !== null) return null
  const { bytes, address: from, charset } = fetched
  return { bytes, name: 'page.html', address: from, declaredCharset: charset, fetched, reference: address }
}

/** A further page is stored as a file of the bulletin, so that an extraction of the stored page finds it. */
function toStoredPage({ fetched: { bytes, received, facts }, reference }: FurtherPage): AdditionFile {
  const file = `${sha256(bytes).slice(0, 32)}.html`
  const kind = { type: 'text/html' }
  return { role: 'attachment', address: reference, file, kind, bytes, received, facts, fileName: null }
}

/**
 * Chooses the address that identifies a page. This is the address that the page declares, if it has a path and is on
 * the same host. Otherwise it is the address from which the page was fetched. A declared address without a path is
 * ignored, because some systems declare their front page on every page.
 */
function chooseAddress(named: string | null, fetched: string): string {
  const own = named === null ? null : URL.parse(named)
  const from = new URL(fetched)
  const isUsable = own !== null && bareHost(own) === bareHost(from) && own.pathname !== '/'
  return isUsable && canonicalAddress(own.href) !== canonicalAddress(fetched) ? own.href : fetched
}

/** Returns the host without a prefix for AMP pages or for phones, because both show the same articles. */
function bareHost({ host }: URL): string {
  return host.replace(/^(?:www|amp|m|mobile)\.(?=[^.]+\.)/, '')
}
