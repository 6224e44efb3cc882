import { setTimeout as sleepMs } from 'node:timers/promises'
import { AppError } from '../../shared/errors'
import { failureDetails } from './fetch-errors'
import type { FetchAddress, FetchResult, FetchOptions } from './fetch-result'
import { createHostQueue, type HostQueue } from './host-queue'
import { fetchRobots, type Robots } from './robots-txt'

/** Time as politeness sees it, so that tests need not wait. */
export interface Waiting {
  /** Ms since some fixed moment; never goes back. */
  nowMs(): number
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** How gently a host is treated. */
export interface PoliteLimits {
  /** Between the starts of two requests to one host, unless its robots.txt asks for more. */
  delayMs: number
  /** At most so many requests to one host at once. */
  connections: number
  /** A host that asks for a longer delay gets this one. */
  maxDelayMs: number
  /** A host that asks to be left alone for longer is given up for that time: what is asked of it fails at once. */
  maxPauseMs: number
  /** How long what a robots.txt says holds (RFC 9309: a day). */
  robotsMs: number
}

/** The limits the program keeps unless told otherwise. */
export const politeLimits: PoliteLimits = {
  delayMs: 1_000,
  connections: 2,
  maxDelayMs: 60_000,
  maxPauseMs: 5 * 60_000,
  robotsMs: 24 * 3_600_000,
}

/** How one address is asked politely. */
export interface PoliteOptions extends FetchOptions {
  /** False for the one address a person asked for by himself: robots.txt is for programs that go from page to page. */
  obeysRobots?: boolean
  /** Whether somebody waits for it: its turn comes before those of a refresh that goes from page to page. */
  goesFirst?: boolean
}

/** Fetching that no host needs to complain of. One for the whole program: a host has one queue whoever asks. */
export interface Politeness {
  /** As {@link FetchAddress}, after its turn; throws `robots-refused` too, and `server-busy` for a host given up. */
  fetchAddress: (address: string, options: PoliteOptions) => Promise<FetchResult>
  /** What the robots.txt of an address's origin asks for. Throws as {@link FetchAddress}. */
  robotsOf(address: string, options: FetchOptions): Promise<Robots>
}

const realTime: Waiting = {
  nowMs: () => performance.now(),
  sleep: (ms, signal) => sleepMs(ms, undefined, { signal }),
}
/** Hosts and their robots.txt that are remembered; the oldest goes first. */
const maxHosts = 1_000

/** Makes {@link Politeness} of a function that fetches. */
export function createPoliteness(
  fetchAddress: FetchAddress,
  limits: PoliteLimits = politeLimits,
  waiting: Waiting = realTime,
): Politeness {
  const queues = new Map<string, HostQueue>()
  const robots = new Map<string, { asked: Promise<Robots>; untilMs: number }>()

  const queueOf = (url: URL): HostQueue => {
    const known = queues.get(url.host)
    if (known !== undefined) return known
    for (const [host, queue] of queues) if (queues.size >= maxHosts && queue.isIdle()) queues.delete(host)
    const made = createHostQueue(limits, waiting)
    queues.set(url.host, made)
    return made
  }

  /** One request, when its host's turn comes. */
  const inTurn = async (url: URL, options: FetchOptions, goesFirst = false): Promise<FetchResult> => {
    const queue = queueOf(url)
    const done = await queue.enter(url, options.signal, goesFirst)
    let isGood = false
    try {
      const fetched = await fetchAddress(url.href, options)
      isGood = true
      return fetched
    } catch (thrown) {
      if (thrown instanceof AppError && asksForPause(thrown)) queue.pause(thrown)
      throw thrown
    } finally {
      done(isGood)
    }
  }

  const robotsOf = async (address: string, options: FetchOptions): Promise<Robots> => {
    const url = new URL(address)
    const known = robots.get(url.origin)
    if (known !== undefined && known.untilMs > waiting.nowMs()) return ended(known.asked, url, options.signal)
    // Whoever asks first may give up; the others still want the answer.
    const { signal: _signal, ...rest } = options
    const asked = fetchRobots((target, given) => inTurn(new URL(target), given), address, { ...rest, signal: never })
    robots.delete(url.origin)
    robots.set(url.origin, { asked, untilMs: waiting.nowMs() + limits.robotsMs })
    if (robots.size > maxHosts) robots.delete([...robots.keys()][0] ?? '')
    asked.then(
      ({ crawlDelaySeconds }) => {
        if (crawlDelaySeconds !== null) queueOf(url).slowDown(crawlDelaySeconds * 1000)
      },
      () => robots.delete(url.origin),
    )
    return ended(asked, url, options.signal)
  }

  return {
    robotsOf,
    async fetchAddress(address, { obeysRobots = true, goesFirst = false, ...options }) {
      const url = URL.parse(address)
      // What is no address is the fetcher's to refuse.
      if (url === null) return fetchAddress(address, options)
      if (obeysRobots && !(await robotsOf(address, options)).allows(url.href))
        throw new AppError('robots-refused', `fetch ${url.href}: refused by robots.txt`, failureDetails(url))
      return inTurn(url, options, goesFirst)
    },
  }
}

/** Fetching for a reader who typed the address and waits: in the host's own queue, before whatever a refresh wants. */
export function createUserFetch({ fetchAddress }: Pick<Politeness, 'fetchAddress'>): FetchAddress {
  return (address, options) => fetchAddress(address, { ...options, obeysRobots: false, goesFirst: true })
}

/** So often a busy host is asked for one page in all, each time after the pause it wanted. */
const maxAttempts = 3

/** Fetching for work that nobody watches: a host that wants to be left alone for a while is waited for, and asked again. */
export function createRefreshFetch({ fetchAddress }: Pick<Politeness, 'fetchAddress'>): FetchAddress {
  return async (address, options) => {
    for (let asked = 1; ; asked++)
      try {
        return await fetchAddress(address, options)
      } catch (thrown) {
        if (!(thrown instanceof AppError && asksForPause(thrown)) || asked === maxAttempts) throw thrown
      }
  }
}

/** Whether a host wants to be left alone; a fault of a single page (500) says nothing about the others. */
function asksForPause({ code, details }: AppError): boolean {
  if (code !== 'server-busy') return false
  return details['status'] === 429 || details['status'] === 503 || details['retryAfterSeconds'] !== undefined
}

const never = new AbortController().signal

/** The same promise, left alone when the signal aborts. */
async function ended<T>(work: Promise<T>, url: URL, signal: AbortSignal): Promise<T> {
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
