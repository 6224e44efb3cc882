import { AppError } from '../../../shared/errors'
import type { Source } from '../../../shared/source'
import { typedHost } from '../../fetch/ssrf-guard'
import { shortAddress, parseTypedAddress } from '../../fetch/url'
import { discover, type Discovery } from './discover'
import type { DiscoverParts } from './discover-parts'

/** The dependencies of the functions in this file. See {@link DiscoverParts}. */
export type DiscoverSourceParts = Pick<DiscoverParts, 'politeness' | 'runTask' | 'signal' | 'now' | 'onProgress'>

/**
 * Discovers the channels (feeds, listings and sitemaps) at an address that the user typed. Throws `bad-address`, and
 * the errors of {@link discover}.
 */
export async function discoverTyped(typed: string, parts: DiscoverSourceParts): Promise<Discovery> {
  const url = parseTypedAddress(typed)
  return discover(url.href, { ...parts, typed: typedHost(url) })
}

/**
 * Discovers the channels at the address of a followed source. A private network address is allowed only if the user
 * typed it. Throws the errors of {@link discover}.
 */
export async function discoverOfSource(source: Source, parts: DiscoverSourceParts): Promise<Discovery> {
  const typed = source.isTyped === true ? { typed: typedHost(new URL(source.url)) } : {}
  return discover(source.url, { ...parts, ...typed })
}

/**
 * Finds the channels to follow for a source that has no channels. Throws `not-a-source` if nothing is found, and the
 * errors of {@link discover}.
 */
export async function discoverChannels(source: Source, parts: DiscoverSourceParts): Promise<Source['channels']> {
  const channels = chooseChannels(await discoverOfSource(source, parts))
  if (channels.length > 0) return channels.map(({ url, kind }) => ({ url, kind }))
  throw new AppError('not-a-source', `source ${source.url}: nothing to follow`, { url: shortAddress(source.url) })
}

/**
 * Chooses the channels that are followed if the user makes no choice. If the address is itself a feed, listing or
 * sitemap, chooses this channel only. For a portal, chooses its feeds and listings. The sitemaps of a portal are chosen
 * only if no listing leads to older entries, because a sitemap also lists pages that are not bulletins.
 */
export function chooseChannels({ kind, channels }: Discovery): Discovery['channels'] {
  if (kind === 'bulletin' || kind === 'nothing') return []
  if (kind !== 'portal') return channels.slice(0, 1)
  const reachesBack = channels.some((channel) => channel.kind === 'listing' && channel.reachesBack)
  return channels.filter((channel) => channel.kind !== 'sitemap' || !reachesBack)
}
