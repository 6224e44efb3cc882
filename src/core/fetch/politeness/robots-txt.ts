import robotsParser from 'robots-parser'
import { AppError } from '../../../shared/errors'
import type { FetchAddress, FetchOptions } from '../fetch-result'
import { selectRobotsRules } from './robots-rules'

/** The rules of a host's robots.txt for this program. */
export interface Robots {
  /** Whether the rules allow this address of the host. */
  allows(address: string): boolean
  /** The delay that the host requests between two requests. Null if the host requests no delay. */
  crawlDelaySeconds: number | null
  /** The addresses of sitemaps. Only absolute http and https addresses. */
  sitemaps: readonly string[]
}

/** The product token of RFC 9309. The User-Agent begins with it. */
const productToken = 'BanTin'
/** RFC 9309 requires at least 500 KiB. The rest is ignored. */
const maxRobotsBytes = 512 * 1024
const maxSitemaps = 100

/** The rules of a host without a robots.txt: everything is allowed. */
const noRobots: Robots = { allows: () => true, crawlDelaySeconds: null, sitemaps: [] }

/**
 * Fetches the robots.txt of an address's origin. If the host answers with an error, a page or endless redirects,
 * everything is allowed, because old portals answer 500 for a missing file. If the host is busy or cannot be reached,
 * the rules are unknown, so this function throws the errors of {@link FetchAddress}.
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

/** Parses the robots.txt at `address`. */
function readRobots(address: string, text: string): Robots {
  if (/^\s*</.test(text)) return noRobots // an HTML page
  const robots = robotsParser(address, selectRobotsRules(text, productToken))
  const delay = robots.getCrawlDelay(productToken)
  return {
    allows: (requested) => robots.isAllowed(requested, productToken) !== false,
    crawlDelaySeconds: delay === undefined || !Number.isFinite(delay) || delay < 0 ? null : delay,
    sitemaps: robots
      .getSitemaps()
      .filter((sitemap) => /^https?:\/\//i.test(sitemap))
      .slice(0, maxSitemaps),
  }
}

/** Whether an error means that the host answered without a robots.txt. */
function isAnswer({ code, details }: AppError): boolean {
  const status = Number(details['status'] ?? 0)
  if (code === 'server-busy') return status >= 500 && status !== 503
  return /^(?:page-not-found|server-refused|bad-redirect|too-many-redirects|answer-too-large|answer-damaged|private-address)$/.test(
    code,
  )
}
