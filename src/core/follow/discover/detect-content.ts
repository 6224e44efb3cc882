import type { Entry } from '../../../shared/source'
import type { FetchResult } from '../../fetch/fetch-result'
import { decodeMarkup } from '../../feeds/decode-markup'
import { readFeed } from '../../feeds/read-feed'
import { readListingTree } from '../../feeds/listing/listing'
import { measureRunningText } from './running-text'
import { type PageTree, readPageTree } from '../../feeds/listing/page-tree'
import { readSitemap, type Sitemap } from '../../feeds/sitemap'

/** A feed, listing or sitemap with the entries that it lists now. */
export interface Channel {
  kind: 'feed' | 'listing' | 'sitemap'
  url: string
  title: string | null
  /** The entries that were read, in the channel's order. */
  entries: Entry[]
  /** The number of all entries, computed from the number of the channel's pages or sitemaps. Null if unknown. */
  total: number | null
  /**
   * Whether the channel also leads to older entries, by paging or by an archive, or because the channel is a complete
   * sitemap.
   */
  reachesBack: boolean
}

/** The content of an address. */
export type DetectedContent =
  | { kind: 'channel'; channel: Channel; page: PageTree | null; sitemap: Sitemap | null }
  /** A page that is a bulletin, or a page of another kind. `entries` are the bulletins to which the page links. */
  | { kind: 'bulletin' | 'page'; page: PageTree; entries: Entry[] }

/** Minimum number of entries of a listing. */
const minListingEntries = 3

/**
 * Detects whether fetched content is a feed, a sitemap, a listing, a bulletin, or another page. Uses only the content,
 * because servers send wrong media types. Throws the errors of {@link readSitemap}.
 */
export async function detectContent({ address, bytes, charset }: FetchResult): Promise<DetectedContent> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = isGzip ? '' : decodeMarkup(bytes, charset)
  const feed = isGzip ? null : readFeed(text, address)
  if (feed !== null) {
    const { title, entries, next } = feed
    const channel: Channel = { kind: 'feed', url: address, title, entries, total: null, reachesBack: next !== null }
    return { kind: 'channel', channel, page: null, sitemap: null }
  }
  const mayBeSitemap = isGzip || /^\s*(?:<\?xml|<(?:\w+:)?(?:urlset|sitemapindex)|https?:)/i.test(text.slice(0, 2_000))
  const sitemap = mayBeSitemap ? await readSitemap(bytes, address) : null
  if (sitemap !== null) {
    const { entries } = sitemap
    const total = sitemap.kind === 'pages' && !sitemap.isCut ? entries.length : null
    const channel: Channel = { kind: 'sitemap', url: address, title: null, entries, total, reachesBack: true }
    return { kind: 'channel', channel, page: null, sitemap }
  }
  const page = readPageTree(text, address)
  const { entries, title, next, lastNumber } = readListingTree(page, address)
  const runningText = measureRunningText(page)
  if (runningText === 'body' || (runningText === 'notice' && entries.length < minListingEntries))
    return { kind: 'bulletin', page, entries }
  if (entries.length < minListingEntries) return { kind: 'page', page, entries }
  const total = lastNumber === null ? (next === null ? entries.length : null) : lastNumber * entries.length
  const channel: Channel = { kind: 'listing', url: address, title, entries, total, reachesBack: next !== null }
  return { kind: 'channel', channel, page, sitemap: null }
}
