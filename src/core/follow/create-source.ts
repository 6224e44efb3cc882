import { type Source, initialHealth } from '../../shared/source'
import { dayInVietnam } from '../../shared/text/vietnam-time'
import { siteKey, parseTypedAddress } from '../fetch/url'
import { idOf } from '../library/store/identity'

/** The values of a new source. */
export interface NewSource extends Pick<Source, 'kind' | 'channels' | 'since'> {
  /** The address as the user typed it. */
  url: string
  /** The name of the source. Null if the source is to be named after its host. */
  name: string | null
  /** The number of minutes between two scheduled refreshes. Null for a source without a schedule. */
  everyMinutes: number | null
}

/**
 * Creates a source. The id is computed from the address. If `isTyped` is true, the user typed the address, and a
 * private network address is allowed. Throws `bad-address`.
 */
export function createSource(given: NewSource, { now, isTyped }: { now: Date; isTyped: boolean }): Source {
  const { href, hostname } = parseTypedAddress(given.url)
  return {
    id: idOf({ source: href }),
    name: given.name ?? hostname,
    url: href,
    kind: given.kind,
    channels: withoutDuplicates(given.channels),
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
 * Returns the source with a new address, for example after two provinces have merged. Adds the new host to `hosts`, and
 * ends the old host with today's date. Removes the channels (feeds, listings and sitemaps), so that the next refresh
 * discovers the channels of the new address. The id of the source does not change. Throws `bad-address`.
 */
export function moveSource(source: Source, typed: string, now: Date): Source {
  const { href, hostname } = parseTypedAddress(typed)
  // The user has typed the address, so a private network address is allowed from now on.
  if (href === source.url) return source.isTyped === true ? source : { ...source, isTyped: true }
  const today = dayInVietnam(now)
  const isKnownHost = source.hosts.some(({ host, until }) => host === hostname && until === null)
  const formerHosts = source.hosts.map((each) => (each.until === null ? { ...each, until: today } : each))
  const hosts = isKnownHost ? source.hosts : [...formerHosts, { host: hostname, from: today, until: null }]
  return { ...source, url: href, hosts, channels: [], isTyped: true }
}

/** Removes duplicate channels: of several addresses with the same {@link siteKey}, only the first one stays. */
function withoutDuplicates(channels: Source['channels']): Source['channels'] {
  const parsed = channels.map(({ url, kind }) => ({ url: parseTypedAddress(url).href, kind }))
  return parsed.filter(({ url }, at) => parsed.findIndex((each) => siteKey(each.url) === siteKey(url)) === at)
}
