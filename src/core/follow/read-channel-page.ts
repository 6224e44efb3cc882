import type { Entry, Source } from '../../shared/source'
import { decodeMarkup } from '../feeds/decode-markup'
import { readListing } from '../feeds/listing/listing'
import { readFeed } from '../feeds/read-feed'
import { readSitemap } from '../feeds/sitemap'
import type { FetchResult } from '../fetch/fetch-result'
import { canonicalAddress, shortAddress } from '../fetch/url'
import { checkAttributes } from './check-attributes'
import type { ChannelPage } from '../library/sources/refresh-documents'

/**
 * A received page of a channel: a feed, listing or sitemap. `kind` is the kind that the channel had when the user chose
 * it.
 */
export interface ReceivedChannelPage extends Pick<FetchResult, 'address' | 'bytes' | 'charset'> {
  kind: Source['channels'][number]['kind']
}

/** An entry with the address of its page. `key` is the canonical form of this address. */
export type PageEntry = Entry & { url: string; key: string }

/** The content of a page of a channel. */
export interface ChannelPageContent {
  entries: PageEntry[]
  /** The address of the next page, which has older entries. Null on the last page. */
  next: string | null
  /** The sitemaps that a sitemap index lists. Empty for any other page. */
  parts: ChannelPage['parts']
}

/**
 * Reads a page of a channel. If the page is not of the expected kind, detects the kind from the content. Throws the
 * errors of {@link readSitemap}.
 */
export async function readChannelPage({
  kind,
  address,
  bytes,
  charset,
}: ReceivedChannelPage): Promise<ChannelPageContent> {
  const sitemap = kind === 'sitemap' ? await readSitemap(bytes, address) : null
  if (sitemap !== null) return { entries: withKeys(sitemap.entries), next: null, parts: sitemap.sitemaps }
  const text = decodeMarkup(bytes, charset)
  checkAttributes(text, shortAddress(address))
  const read = readFeed(text, address) ?? readListing(text, address)
  return { entries: withKeys(read.entries), next: read.next, parts: [] }
}

function withKeys(entries: readonly Entry[]): PageEntry[] {
  return entries.flatMap(({ url, title, publishedAt, summary }) =>
    url === null ? [] : [{ url, key: canonicalAddress(url), title, publishedAt, summary }],
  )
}
