import type { Source } from '../../shared/source'
import { siteKey } from '../fetch/url'

/** Finds followed sources that equal a new one. */
export interface SourceLookup {
  /**
   * Returns the followed source that equals a new one, or null if there is none. Equal sources have the same address
   * ({@link siteKey}), or the same channels under another address.
   */
  find(source: Source): Source | null
  add(source: Source): void
}

/** Creates a {@link SourceLookup} of these sources. */
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

/** The key of an address. A stored document may contain an invalid address. Such an address equals only itself. */
function addressKey(url: string): string {
  return URL.canParse(url) ? siteKey(url) : url
}
