import type { Entry, Source } from '../../../shared/source'
import { decodeMarkup } from '../../feeds/decode-markup'
import { readListing } from '../../feeds/listing/listing'
import { readFeed } from '../../feeds/read-feed'
import { readSitemap } from '../../feeds/sitemap'
import type { FetchAddress, FetchResult } from '../../fetch/fetch-result'
import type { TypedHost } from '../../fetch/ssrf-guard'
import { canonicalAddress } from '../../fetch/url'
import type { ChannelPage, CrawlState } from '../../library/sources/refresh-documents'

/** A feed, listing or sitemap of a source. */
export type FollowedChannel = Source['channels'][number]

/** An entry with the address of its page. */
export type PageEntry = Entry & { url: string }

/** The current content of a page of a channel. */
export interface FetchedChannelPage {
  entries: PageEntry[]
  /** The page with older entries. */
  next: string | null
  /** The sitemaps that an index names. */
  parts: ChannelPage['parts']
}

/** The dependencies of {@link fetchChannelPage}. */
export interface FetchChannelPageParts {
  fetchAddress: FetchAddress
  typed: TypedHost | undefined
  signal: AbortSignal
  /** Receives the number of bytes of each response. */
  onBytes(count: number): void
}

/**
 * Fetches a page of a channel, unless it is unchanged since the last refresh. Records the page and its entries in
 * `crawlState`. Throws the errors of {@link FetchAddress} and {@link readSitemap}.
 */
export async function fetchChannelPage(
  { kind }: Pick<FollowedChannel, 'kind'>,
  url: string,
  crawlState: CrawlState,
  { fetchAddress, typed, signal, onBytes }: FetchChannelPageParts,
): Promise<FetchedChannelPage> {
  const known = crawlState.pages[url]
  const fetched = await fetchAddress(url, {
    signal,
    accept: kind === 'feed' ? 'feed' : 'page',
    ...(typed === undefined ? {} : { typed }),
    ...(known === undefined ? {} : { validators: { etag: known.etag, lastModified: known.lastModified } }),
  })
  onBytes(fetched.received.byteLength)
  if (fetched.status === 304 && known !== undefined) return restorePage(known, crawlState)
  const page = await readChannelPage(kind, fetched)
  const { etag, lastModified } = fetched.validators
  const keys = page.entries.map((entry) => canonicalAddress(entry.url))
  crawlState.pages[url] = { ...known, etag, lastModified, entries: keys, next: page.next, parts: page.parts }
  for (const [at, entry] of page.entries.entries()) recordEntry(crawlState, keys[at] ?? entry.url, entry)
  return page
}

/**
 * Reads a page of a channel. If the page is not of the expected kind, the kind is detected from its content. Throws the
 * errors of {@link readSitemap}.
 */
async function readChannelPage(
  kind: FollowedChannel['kind'],
  { address, bytes, charset }: FetchResult,
): Promise<FetchedChannelPage> {
  const sitemap = kind === 'sitemap' ? await readSitemap(bytes, address) : null
  if (sitemap !== null) return { entries: sitemap.entries, next: null, parts: sitemap.sitemaps }
  const text = decodeMarkup(bytes, charset)
  const read = readFeed(text, address) ?? readListing(text, address)
  const entries = read.entries.filter((entry): entry is PageEntry => entry.url !== null)
  return { entries, next: read.next, parts: [] }
}

function restorePage({ entries, next, parts }: ChannelPage, crawlState: CrawlState): FetchedChannelPage {
  const known = entries.flatMap((key) => {
    const entry = crawlState.entries[key]
    return entry === undefined ? [] : [{ ...entry, summary: null }]
  })
  return { entries: known, next, parts }
}

function recordEntry(crawlState: CrawlState, key: string, { url, title, publishedAt }: PageEntry): void {
  const known = crawlState.entries[key]
  crawlState.entries[key] = {
    id: null,
    etag: null,
    lastModified: null,
    checkedAt: null,
    goneAt: null,
    unlistedAt: null,
    ...known,
    // The new address replaces the known one, because a page may have moved between http and https.
    url,
    title: title ?? known?.title ?? null,
    publishedAt: known?.publishedAt ?? publishedAt,
  }
}
