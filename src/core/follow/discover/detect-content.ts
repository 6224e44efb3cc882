import type { Entry } from '../../../shared/source'
import type { FetchResult } from '../../fetch/fetch-result'
import { decodeMarkup } from '../../feeds/decode-markup'
import { readFeed } from '../../feeds/read-feed'
import { readListingTree } from '../../feeds/listing/listing'
import { measureRunningText } from './running-text'
import { type PageTree, readPageTree } from '../../feeds/listing/page-tree'
import { readSitemap, type Sitemap } from '../../feeds/sitemap'

/** A place that gives entries, with what it gave when it was looked at. */
export interface Channel {
  kind: 'feed' | 'listing' | 'sitemap'
  url: string
  title: string | null
  /** Those seen, in its own order. */
  entries: Entry[]
  /** How many there are in all, as far as its pages and parts tell; null where they don't. */
  total: number | null
  /** Whether what is older can be had from it too (paging, an archive, a whole sitemap). */
  reachesBack: boolean
}

/** What an address turned out to be. */
export type DetectedContent =
  | { kind: 'channel'; channel: Channel; page: PageTree | null; sitemap: Sitemap | null }
  /** A page that is itself a bulletin, or one that is nothing we know; `entries` are those it links. */
  | { kind: 'bulletin' | 'page'; page: PageTree; entries: Entry[] }

/** A page with so many entries is a listing. */
const minListingEntries = 3

/**
 * What was fetched: a feed, a sitemap, a listing, a bulletin, or a page that is none of them. The content decides, not
 * what the server calls it. Throws as {@link readSitemap}.
 */
export async function detectContent({ address, bytes, charset }: FetchResult): Promise<DetectedContent> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = isPacked ? '' : decodeMarkup(bytes, charset)
  const feed = isPacked ? null : readFeed(text, address)
  if (feed !== null) {
    const { title, entries, next } = feed
    const channel: Channel = { kind: 'feed', url: address, title, entries, total: null, reachesBack: next !== null }
    return { kind: 'channel', channel, page: null, sitemap: null }
  }
  const mayBeSitemap =
    isPacked || /^\s*(?:<\?xml|<(?:\w+:)?(?:urlset|sitemapindex)|https?:)/i.test(text.slice(0, 2_000))
  const sitemap = mayBeSitemap ? await readSitemap(bytes, address) : null
  if (sitemap !== null) {
    const { entries } = sitemap
    const total = sitemap.kind === 'pages' && !sitemap.isCut ? entries.length : null
    const channel: Channel = { kind: 'sitemap', url: address, title: null, entries, total, reachesBack: true }
    return { kind: 'channel', channel, page: null, sitemap }
  }
  const page = readPageTree(text, address)
  const { entries, title, next, lastNumber } = readListingTree(page, address)
  const mass = measureRunningText(page)
  if (mass === 'body' || (mass === 'notice' && entries.length < minListingEntries))
    return { kind: 'bulletin', page, entries }
  if (entries.length < minListingEntries) return { kind: 'page', page, entries }
  const total = lastNumber === null ? (next === null ? entries.length : null) : lastNumber * entries.length
  const channel: Channel = { kind: 'listing', url: address, title, entries, total, reachesBack: next !== null }
  return { kind: 'channel', channel, page, sitemap: null }
}
