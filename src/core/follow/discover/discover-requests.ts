import { type ErrorShape, toErrorShape } from '../../../shared/errors'
import type { FetchResult } from '../../fetch/fetch-result'
import type { PoliteOptions } from '../../fetch/politeness/politeness'
import { shortAddress } from '../../fetch/url'
import { detectContentTask } from '../follow-tasks'
import type { DetectedContent } from './detect-content'
import type { DiscoverParts } from './discover-parts'

/**
 * The default maximum number of requests of one discovery. At one request per second, 30 requests take half a minute.
 */
const defaultMaxRequests = 30

/** Sends the requests of one discovery. Counts the requests, and sends no request to the same address twice. */
export interface DiscoverRequests {
  /** Fetches the address that the user entered, even if robots.txt forbids it. Throws the errors of a fetch. */
  first(address: string): Promise<FetchResult>
  /** Detects the content of a response. Throws the errors of {@link detectContentTask}. */
  detect(fetched: FetchResult): Promise<DetectedContent>
  /**
   * Fetches an address and detects its content. Returns null if the fetch fails, if the address was requested before,
   * or if the maximum number of requests is reached. A failed fetch is added to `failed`, unless `isGuess` is true,
   * which means that no page contains the address. Throws `cancelled`.
   */
  probe(url: string, isGuess: boolean): Promise<DetectedContent | null>
  /** Returns the addresses of the sitemaps that robots.txt lists for the host of `address`. Throws `cancelled`. */
  sitemapsOf(address: string): Promise<readonly string[]>
  wasRequested(url: string): boolean
  /** Whether the discovery left out addresses, because a limit was reached. */
  isLimitReached(): boolean
  markLimitReached(): void
  /** Adds one to the number of found channels (feeds, listings and sitemaps), which the progress shows. */
  countFound(): void
  /** The addresses that the site lists but that could not be fetched. */
  failed: { url: string; error: ErrorShape }[]
}

/** Creates the requests of one discovery. The first request is sent when a method is called. */
export function createDiscoverRequests({
  politeness,
  runTask,
  signal,
  typed,
  maxRequests = defaultMaxRequests,
  onProgress,
}: DiscoverParts): DiscoverRequests {
  const options: PoliteOptions = { signal, accept: 'page', ...(typed === undefined ? {} : { typed }) }
  const failed: DiscoverRequests['failed'] = []
  const requested = new Set<string>()
  let [requestCount, foundCount, isCut] = [0, 0, false]
  const detect = ({ address, bytes, charset }: FetchResult): Promise<DetectedContent> =>
    runTask(detectContentTask, { address, bytes, charset }, { name: shortAddress(address), signal })
  const notify = (): void => onProgress?.({ requested: requestCount, found: foundCount })
  /** Adds a failure to `failed`, unless the address was a guess. Throws `cancelled`. */
  const recordFailure = (url: string, thrown: unknown, isGuess: boolean): void => {
    const error = toErrorShape(thrown)
    if (error.code === 'cancelled') throw thrown
    if (!isGuess) failed.push({ url, error })
  }
  return {
    failed,
    detect,
    wasRequested: (url) => requested.has(url),
    isLimitReached: () => isCut,
    markLimitReached: () => {
      isCut = true
    },
    countFound: () => {
      foundCount += 1
      notify()
    },
    async first(address) {
      requestCount += 1
      const fetched = await politeness.fetchAddress(address, { ...options, obeysRobots: false })
      requested.add(address).add(fetched.address)
      notify()
      return fetched
    },
    async probe(url, isGuess) {
      if (requested.has(url)) return null
      if (requestCount >= maxRequests) {
        isCut = true
        return null
      }
      requested.add(url)
      requestCount += 1
      notify()
      try {
        const fetched = await politeness.fetchAddress(url, options)
        requested.add(fetched.address)
        return await detect(fetched)
      } catch (thrown) {
        recordFailure(url, thrown, isGuess)
        return null
      }
    },
    async sitemapsOf(address) {
      try {
        return (await politeness.robotsOf(address, options)).sitemaps
      } catch (thrown) {
        recordFailure(new URL('/robots.txt', address).href, thrown, true)
        return []
      }
    },
  }
}
