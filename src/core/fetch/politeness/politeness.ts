import { setTimeout as sleepMs } from 'node:timers/promises'
import { AppError } from '../../../shared/errors'
import { failureDetails } from '../fetch-errors'
import type { FetchAddress, FetchResult, FetchOptions } from '../fetch-result'
import { createHostQueue, type HostQueue } from './host-queue'
import { type PoliteLimits, politeLimits, type Waiting } from './polite-limits'
import { fetchRobots, type Robots } from './robots-txt'

/** The options of a fetch through the host queue. */
export interface PoliteOptions extends FetchOptions {
  /**
   * Whether the request obeys robots.txt. False for an address that the user entered, because robots.txt is meant for
   * crawlers. The default is true.
   */
  obeysRobots?: boolean
  /** Whether a user waits for the page. Such a request overtakes the requests of refreshes. */
  goesFirst?: boolean
}

/**
 * Fetches addresses through one queue for each host, and obeys robots.txt. The whole program shares one instance, so
 * that all requests to a host are in the same queue.
 */
export interface Politeness {
  /**
   * Fetches an address when its turn comes. Throws `robots-refused`, `server-busy` if the host asks for a long pause,
   * and the errors of {@link FetchAddress}.
   */
  fetchAddress: (address: string, options: PoliteOptions) => Promise<FetchResult>
  /** Returns the rules in the robots.txt of an address's origin. Throws the errors of {@link FetchAddress}. */
  robotsOf(address: string, options: FetchOptions): Promise<Robots>
}

const realTime: Waiting = {
  nowMs: () => performance.now(),
  sleep: (ms, signal) => sleepMs(ms, undefined, { signal }),
}
/** Maximum number of host queues, and of cached robots.txt files. The oldest is removed first. */
const maxHosts = 1_000

/** Creates {@link Politeness} from a function that fetches without queues. */
export function createPoliteness(
  fetchAddress: FetchAddress,
  limits: PoliteLimits = politeLimits,
  waiting: Waiting = realTime,
): Politeness {
  const queues = new Map<string, HostQueue>()
  const robotsByOrigin = new Map<string, { robots: Promise<Robots>; untilMs: number }>()

  const queueOf = (url: URL): HostQueue => {
    const known = queues.get(url.host)
    if (known !== undefined) return known
    for (const [host, queue] of queues) if (queues.size >= maxHosts && queue.isIdle()) queues.delete(host)
    const created = createHostQueue(limits, waiting)
    queues.set(url.host, created)
    return created
  }

  const fetchInTurn = async (url: URL, options: FetchOptions, goesFirst = false): Promise<FetchResult> => {
    const queue = queueOf(url)
    const leaveQueue = await queue.enter(url, options.signal, goesFirst)
    let isGood = false
    try {
      const fetched = await fetchAddress(url.href, options)
      isGood = true
      return fetched
    } catch (thrown) {
      if (thrown instanceof AppError && requestsPause(thrown)) queue.pause(thrown)
      throw thrown
    } finally {
      leaveQueue(isGood)
    }
  }

  const robotsOf = async (address: string, options: FetchOptions): Promise<Robots> => {
    const url = new URL(address)
    const known = robotsByOrigin.get(url.origin)
    if (known !== undefined && known.untilMs > waiting.nowMs()) return rejectOnAbort(known.robots, url, options.signal)
    // The request does not get the signal of the first caller, because other callers may wait for the same robots.txt.
    const { signal: _signal, ...rest } = options
    const fetchOne: FetchAddress = (target, given) => fetchInTurn(new URL(target), given)
    const robots = fetchRobots(fetchOne, address, { ...rest, signal: neverAborted })
    robotsByOrigin.delete(url.origin)
    robotsByOrigin.set(url.origin, { robots, untilMs: waiting.nowMs() + limits.robotsTtlMs })
    if (robotsByOrigin.size > maxHosts) robotsByOrigin.delete([...robotsByOrigin.keys()][0] ?? '')
    robots.then(
      ({ crawlDelaySeconds }) => {
        if (crawlDelaySeconds !== null) queueOf(url).slowDown(crawlDelaySeconds * 1000)
      },
      () => robotsByOrigin.delete(url.origin),
    )
    return rejectOnAbort(robots, url, options.signal)
  }

  return {
    robotsOf,
    async fetchAddress(address, { obeysRobots = true, goesFirst = false, ...options }) {
      const url = URL.parse(address)
      // The fetcher throws `bad-address` for an invalid address.
      if (url === null) return fetchAddress(address, options)
      if (obeysRobots && !(await robotsOf(address, options)).allows(url.href))
        throw new AppError('robots-refused', `fetch ${url.href}: refused by robots.txt`, failureDetails(url))
      return fetchInTurn(url, options, goesFirst)
    },
  }
}

/**
 * Creates a function that fetches for a waiting user. Its requests overtake those of refreshes and ignore robots.txt.
 */
export function createUserFetch({ fetchAddress }: Pick<Politeness, 'fetchAddress'>): FetchAddress {
  return (address, options) => fetchAddress(address, { ...options, obeysRobots: false, goesFirst: true })
}

/**
 * Maximum number of requests for one page if its host is busy during a refresh. Before each further request, the
 * refresh waits for the pause that the host asks for.
 */
const maxBusyAttempts = 3

/**
 * Creates a function that fetches for a refresh. If the host asks for a pause, it waits and requests the page again.
 */
export function createRefreshFetch({ fetchAddress }: Pick<Politeness, 'fetchAddress'>): FetchAddress {
  return async (address, options) => {
    for (let attempt = 1; ; attempt++)
      try {
        return await fetchAddress(address, options)
      } catch (thrown) {
        if (!(thrown instanceof AppError && requestsPause(thrown)) || attempt === maxBusyAttempts) throw thrown
      }
  }
}

/** Whether a response asks for a pause. An error of a single page (status 500) does not. */
function requestsPause({ code, details }: AppError): boolean {
  if (code !== 'server-busy') return false
  return details['status'] === 429 || details['status'] === 503 || details['retryAfterSeconds'] !== undefined
}

const neverAborted = new AbortController().signal

/** Returns the result of `work`. Rejects with `cancelled` if the signal aborts. `work` itself continues. */
async function rejectOnAbort<T>(work: Promise<T>, url: URL, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const cancel = (): void => reject(new AppError('cancelled', `fetch ${url.href}: cancelled`))
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
