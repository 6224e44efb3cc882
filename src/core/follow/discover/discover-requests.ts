import { type ErrorShape, toErrorShape } from '../../../shared/errors'
import type { FetchResult } from '../../fetch/fetch-result'
import type { PoliteOptions } from '../../fetch/politeness/politeness'
import { shortAddress } from '../../fetch/url'
import { detectContentTask } from '../follow-tasks'
import type { DetectedContent } from './detect-content'
import type { DiscoverParts } from './discover-parts'

/** Default limit on the requests of a discovery. At one request per second, this many requests take half a minute. */
const defaultMaxRequests = 30

/** The requests of one discovery. Counts them, and requests no address twice. */
export interface DiscoverRequests {
  /** Fetches the address that the user entered, without robots.txt. Throws the errors of a fetch. */
  first(address: string): Promise<FetchResult>
  /** Detects the content of a response. Throws the errors of {@link detectContentTask}. */
  detect(fetched: FetchResult): Promise<DetectedContent>
  /**
   * Fetches an address and detects its content. Returns null if the fetch fails, if the address was requested before,
   * or if the limit is reached. Records a failed fetch in `failed`, unless the address was only a guess. Throws
   * `cancelled`.
   */
  probe(url: string, isGuess: boolean): Promise<DetectedContent | null>
  /** Returns the sitemaps that the robots.txt of an address names. Throws `cancelled`. */
  sitemapsOf(address: string): Promise<readonly string[]>
  wasRequested(url: string): boolean
  /** Whether addresses were left out because of a limit. */
  isLimitReached(): boolean
  markLimitReached(): void
  /** Counts a channel for the progress. */
  countFound(): void
  /** The addresses that the site names and that could not be fetched. */
  failed: { url: string; error: ErrorShape }[]
}

/** Creates the requests of one discovery. Sends none yet. */
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
  /** Records a failure. Throws `cancelled`. */
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
