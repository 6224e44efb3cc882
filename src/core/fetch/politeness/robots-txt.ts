import robotsParser from 'robots-parser'
import { AppError } from '../../../shared/errors'
import type { FetchAddress, FetchOptions } from '../fetch-result'
import { selectRobotsRules } from './robots-rules'

/** What the robots.txt of a host says to this program. */
export interface Robots {
  /** Whether the rules allow this address of the host. */
  allows(address: string): boolean
  /** The delay between two requests that the host asks for. Null if it asks for no delay. */
  crawlDelaySeconds: number | null
  /** The addresses of sitemaps. Only absolute http and https addresses are listed. */
  sitemaps: readonly string[]
}

/** The name of this program in a robots.txt (the product token of RFC 9309). The User-Agent header begins with it. */
const productToken = 'BanTin'
/** Maximum number of bytes of a robots.txt that are read. RFC 9309 requires at least 500 KiB. */
const maxRobotsBytes = 512 * 1024
const maxSitemaps = 100

/** The rules for a host that has no robots.txt: everything is allowed. */
const noRobots: Robots = { allows: () => true, crawlDelaySeconds: null, sitemaps: [] }

/**
 * Fetches the robots.txt of an address's origin. If the host answers with an error, a page or endless redirects,
 * everything is allowed, because old portals answer 500 for a missing file. If the host is busy or can't be reached,
 * the rules are unknown, and the errors of {@link FetchAddress} are thrown.
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
  if (/^\s*</.test(text)) return noRobots // The answer is an HTML page.
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

/** Whether an error means that the host has answered but has no robots.txt. */
function isAnswer({ code, details }: AppError): boolean {
  const status = Number(details['status'] ?? 0)
  if (code === 'server-busy') return status >= 500 && status !== 503
  return /^(?:page-not-found|server-refused|bad-redirect|too-many-redirects|answer-too-large|answer-damaged|private-address)$/.test(
    code,
  )
}
