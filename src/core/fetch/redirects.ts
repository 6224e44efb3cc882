import { AppError } from '../../shared/errors'
import { failureDetails } from './fetch-errors'
import type { ResponseFacts } from './fetch-result'
import type { RawResponse } from './request-once'
import { headerOf, utf8Header } from './response-headers'
import { parseWebAddress, shortAddress } from './url'

const redirectStatuses = new Set([301, 302, 303, 307, 308])

/** Whether a response with this status redirects to the address in its Location header. */
export function isRedirect(status: number): boolean {
  return redirectStatuses.has(status)
}

/** The redirects of one fetch. */
export interface Redirects {
  /** The redirects that were followed so far, in order. */
  followed: ResponseFacts['redirects']
  /**
   * Returns the address to which a redirect leads. `cookieHeader` returns the Cookie header for this address. A
   * redirect to an address that was requested before is not a loop if the Cookie header has changed. Throws
   * `bad-redirect`, `too-many-redirects`.
   */
  next(response: Pick<RawResponse, 'status' | 'headers'>, cookieHeader: () => string | null): URL
}

/**
 * Creates the redirects of one fetch. They lead only to http and https, are limited in number, and never form a loop.
 */
export function createRedirects(start: URL, maxRedirects: number): Redirects {
  let url = start
  const followed: ResponseFacts['redirects'] = []
  const seen = new Set([start.href])
  return {
    followed,
    next({ status, headers }, cookieHeader) {
      const location = utf8Header(headerOf(headers, 'location') ?? '')
      const details = { ...failureDetails(url), target: shortAddress(location) }
      if (location === '') throw new AppError('bad-redirect', `fetch ${url.href}: redirect without a target`, details)
      const target = URL.parse(location, url)
      if (target === null || (target.protocol !== 'http:' && target.protocol !== 'https:'))
        throw new AppError('bad-redirect', `fetch ${url.href}: redirect to ${details.target}`, details)
      followed.push({ url: url.href, status, location: shortAddress(location) })
      url = parseWebAddress(target.href)
      const state = `${url.href}\n${cookieHeader() ?? ''}`
      if (followed.length > maxRedirects || seen.has(state) || (cookieHeader() === null && seen.has(url.href)))
        throw new AppError(
          'too-many-redirects',
          `fetch ${start.href}: ${followed.length} redirects`,
          failureDetails(start),
        )
      seen.add(state)
      return url
    },
  }
}
