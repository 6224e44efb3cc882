import type { ErrorShape } from '../../../shared/errors'
import type { Entry } from '../../../shared/source'
import type { Channel, DetectedContent, DetectedPage } from './detect-content'
import type { DiscoverParts } from './discover-parts'
import { createDiscoverRequests, type DiscoverRequests } from './discover-requests'
import { type Estimate, createEstimate } from './estimate'
import { type CandidateAddress, listCommonFeedAddresses } from './candidate-addresses'
import type { Sitemap } from '../../feeds/sitemap'

/** The result of a discovery: the kind of an address and the channels (feeds, listings and sitemaps) found there. */
export interface Discovery {
  /** What is at the address. `nothing` is a page that is not a bulletin and leads to no bulletin. */
  kind: 'bulletin' | 'feed' | 'listing' | 'sitemap' | 'portal' | 'nothing'
  /** The address after redirects. */
  address: string
  title: string | null
  /** The found channels. If the address itself is a channel, this channel comes first. */
  channels: FoundChannel[]
  /** The addresses that the site lists but that could not be fetched. */
  failed: { url: string; error: ErrorShape }[]
  /** An estimate for all channels together, in which each entry counts once. */
  estimate: Estimate
  /** Whether the discovery left out addresses, because a limit was reached. */
  isCut: boolean
}

/** A channel with an estimate of its bulletins. */
export interface FoundChannel extends Channel {
  /** A few entries of the channel as examples for the user. */
  samples: Entry[]
  estimate: Estimate
}

/**
 * Maximum number of addresses of one kind that are requested. A page with a thousand feeds then leaves requests for the
 * other kinds.
 */
const maxOfOneKind = 12
const maxSitemapFiles = 4
const maxSamples = 5

/**
 * Detects whether an address is a bulletin, a feed, a listing, a sitemap or a portal, and finds its channels. On a
 * portal, it looks for the feeds that the page links, the feeds at common addresses, the sitemaps that robots.txt
 * lists, and the listings in the menus. Throws `cancelled`, and the errors of the fetch of `address`. Any other address
 * that can't be fetched is listed in `failed`.
 */
export async function discover(address: string, parts: DiscoverParts): Promise<Discovery> {
  const requests = createDiscoverRequests(parts)
  const fetched = await requests.first(address)
  const content = await requests.detect(fetched)
  const page = content.page
  const found: Channel[] = content.kind === 'channel' ? [await completeChannel(content, requests)] : []
  const isFront = page !== null && isFrontPage(fetched.address)
  if (page !== null) {
    const feeds = await findChannels(page.feedLinks, ['feed'], requests)
    found.push(...feeds.filter(({ url }) => url !== found[0]?.url))
  }
  const isPortal = page !== null && (isFront || (content.kind === 'page' && found.length === 0))
  if (isPortal) found.push(...(await findPortalChannels(page, fetched.address, found, requests)))
  const channels = found.map((channel): FoundChannel => {
    const titled = channel.entries.filter(({ title }) => title !== null)
    const samples = (titled.length > 0 ? titled : channel.entries).slice(0, maxSamples)
    return { ...channel, samples, estimate: createEstimate(channel.entries, channel.total, parts.now) }
  })
  const kind = kindOf(content, isFront, channels)
  return {
    kind,
    address: fetched.address,
    title: content.page?.title ?? found[0]?.title ?? null,
    channels,
    failed: requests.failed,
    estimate: createEstimate(distinctEntries(channels), null, parts.now),
    isCut: requests.isLimitReached(),
  }
}

function kindOf(content: DetectedContent, isFront: boolean, channels: readonly Channel[]): Discovery['kind'] {
  if (isFront && channels.length > 0) return 'portal'
  if (content.kind === 'channel') return content.channel.kind
  if (content.kind === 'bulletin') return 'bulletin'
  return channels.length > 0 ? 'portal' : 'nothing'
}

