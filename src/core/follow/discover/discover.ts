import type { ErrorShape } from '../../../shared/errors'
import type { Entry } from '../../../shared/source'
import { type Channel, type DetectedContent, detectContent } from './detect-content'
import type { DiscoverParts } from './discover-parts'
import { createDiscoverRequests, type DiscoverRequests } from './discover-requests'
import { type Estimate, estimateOf } from './estimate'
import type { PageTree } from '../../feeds/listing/page-tree'
import { findFeedLinks, findMenuSections, type Place, listUsualFeedAddresses } from './candidate-addresses'
import type { Sitemap } from '../../feeds/sitemap'

/** What was found at an address, for a reader to choose from. */
export interface Discovery {
  /** `nothing`: a page that neither is a bulletin nor leads to any. */
  kind: 'bulletin' | 'feed' | 'listing' | 'sitemap' | 'portal' | 'nothing'
  /** Where the address led, after redirects. */
  address: string
  title: string | null
  /** The address's own channel first, then those beside it: feeds, listings, sitemaps. */
  channels: FoundChannel[]
  /** Places the site named that could not be looked at, and why. */
  failed: { url: string; error: ErrorShape }[]
  /** Of all channels together, each address once. */
  estimate: Estimate
  /** Whether places were left because there were more than are looked at. */
  isCut: boolean
}

/** A channel and how much comes from it. */
export interface FoundChannel extends Channel {
  /** A few of its entries, to be shown. */
  samples: Entry[]
  estimate: Estimate
}

/** Of one kind of place, so that a page of a thousand feeds leaves room for the others. */
const maxOfOneKind = 12
const mostSitemapFiles = 4
const samplesShown = 5

/**
 * What an address is, and what can be followed from it: a bulletin, a feed, a listing, a sitemap, or the front page of
 * a portal, whose feeds (named, or in the usual places), sitemaps (robots.txt) and listings (its menus) are looked at.
 * What beside the address itself can't be had is told, not thrown. Throws what fetching the address throws,
 * `cancelled`.
 */
export async function discover(address: string, search: DiscoverParts): Promise<Discovery> {
  const requests = createDiscoverRequests(search)
  const fetched = await requests.first(address)
  const looked = await detectContent(fetched)
  const page = looked.page
  const own: Channel[] = looked.kind === 'channel' ? [await wholeChannel(looked, requests)] : []
  const isFront = page !== null && isFrontPage(fetched.address)
  if (page !== null) {
    const feeds = await channelsAt(findFeedLinks(page), ['feed'], requests)
    own.push(...feeds.filter(({ url }) => url !== own[0]?.url))
  }
  const isPortal = page !== null && (isFront || (looked.kind === 'page' && own.length === 0))
  if (isPortal) own.push(...(await portalChannels(page, fetched.address, own, requests)))
  const channels = own.map((channel): FoundChannel => {
    const shown = channel.entries.filter(({ title }) => title !== null)
    const samples = (shown.length > 0 ? shown : channel.entries).slice(0, samplesShown)
    return { ...channel, samples, estimate: estimateOf(channel.entries, channel.total, search.now) }
  })
  const kind = kindOf(looked, isFront, channels)
  return {
    kind,
    address: fetched.address,
    title: looked.page?.title ?? own[0]?.title ?? null,
    channels,
    failed: requests.failed,
    estimate: estimateOf(distinctEntries(channels), null, search.now),
    isCut: requests.isLimitReached(),
  }
}

function kindOf(looked: DetectedContent, isFront: boolean, channels: readonly Channel[]): Discovery['kind'] {
  if (isFront && channels.length > 0) return 'portal'
  if (looked.kind === 'channel') return looked.channel.kind
  if (looked.kind === 'bulletin') return 'bulletin'
  return channels.length > 0 ? 'portal' : 'nothing'
}

/** Feeds, sitemaps and listings of a whole site. */
async function portalChannels(
  page: PageTree,
  address: string,
  known: readonly Channel[],
  requests: DiscoverRequests,
): Promise<Channel[]> {
  const sitemaps = (await requests.sitemapsOf(address)).map((url): Place => ({ url, name: null }))
  const found = await channelsAt(sitemaps, ['sitemap'], requests)
  if (found.length === 0) {
    const usual = [{ url: new URL('/sitemap.xml', address).href, name: null }]
    found.push(...(await channelsAt(usual, ['sitemap'], requests, { isGuess: true })))
  }
  if (!known.some(({ kind }) => kind === 'feed'))
    found.push(
      ...(await channelsAt(listUsualFeedAddresses(address), ['feed'], requests, { isGuess: true, isOneEnough: true })),
    )
  return [...found, ...(await channelsAt(findMenuSections(page, address), ['listing'], requests))]
}

/**
 * The channels of these kinds at some places. A page in place of a feed may be a list of feeds: those are looked at.
 */
async function channelsAt(
  places: readonly Place[],
  kinds: readonly Channel['kind'][],
  requests: DiscoverRequests,
  { isGuess = false, isOneEnough = false } = {},
): Promise<Channel[]> {
  const channels: Channel[] = []
  const waiting = places.slice(0, maxOfOneKind)
  if (places.length > waiting.length) requests.markLimitReached()
  for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
    const looked = await requests.probe(place.url, isGuess)
    if (looked === null) continue
    if (looked.kind === 'channel' && kinds.includes(looked.channel.kind)) {
      const channel = await wholeChannel(looked, requests)
      channels.push({ ...channel, title: channel.title ?? place.name })
      requests.found()
      if (isOneEnough) break
    } else if (looked.page !== null && kinds.includes('feed') && channels.length < maxOfOneKind) {
      const listed = findFeedLinks(looked.page).filter(({ url }) => !requests.wasAsked(url))
      waiting.push(...listed.slice(0, maxOfOneKind - waiting.length))
    }
  }
  return channels
}

/** A sitemap's index with what its newest parts hold; anything else as it is. */
async function wholeChannel(
  { channel, sitemap }: Extract<DetectedContent, { kind: 'channel' }>,
  requests: DiscoverRequests,
): Promise<Channel> {
  if (sitemap?.kind !== 'index') return channel
  const parts = newestFirst(sitemap).slice(0, mostSitemapFiles)
  const entries: Entry[] = []
  let read = 0
  for (const { url } of parts) {
    const looked = await requests.probe(url, false)
    if (looked?.kind !== 'channel' || looked.channel.kind !== 'sitemap') continue
    read += 1
    entries.push(...looked.channel.entries)
  }
  const total = read === 0 ? null : Math.round((entries.length / read) * sitemap.sitemaps.length)
  return { ...channel, entries, total }
}

function newestFirst({ sitemaps }: Sitemap): Sitemap['sitemaps'] {
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

/** A site's own address, or what it calls its front page. */
function isFrontPage(address: string): boolean {
  const { pathname } = new URL(address)
  return /^\/(?:vi|vn)?\/?(?:(?:pages?\/)?(?:index|default|home|trang-?chu)(?:\.\w+)?)?\/?$/i.test(pathname)
}
