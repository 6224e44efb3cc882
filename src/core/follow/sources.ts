import { AppError } from '../../shared/errors'
import type { SourceCheck, DiscoveredSource, RescueGrid } from '../../shared/refresh'
import { type Source, initialHealth } from '../../shared/source'
import { dayInVietnam } from '../../shared/text/vietnam-time'
import { discover, type Discovery, type DiscoverOptions } from './discover/discover'
import { typedHost } from '../fetch/ssrf-guard'
import { shortAddress, siteKey, parseTypedAddress } from '../fetch/url'
import { idOf } from '../library/store/identity'
import type { CrawlState } from '../library/sources/refresh-documents'

/** The id of a source, by the address it was added with. */
export function sourceIdOf(url: string): string {
  return idOf({ source: url })
}

/** How a search for something to follow goes; see {@link DiscoverOptions}. */
export type SourceDiscoverOptions = Pick<DiscoverOptions, 'politeness' | 'signal' | 'now' | 'onProgress'>

/** What is at an address that a reader typed. Throws as {@link discover}. */
export async function discoverTyped(typed: string, looking: SourceDiscoverOptions): Promise<Discovery> {
  const url = parseTypedAddress(typed)
  return discover(url.href, { ...looking, typed: typedHost(url) })
}

/** What was found, as it crosses to the interface. */
export function foundSourceOf(discovery: Discovery): DiscoveredSource {
  const chosen = chosenChannels(discovery)
  const site = siteNameOf(discovery.title)
  return {
    ...discovery,
    title: site,
    channels: discovery.channels.map((channel) => {
      const { kind, url, title, reachesBack, samples, estimate } = channel
      const isChosen = chosen.includes(channel)
      return { kind, url, title: sectionNameOf(title, site), reachesBack, samples, estimate, isChosen }
    }),
  }
}

/** A section's title without the site's name, which every page of a site repeats; null where nothing else is left. */
function sectionNameOf(title: string | null, site: string | null): string | null {
  if (title === null || site === null) return title
  const parts = title.split(/\s+[-–|:»/]\s+/u).filter((part) => part.trim() !== site.trim())
  return parts.length === 0 ? null : parts.join(' – ')
}

/** A page's title without the words that only say that it is the front page; null where nothing else is left. */
function siteNameOf(title: string | null): string | null {
  const name = (title ?? '').replace(
    /^\s*(?:trang chủ|home)\s*(?:[-–|:»/]\s*|$)|\s*[-–|:»/]\s*(?:trang chủ|home)\s*$/giu,
    '',
  )
  return name === '' ? null : name
}

/**
 * What is followed unless the reader chooses: of a feed, listing or sitemap itself alone; of a portal its feeds and
 * listings, and its sitemaps only where no listing reaches back, since they name every page, bulletin or not.
 */
export function chosenChannels({ kind, channels }: Discovery): Discovery['channels'] {
  if (kind === 'bulletin' || kind === 'nothing') return []
  if (kind !== 'portal') return channels.slice(0, 1)
  const reachesBack = channels.some((channel) => channel.kind === 'listing' && channel.reachesBack)
  return channels.filter((channel) => channel.kind !== 'sitemap' || !reachesBack)
}

/** The channels of a source that has none yet. Throws `not-a-source`, and as {@link discover}. */
export async function discoverChannels(source: Source, looking: SourceDiscoverOptions): Promise<Source['channels']> {
  const typed = source.isTyped === true ? { typed: typedHost(new URL(source.url)) } : {}
  const channels = chosenChannels(await discover(source.url, { ...looking, ...typed }))
  if (channels.length > 0) return channels.map(({ url, kind }) => ({ url, kind }))
  throw new AppError('not-a-source', `source ${source.url}: nothing to follow`, { url: shortAddress(source.url) })
}

/** The entries that following what was found would give first. */
export function checkOf(discovery: Discovery): SourceCheck {
  const entries = new Map<string, SourceCheck['entries'][number]>()
  for (const { url, title, publishedAt } of chosenChannels(discovery).flatMap((channel) => channel.entries))
    if (url !== null && !entries.has(url)) entries.set(url, { url, title, publishedAt })
  return { kind: discovery.kind, entries: [...entries.values()] }
}

