import type { Source } from '../../../shared/source'
import { isSince, type CrawlState, type KnownEntry } from './refresh-documents'

type MissingEntry = Pick<KnownEntry, 'publishedAt'>

/**
 * Counts the missing entries of each source. A missing entry is a known entry whose bulletin is not stored yet. The
 * entries are cached, because the crawl state of a large source, which lists all known entries, has several megabytes.
 */
export interface MissingEntries {
  /** Fills the cache of a source with the missing entries of its crawl state `state`. */
  set(sourceId: string, state: CrawlState): void
  /** Counts the missing entries of a source whose date is not before `since`. */
  count(source: Pick<Source, 'id' | 'since'>): Promise<number>
  /** Removes an entry from the cache after its bulletin was stored or deleted for good. */
  removeEntry(sourceId: string, url: string): void
  removeSource(sourceId: string): void
}

/**
 * Creates the cache of {@link MissingEntries}. If `isCached` is false, each count reads the crawl state again, because
 * another program may write it.
 */
export function createMissingEntries({
  readState,
  isCached,
}: {
  readState(sourceId: string): Promise<CrawlState>
  isCached: boolean
}): MissingEntries {
  const cache = new Map<string, Map<string, MissingEntry>>()
  return {
    set: (sourceId, state) => void cache.set(sourceId, findMissing(state)),
    async count({ id, since = null }) {
      const found = cache.get(id) ?? findMissing(await readState(id))
      // A state that the cache received while this state was read is newer, so it is kept.
      if (isCached && !cache.has(id)) cache.set(id, found)
      return [...found.values()].filter((entry) => isSince(entry, since)).length
    },
    removeEntry: (sourceId, url) => void cache.get(sourceId)?.delete(url),
    removeSource: (sourceId) => void cache.delete(sourceId),
  }
}

/** Returns the missing entries of a crawl state. The keys are the addresses of the entries. */
function findMissing({ entries }: CrawlState): Map<string, MissingEntry> {
  return new Map(
    Object.values(entries)
      .filter(({ id, isDeleted, goneAt }) => id === null && isDeleted !== true && goneAt === null)
      .map(({ url, publishedAt }) => [url, { publishedAt }]),
  )
}
