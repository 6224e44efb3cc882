import { type ErrorShape, toErrorShape } from '../../../shared/errors'
import type { FetchResult } from '../../fetch/fetch-result'
import type { PoliteOptions } from '../../fetch/politeness'
import { type DetectedContent, detectContent } from './detect-content'
import type { DiscoverParts } from './discover-parts'

/** At one request a second this is half a minute. */
const usualRequests = 30

/** The requests of one search: counted, none twice. */
export interface DiscoverRequests {
  first(address: string): Promise<FetchResult>
  /** Null where it failed, was asked before, or no more may be asked; a failure is told unless it was a guess. */
  probe(url: string, isGuess: boolean): Promise<DetectedContent | null>
  sitemapsOf(address: string): Promise<readonly string[]>
  wasAsked(url: string): boolean
  isLimitReached(): boolean
  markLimitReached(): void
  found(): void
  /** Places that were named and can't be had. */
  failed: { url: string; error: ErrorShape }[]
}

/** Begins the requests of a search. */
export function createDiscoverRequests({
  politeness,
  signal,
  typed,
  maxRequests = usualRequests,
  onProgress,
}: DiscoverParts): DiscoverRequests {
  const options: PoliteOptions = { signal, accept: 'page', ...(typed === undefined ? {} : { typed }) }
  const failed: DiscoverRequests['failed'] = []
  const seen = new Set<string>()
  let [asked, found, isCut] = [0, 0, false]
  const tell = (): void => onProgress?.({ asked, found })
  /** What failed is told; being cancelled ends everything. */
  const forgive = (url: string, thrown: unknown, isGuess: boolean): void => {
    const error = toErrorShape(thrown)
    if (error.code === 'cancelled') throw thrown
    if (!isGuess) failed.push({ url, error })
  }
  return {
    failed,
    wasAsked: (url) => seen.has(url),
    isLimitReached: () => isCut,
    markLimitReached: () => {
      isCut = true
    },
    found: () => {
      found += 1
      tell()
    },
    async first(address) {
      asked += 1
      // A person asked for this one himself.
      const fetched = await politeness.fetchAddress(address, { ...options, obeysRobots: false })
      seen.add(address).add(fetched.address)
      tell()
      return fetched
    },
    async probe(url, isGuess) {
      if (seen.has(url)) return null
      if (asked >= maxRequests) {
        isCut = true
        return null
      }
      seen.add(url)
      asked += 1
      tell()
      try {
        const fetched = await politeness.fetchAddress(url, options)
        seen.add(fetched.address)
        return await detectContent(fetched)
      } catch (thrown) {
        forgive(url, thrown, isGuess)
        return null
      }
    },
    async sitemapsOf(address) {
      try {
        return (await politeness.robotsOf(address, options)).sitemaps
      } catch (thrown) {
        forgive(new URL('/robots.txt', address).href, thrown, true)
        return []
      }
    },
  }
}
