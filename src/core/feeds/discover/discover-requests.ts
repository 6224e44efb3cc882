import { type ErrorShape, toErrorShape } from '../../../shared/errors'
import type { Fetched } from '../../fetch/fetch-result'
import type { PoliteOptions } from '../../fetch/politeness'
import { type Looked, lookAt } from './detect-content'
import type { Search } from './discover'

/** At one request a second this is half a minute. */
const usualRequests = 30

/** The requests of one search: counted, none twice. */
export interface Requests {
  first(address: string): Promise<Fetched>
  /** Null where it failed, was asked before, or no more may be asked; a failure is told unless it was a guess. */
  look(url: string, isGuess: boolean): Promise<Looked | null>
  sitemapsOf(address: string): Promise<readonly string[]>
  wasAsked(url: string): boolean
  isSpent(): boolean
  leave(): void
  found(): void
  /** Places that were named and can't be had. */
  failed: { url: string; error: ErrorShape }[]
}

/** Begins the requests of a search. */
export function createRequests({
  politeness,
  signal,
  typed,
  mostRequests = usualRequests,
  onProgress,
}: Search): Requests {
  const options: PoliteOptions = { signal, accept: 'page', ...(typed === undefined ? {} : { typed }) }
  const failed: Requests['failed'] = []
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
    isSpent: () => isCut,
    leave: () => {
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
    async look(url, isGuess) {
      if (seen.has(url)) return null
      if (asked >= mostRequests) {
        isCut = true
        return null
      }
      seen.add(url)
      asked += 1
      tell()
      try {
        const fetched = await politeness.fetchAddress(url, options)
        seen.add(fetched.address)
        return await lookAt(fetched)
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