/** A source as it begins. Throws `bad-address`. */
export function newSource(
  given: Pick<Source, 'kind' | 'channels' | 'since'> & {
    url: string
    name: string | null
    everyMinutes: number | null
  },
  { now, isTyped }: { now: Date; isTyped: boolean },
): Source {
  const { href, hostname } = parseTypedAddress(given.url)
  return {
    id: sourceIdOf(href),
    name: given.name ?? hostname,
    url: href,
    kind: given.kind,
    channels: oncePerPlace(given.channels),
    hosts: [{ host: hostname, from: null, until: null }],
    issuer: { name: null, nameThen: null },
    schedule: { everyMinutes: given.everyMinutes },
    pack: null,
    health: initialHealth,
    addedAt: now.toISOString(),
    isTyped,
    since: given.since ?? null,
  }
}

/**
 * A source whose portal has moved (portals do when provinces merge): where it was stays among its hosts, until today;
 * what is read for entries is looked for anew. Its id stays. Throws `bad-address`.
 */
export function moveSource(source: Source, typed: string, now: Date): Source {
  const { href, hostname } = parseTypedAddress(typed)
  if (href === source.url) return source
  const today = dayInVietnam(now)
  const isThere = source.hosts.some(({ host, until }) => host === hostname && until === null)
  const left = source.hosts.map((each) => (each.until === null ? { ...each, until: today } : each))
  const hosts = isThere ? source.hosts : [...left, { host: hostname, from: today, until: null }]
  return { ...source, url: href, hosts, channels: [], isTyped: true }
}

/** The sources that are followed, to be found by what a new one would be. */
export interface SourceLookup {
  /**
   * The one that a new source is already: added by the same address ({@link siteKey}), or read by the very same feeds,
   * listings and sitemaps under another; null where none is.
   */
  find(source: Source): Source | null
  add(source: Source): void
}

/** See {@link SourceLookup}. */
export function createSourceLookup(sources: readonly Source[]): SourceLookup {
  const known = new Map<string, Source>()
  const keysOf = (source: Source): string[] => {
    const channels = [...new Set(source.channels.map(({ url }) => keyOf(url)))].sort()
    const byChannels = channels.length === 0 ? [] : [`channels ${channels.join(' ')}`]
    return [`id ${source.id}`, `address ${keyOf(source.url)}`, ...byChannels]
  }
  const add = (source: Source): void => {
    for (const key of keysOf(source)) if (!known.has(key)) known.set(key, source)
  }
  sources.forEach(add)
  return {
    add,
    find: (source) => {
      for (const key of keysOf(source)) {
        const found = known.get(key)
        if (found !== undefined) return found
      }
      return null
    },
  }
}

/** A document may hold what is no address: then only itself is the same. */
function keyOf(url: string): string {
  return URL.canParse(url) ? siteKey(url) : url
}

/** Each place once, by the first of its addresses. */
function oncePerPlace(channels: Source['channels']): Source['channels'] {
  const asked = channels.map(({ url, kind }) => ({ url: parseTypedAddress(url).href, kind }))
  return asked.filter(({ url }, at) => asked.findIndex((each) => keyOf(each.url) === keyOf(url)) === at)
}

/** What a source has against what is kept, month by month; what its reader has deleted does not count. */
export function createRescueGrid({ entries, isWhole }: CrawlState): RescueGrid {
  const none = { found: 0, kept: 0, gone: 0 }
  const months = new Map<string, typeof none>()
  const undated = { ...none }
  for (const { publishedAt, id, isDeleted, goneAt } of Object.values(entries)) {
    if (isDeleted === true) continue
    const month = /^\d{4}-\d{2}/.exec(publishedAt ?? '')?.[0]
    const counts = month === undefined ? undated : (months.get(month) ?? { ...none })
    if (month !== undefined) months.set(month, counts)
    counts.found += 1
    if (id !== null) counts.kept += 1
    else if (goneAt !== null) counts.gone += 1
  }
  return {
    months: [...months].map(([month, counts]) => ({ month, ...counts })).sort((a, b) => a.month.localeCompare(b.month)),
    undated,
    isWhole,
  }
}