/** Finds the sitemaps, feeds and listings of a whole site. */
async function findPortalChannels(
  page: DetectedPage,
  address: string,
  known: readonly Channel[],
  requests: DiscoverRequests,
): Promise<Channel[]> {
  const sitemaps = (await requests.sitemapsOf(address)).map((url): CandidateAddress => ({ url, name: null }))
  const found = await findChannels(sitemaps, ['sitemap'], requests)
  if (found.length === 0) {
    const common = [{ url: new URL('/sitemap.xml', address).href, name: null }]
    found.push(...(await findChannels(common, ['sitemap'], requests, { isGuess: true })))
  }
  if (!known.some(({ kind }) => kind === 'feed'))
    found.push(
      ...(await findChannels(listCommonFeedAddresses(address), ['feed'], requests, {
        isGuess: true,
        isOneEnough: true,
      })),
    )
  return [...found, ...(await findChannels(page.menuSections, ['listing'], requests))]
}

/**
 * Finds the channels of the given kinds at the given addresses. If an HTML page at such an address lists feeds, these
 * feeds are requested too.
 */
async function findChannels(
  addresses: readonly CandidateAddress[],
  kinds: readonly Channel['kind'][],
  requests: DiscoverRequests,
  { isGuess = false, isOneEnough = false } = {},
): Promise<Channel[]> {
  const channels: Channel[] = []
  const waiting = addresses.slice(0, maxOfOneKind)
  if (addresses.length > waiting.length) requests.markLimitReached()
  for (let candidate = waiting.shift(); candidate !== undefined; candidate = waiting.shift()) {
    const content = await requests.probe(candidate.url, isGuess)
    if (content === null) continue
    if (content.kind === 'channel' && kinds.includes(content.channel.kind)) {
      const channel = await completeChannel(content, requests)
      channels.push({ ...channel, title: channel.title ?? candidate.name })
      requests.countFound()
      if (isOneEnough) break
    } else if (content.page !== null && kinds.includes('feed') && channels.length < maxOfOneKind) {
      const listed = content.page.feedLinks.filter(({ url }) => !requests.wasRequested(url))
      waiting.push(...listed.slice(0, maxOfOneKind - waiting.length))
    }
  }
  return channels
}

/**
 * If the channel is a sitemap index, adds the entries of the newest sitemaps in the index. Returns any other channel
 * unchanged.
 */
async function completeChannel(
  { channel, sitemaps }: Extract<DetectedContent, { kind: 'channel' }>,
  requests: DiscoverRequests,
): Promise<Channel> {
  if (sitemaps === null) return channel
  const parts = newestFirst(sitemaps).slice(0, maxSitemapFiles)
  const entries: Entry[] = []
  let readCount = 0
  for (const { url } of parts) {
    const content = await requests.probe(url, false)
    if (content?.kind !== 'channel' || content.channel.kind !== 'sitemap') continue
    readCount += 1
    entries.push(...content.channel.entries)
  }
  const total = readCount === 0 ? null : Math.round((entries.length / readCount) * sitemaps.length)
  return { ...channel, entries, total }
}

function newestFirst(sitemaps: Sitemap['sitemaps']): Sitemap['sitemaps'] {
  return sitemaps.toSorted((a, b) => (b.changedAt ?? '').localeCompare(a.changedAt ?? ''))
}

function distinctEntries(channels: readonly Channel[]): Entry[] {
  const known = new Map<string, Entry>()
  for (const entry of channels.flatMap(({ entries }) => entries)) {
    const before = entry.url === null ? undefined : known.get(entry.url)
    if (entry.url !== null && (before === undefined || before.publishedAt === null)) known.set(entry.url, entry)
  }
  return [...known.values()]
}

/** Whether an address is the root of a site or has a usual name of a front page, such as `index.html`. */
function isFrontPage(address: string): boolean {
  const { pathname } = new URL(address)
  return /^\/(?:vi|vn)?\/?(?:(?:pages?\/)?(?:index|default|home|trang-?chu)(?:\.\w+)?)?\/?$/i.test(pathname)
}
