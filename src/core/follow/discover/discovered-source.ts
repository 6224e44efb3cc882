import type { DiscoveredSource, SourceCheck } from '../../../shared/refresh'
import type { Discovery } from './discover'
import { chooseChannels } from './discover-source'

/**
 * Converts the result of a discovery for the interface. Marks the channels (feeds, listings and sitemaps) that are
 * followed if the user makes no choice.
 */
export function createDiscoveredSource(discovery: Discovery): DiscoveredSource {
  const chosen = chooseChannels(discovery)
  const siteName = siteNameOf(discovery.title)
  return {
    ...discovery,
    title: siteName,
    channels: discovery.channels.map((channel) => {
      const { kind, url, title, reachesBack, samples, estimate } = channel
      const isChosen = chosen.includes(channel)
      return { kind, url, title: sectionNameOf(title, siteName), reachesBack, samples, estimate, isChosen }
    }),
  }
}

/** Lists the entries that a first refresh of the chosen channels would find. Each address occurs once. */
export function createSourceCheck(discovery: Discovery): SourceCheck {
  const entries = new Map<string, SourceCheck['entries'][number]>()
  for (const { url, title, publishedAt } of chooseChannels(discovery).flatMap((channel) => channel.entries))
    if (url !== null && !entries.has(url)) entries.set(url, { url, title, publishedAt })
  return { kind: discovery.kind, entries: [...entries.values()] }
}

/**
 * Returns the title of a section without the site's name, which many sites repeat on every page. Returns null if
 * nothing remains.
 */
function sectionNameOf(title: string | null, siteName: string | null): string | null {
  if (title === null || siteName === null) return title
  const parts = title.split(/\s+[-–|:»/]\s+/u).filter((part) => part.trim() !== siteName.trim())
  return parts.length === 0 ? null : parts.join(' – ')
}

/** Returns the title of a front page without the word for "home". Returns null if nothing remains. */
function siteNameOf(title: string | null): string | null {
  const name = (title ?? '').replace(
    /^\s*(?:trang chủ|home)\s*(?:[-–|:»/]\s*|$)|\s*[-–|:»/]\s*(?:trang chủ|home)\s*$/giu,
    '',
  )
  return name === '' ? null : name
}
