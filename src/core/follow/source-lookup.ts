import type { Source } from '../../shared/source'
import { siteKey } from '../fetch/url'

/** Finds the followed source that is the same as a new source. */
export interface SourceLookup {
  /**
   * Returns the followed source that is the same as `source`, or null. Two sources are the same if they have the same
   * address ({@link siteKey}), or the same channels (feeds, listings and sitemaps) under different addresses.
   */
  find(source: Source): Source | null
  add(source: Source): void
}

/** Creates a {@link SourceLookup} of the given sources. */
export function createSourceLookup(sources: readonly Source[]): SourceLookup {
  const byKey = new Map<string, Source>()
  const add = (source: Source): void => {
    for (const key of keysOf(source)) if (!byKey.has(key)) byKey.set(key, source)
  }
  sources.forEach(add)
  return {
    add,
    find: (source) =>
      keysOf(source)
        .map((key) => byKey.get(key))
        .find((found) => found !== undefined) ?? null,
  }
}

function keysOf(source: Source): string[] {
  const channels = [...new Set(source.channels.map(({ url }) => addressKey(url)))].sort()
  const byChannels = channels.length === 0 ? [] : [`channels ${channels.join(' ')}`]
  return [`id ${source.id}`, `address ${addressKey(source.url)}`, ...byChannels]
}

/** Returns the key by which two addresses are compared. An invalid address in a stored document is its own key. */
function addressKey(url: string): string {
  return URL.canParse(url) ? siteKey(url) : url
}
