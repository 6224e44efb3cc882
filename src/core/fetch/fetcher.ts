import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../shared/errors'
import { failureDetails, fetchFailure, statusFailure } from './fetch-errors'
import { type FetchLimits, fetchLimits } from './fetch-limits'
import type { FetchAddress, FetchOptions, FetchResult } from './fetch-result'
import { hasNetwork } from './has-network'
import { resolvesNames } from './proxies'
import { lookupAll, resolveHost } from './resolve-host'
import { findMetaRefresh } from './meta-refresh'
import { readResponse } from './read-response'
import { createRedirectCookies } from './redirect-cookies'
import { createRedirects, isRedirect } from './redirects'
import { createRequestHeaders, isConditional } from './request-headers'
import { type RawResponse, requestOnce } from './request-once'
import { headerOf, retryAfterMs } from './response-headers'
import { isLoopbackHost, type Lookup, publicHostsOnly } from './ssrf-guard'
import { parseWebAddress } from './url'

/** The dependencies of a fetcher. */
export interface FetcherParts {
  /** The version of the program, which the User-Agent header contains. */
  version: string
  clock(): Date
  /** Returns the proxy for an address, as http://host:port. Returns null if no proxy is used. */
  proxyFor(address: string): Promise<string | null>
  /** Whether the user accepts the certificate of this host even if it can't be trusted. */
  isAccepted(host: string): boolean | Promise<boolean>
  /** Whether this machine is connected to a network. The default is {@link hasNetwork}. */
  isOnline?(): boolean
  limits?: FetchLimits
  lookup?: Lookup
}

type CompleteParts = Required<FetcherParts>

/** Creates the function with which the whole program sends requests. No other function sends requests. */
export function createFetcher(given: FetcherParts): FetchAddress {
  const parts: CompleteParts = { isOnline: hasNetwork, limits: fetchLimits, lookup: lookupAll, ...given }
  const { limits } = parts
  return async (address, options) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await fetchOnce(parts, address, options)
      if ('fetched' in outcome) return outcome.fetched
      const pauseMs = outcome.retryAfterMs ?? limits.firstPauseMs * 2 ** (attempt - 1)
      const mayRetry = isTransient(outcome.failure) && attempt < limits.maxAttempts && pauseMs <= limits.maxPauseMs
      if (!mayRetry) throw withRetryAfter(outcome)
      await sleep(pauseMs, undefined, { signal: options.signal }).catch(() => {
        throw new AppError('cancelled', `fetch ${address}: cancelled`)
      })
    }
  }
}

interface Failure {
  failure: AppError
  /** The pause that the server requests, in milliseconds. Null if the server requests no pause. */
  retryAfterMs: number | null
}

/** Adds the pause that a busy server requests to the details of the error. */
function withRetryAfter({ failure, retryAfterMs }: Failure): AppError {
  if (failure.code !== 'server-busy' || retryAfterMs === null) return failure
  const details = { ...failure.details, retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }
  return new AppError(failure.code, failure.message, details, { cause: failure.cause })
}

/** Whether a second attempt may succeed. */
function isTransient({ code }: AppError): boolean {
  return code === 'server-busy' || code === 'connection-failed' || code === 'answer-damaged'
}

/** Makes one attempt to fetch an address, and follows its redirects. */
async function fetchOnce(
  parts: CompleteParts,
  address: string,
  options: FetchOptions,
): Promise<{ fetched: FetchResult } | Failure> {
  const { clock, limits, version } = parts
  let url = parseWebAddress(address)
  const redirects = createRedirects(url, limits.maxRedirects)
  const cookies = createRedirectCookies()
  try {
    for (;;) {
      const requestHeaders = createRequestHeaders(url, version, options, cookies.headerFor(url))
      const sentAt = clock()
      const response = await sendRequest(parts, url, requestHeaders, options)
      cookies.take(url, response.headers)
      if (isRedirect(response.status)) {
        url = redirects.next(response, () => cookies.headerFor(url))
        continue
      }
      const { status } = response
      const failure = status === 304 && isConditional(options) ? null : statusFailure(status, url)
      if (failure !== null || (status >= 300 && status !== 304))
        return {
          failure: failure ?? new AppError('bad-redirect', `fetch ${url.href}: ${status}`, failureDetails(url)),
          retryAfterMs: retryAfterMs(headerOf(response.headers, 'retry-after'), clock()),
        }
      if (status === 304 && !isConditional(options))
        throw new AppError('answer-damaged', `fetch ${url.href}: 304 to an unconditional request`)
      const answered = { url, sentAt, requestHeaders, redirects: redirects.followed, response }
      const fetched = await readResponse(answered, { version, now: clock(), limits })
      const location = options.accept === 'page' ? findMetaRefresh(fetched.bytes, fetched.mediaType) : null
      if (location === null || URL.parse(location, url)?.href === url.href) return { fetched }
      url = redirects.next({ status, headers: [['location', location]] }, () => cookies.headerFor(url))
    }
  } catch (thrown) {
    return { failure: fetchFailure(thrown, url, parts.isOnline), retryAfterMs: null }
  }
}

/** Sends one request, either to one of the checked IP addresses of the host or through the proxy. */
async function sendRequest(
  { limits, lookup, proxyFor, isAccepted }: CompleteParts,
  url: URL,
  headers: [string, string][],
  { signal, typed = publicHostsOnly, maxBytes = limits.maxWireBytes }: FetchOptions,
): Promise<RawResponse> {
  const proxy = isLoopbackHost(url) ? null : await proxyFor(url.href)
  return requestOnce({
    url,
    headers,
    addresses: await resolveHost(url, proxy !== null && resolvesNames(proxy) ? proxy : null, {
      lookup,
      typed,
      timeoutMs: limits.headersTimeoutMs,
      signal,
    }),
    proxy,
    isAccepted: await isAccepted(url.hostname),
    signal,
    limits: { ...limits, maxWireBytes: Math.min(limits.maxWireBytes, maxBytes) },
  })
}
