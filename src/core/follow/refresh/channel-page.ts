import type { Entry, Source } from '../../../shared/source'
import { decodeMarkup } from '../../feeds/decode-markup'
import { readFeed } from '../../feeds/read-feed'
import { readListing } from '../../feeds/listing/listing'
import { readSitemap } from '../../feeds/sitemap'
import type { FetchAddress, FetchResult } from '../../fetch/fetch-result'
import type { TypedHost } from '../../fetch/ssrf-guard'
import { canonicalAddress } from '../../fetch/url'
import type { ChannelPage, CrawlState } from '../../library/sources/refresh-documents'

/** One feed, listing or sitemap of a source. */
export type FollowedChannel = Source['channels'][number]

/** An entry with an address to ask. */
export type PageEntry = Entry & { url: string }

/** A page of a channel as it is now. */
export interface FetchedChannelPage {
  entries: PageEntry[]
  next: string | null
  parts: ChannelPage['parts']
}

/** How the pages of a channel are asked for. */
export interface FetchChannelPageOptions {
  fetchAddress: FetchAddress
  typed: TypedHost | undefined
  signal: AbortSignal
  onBytes(count: number): void
}

/**
 * A page of a channel: asked for only where it changed since it was last read; what it gives is noted in `knowledge`.
 * Throws as {@link FetchAddress}.
 */
export async function fetchChannelPage(
  { kind }: Pick<FollowedChannel, 'kind'>,
  url: string,
  knowledge: CrawlState,
  { fetchAddress, typed, signal, onBytes }: FetchChannelPageOptions,
): Promise<FetchedChannelPage> {
  const known = knowledge.pages[url]
  const fetched = await fetchAddress(url, {
    signal,
    accept: kind === 'feed' ? 'feed' : 'page',
    ...(typed === undefined ? {} : { typed }),
    ...(known === undefined ? {} : { validators: { etag: known.etag, lastModified: known.lastModified } }),
  })
  onBytes(fetched.received.byteLength)
  if (fetched.status === 304 && known !== undefined) return rememberedPage(known, knowledge)
  const page = await readChannelPage(kind, fetched)
  const { etag, lastModified } = fetched.validators
  const entries = page.entries.map((entry) => canonicalAddress(entry.url))
  knowledge.pages[url] = { ...known, etag, lastModified, entries, next: page.next, parts: page.parts }
  for (const [at, entry] of page.entries.entries()) noteEntry(knowledge, entries[at] ?? entry.url, entry)
  return page
}

/** What a page of this kind gives; the content decides where it is another. Throws as {@link readSitemap}. */
export async function readChannelPage(
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

function rememberedPage({ entries, next, parts }: ChannelPage, knowledge: CrawlState): FetchedChannelPage {
  const known = entries.flatMap((key) => {
    const entry = knowledge.entries[key]
    return entry === undefined ? [] : [{ ...entry, summary: null }]
  })
  return { entries: known, next, parts }
}

function noteEntry(knowledge: CrawlState, key: string, { url, title, publishedAt }: PageEntry): void {
  const known = knowledge.entries[key]
  knowledge.entries[key] = {
    id: null,
    etag: null,
    lastModified: null,
    checkedAt: null,
    goneAt: null,
    unlistedAt: null,
    ...known,
    // As it is listed now: a page may have moved between http and https.
    url,
    title: title ?? known?.title ?? null,
    publishedAt: known?.publishedAt ?? publishedAt,
  }
}
