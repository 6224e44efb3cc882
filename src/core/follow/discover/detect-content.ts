import type { Entry } from '../../../shared/source'
import type { FetchResult } from '../../fetch/fetch-result'
import { shortAddress } from '../../fetch/url'
import { checkAttributes } from '../check-attributes'
import { decodeMarkup } from '../../feeds/decode-markup'
import { readFeed } from '../../feeds/read-feed'
import { readListingTree } from '../../feeds/listing/listing'
import { measureRunningText } from './running-text'
import { type CandidateAddress, findFeedLinks, findMenuSections } from './candidate-addresses'
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

/** The part of a response that shows what an address leads to. */
export type ReceivedContent = Pick<FetchResult, 'address' | 'bytes' | 'charset'>

/** The addresses on a page that may lead to channels. */
export interface DetectedPage {
  title: string | null
  /** See {@link findFeedLinks}. */
  feedLinks: CandidateAddress[]
  /** See {@link findMenuSections}. */
  menuSections: CandidateAddress[]
}

/** The content of an address. */
export type DetectedContent =
  | { kind: 'channel'; channel: Channel; page: DetectedPage | null; sitemaps: Sitemap['sitemaps'] | null }
  /** A page that is a bulletin, or a page of another kind. */
  | { kind: 'bulletin' | 'page'; page: DetectedPage }

/** A discovery tries a few addresses of each kind, so it needs no more than this many of one page. */
const maxCandidates = 200
/** Maximum length of a title or name, in characters. A page may have a title of megabytes. */
const maxNameLength = 1_000
/** Minimum number of entries of a listing. */
const minListingEntries = 3

/**
 * Detects whether fetched content is a feed, a sitemap, a listing, a bulletin, or another page. Uses only the content,
 * because servers send wrong media types. Throws the errors of {@link readSitemap}.
 */
export async function detectContent({ address, bytes, charset }: ReceivedContent): Promise<DetectedContent> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = isGzip ? '' : decodeMarkup(bytes, charset)
  checkAttributes(text, shortAddress(address))
  const feed = isGzip ? null : readFeed(text, address)
  if (feed !== null) {
    const { title, entries, next } = feed
    const channel: Channel = { kind: 'feed', url: address, title, entries, total: null, reachesBack: next !== null }
    return { kind: 'channel', channel, page: null, sitemaps: null }
  }
  const mayBeSitemap = isGzip || /^\s*(?:<\?xml|<(?:\w+:)?(?:urlset|sitemapindex)|https?:)/i.test(text.slice(0, 2_000))
  const sitemap = mayBeSitemap ? await readSitemap(bytes, address) : null
  if (sitemap !== null) {
    const { entries } = sitemap
    const total = sitemap.kind === 'pages' && !sitemap.isCut ? entries.length : null
    const channel: Channel = { kind: 'sitemap', url: address, title: null, entries, total, reachesBack: true }
    return { kind: 'channel', channel, page: null, sitemaps: sitemap.kind === 'index' ? sitemap.sitemaps : null }
  }
  const tree = readPageTree(text, address)
  const page = findCandidates(tree, address)
  const { entries, title, next, lastNumber } = readListingTree(tree, address)
  const runningText = measureRunningText(tree)
  if (runningText === 'body' || (runningText === 'notice' && entries.length < minListingEntries))
    return { kind: 'bulletin', page }
  if (entries.length < minListingEntries) return { kind: 'page', page }
  const total = lastNumber === null ? (next === null ? entries.length : null) : lastNumber * entries.length
  const channel: Channel = {
    kind: 'listing',
    url: address,
    title: shorten(title),
    entries,
    total,
    reachesBack: next !== null,
  }
  return { kind: 'channel', channel, page, sitemaps: null }
}

function findCandidates(page: PageTree, address: string): DetectedPage {
  return {
    title: shorten(page.title),
    feedLinks: findFeedLinks(page).slice(0, maxCandidates).map(withShortName),
    menuSections: findMenuSections(page, address).slice(0, maxCandidates).map(withShortName),
  }
}

function withShortName({ url, name }: CandidateAddress): CandidateAddress {
  return { url, name: shorten(name) }
}

function shorten(name: string | null): string | null {
  return name === null ? null : name.slice(0, maxNameLength)
}
