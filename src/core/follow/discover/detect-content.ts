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

/** A feed, listing or sitemap, with the entries that it lists now. */
export interface Channel {
  kind: 'feed' | 'listing' | 'sitemap'
  url: string
  title: string | null
  /** The entries that were read, in the order of the channel. */
  entries: Entry[]
  /** The number of all entries of the channel, computed from the number of its pages or sitemaps. Null if unknown. */
  total: number | null
  /**
   * Whether a refresh can also find older entries, because the channel has further pages or an archive, or because a
   * sitemap lists all entries.
   */
  reachesBack: boolean
}

/** The parts of a response from which the kind of its content is detected. */
export type ReceivedContent = Pick<FetchResult, 'address' | 'bytes' | 'charset'>

/** The addresses on a page that may lead to channels. */
export interface DetectedPage {
  title: string | null
  /** See {@link findFeedLinks}. */
  feedLinks: CandidateAddress[]
  /** See {@link findMenuSections}. */
  menuSections: CandidateAddress[]
}

/** The kind of content at an address, with the addresses in the content. */
export type DetectedContent =
  | { kind: 'channel'; channel: Channel; page: DetectedPage | null; sitemaps: Sitemap['sitemaps'] | null }
  /** A page with a bulletin, or a page that is neither a bulletin nor a channel. */
  | { kind: 'bulletin' | 'page'; page: DetectedPage }

/** Maximum number of addresses of each kind that are taken from one page. A discovery requests only a few of them. */
const maxCandidates = 200
/** Maximum length, in characters, of a title or name. A hostile page may have a title of several megabytes. */
const maxNameLength = 1_000
/** Minimum number of entries that make a page a listing. */
const minListingEntries = 3

/**
 * Detects whether received content is a feed, a sitemap, a listing, a bulletin, or another page. Looks only at the
 * content, because servers send wrong media types. Throws the errors of {@link readSitemap}.
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
