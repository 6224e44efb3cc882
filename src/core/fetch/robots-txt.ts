import robotsParser from 'robots-parser'
import { AppError } from '../../shared/errors'
import type { FetchAddress, FetchOptions } from './fetch-result'

/** What a host's robots.txt asks of us. */
export interface Robots {
  /** Whether this address of that host may be fetched. */
  allows(address: string): boolean
  /** Seconds the host wants between two requests; null where it says nothing. */
  crawlDelaySeconds: number | null
  /** Addresses of sitemaps, as given: absolute http(s) ones only. */
  sitemaps: readonly string[]
}

/** The name rules are looked up under; the User-Agent begins with it. */
const productToken = 'BanTin'
/** RFC 9309 asks for at least 500 KiB to be read; what stands behind it is not looked at. */
const maxRobotsBytes = 512 * 1024
const mostSitemaps = 100

/** A host that asks for nothing. */
export const noRobots: Robots = { allows: () => true, crawlDelaySeconds: null, sitemaps: [] }

/**
 * The robots.txt of an address's origin. A host without one (or with a page in its place, an endless redirect, an
 * error of its own: old portals answer 500 for what they don't have) asks for nothing. A host that can't be reached, or
 * is busy, fails as its pages would: what it asks for isn't known then. Throws what {@link FetchAddress} throws then.
 */
export async function fetchRobots(fetchAddress: FetchAddress, address: string, options: FetchOptions): Promise<Robots> {
  const { href } = new URL('/robots.txt', address)
  try {
    const fetched = await fetchAddress(href, { ...options, accept: 'any' })
    return readRobots(href, new TextDecoder().decode(fetched.bytes.subarray(0, maxRobotsBytes)))
  } catch (thrown) {
    if (thrown instanceof AppError && isAnswer(thrown)) return noRobots
    throw thrown
  }
}

/** Reads a robots.txt found at `address`. */
export function readRobots(address: string, text: string): Robots {
  if (/^\s*</.test(text)) return noRobots // a page, whatever the server calls it
  const robots = robotsParser(address, text)
  const delay = robots.getCrawlDelay(productToken)
  return {
    allows: (asked) => robots.isAllowed(asked, productToken) !== false,
    crawlDelaySeconds: delay === undefined || !Number.isFinite(delay) || delay < 0 ? null : delay,
    sitemaps: robots
      .getSitemaps()
      .filter((sitemap) => /^https?:\/\//i.test(sitemap))
      .slice(0, mostSitemaps),
  }
}

/** Whether the host answered, though not with a robots.txt. */
function isAnswer({ code, details }: AppError): boolean {
  const status = Number(details['status'] ?? 0)
  if (code === 'server-busy') return status >= 500 && status !== 503
  return /^(?:page-not-found|server-refused|bad-redirect|too-many-redirects|answer-too-large|answer-damaged|private-address)$/.test(
    code,
  )
}
