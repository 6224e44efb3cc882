import { lookup as lookupName } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../shared/errors'
import { nodeCrypto } from '../node-crypto'
import { createRoundTripCookies } from './redirect-cookies'
import { decodeBody } from './decode-body'
import { failureDetails, fetchFailure, statusFailure } from './fetch-errors'
import type { FetchAddress, FetchResult, FetchOptions, ResponseFacts, Validators } from './fetch-result'
import { contentType, dispositionName, headerOf, retryAfterMs, serverDate, utf8Header } from './response-headers'
import { type FetchLimits, fetchLimits } from './fetch-limits'
import {
  checkName,
  isLoopbackHost,
  type Lookup,
  publicHostsOnly,
  reachableAddresses,
  type TypedHost,
} from './ssrf-guard'
import { megabytes, type RawResponse, requestOnce } from './request-once'
import { parseWebAddress, shortAddress } from './url'

/** What a fetcher is made with. */
export interface FetcherParts {
  /** The program's version, for the User-Agent. */
  version: string
  clock(): Date
  /** The proxy for an address, as http://host:port; null for none. */
  proxyFor(address: string): Promise<string | null>
  /** Whether the reader accepts this host's certificate as it is. */
  isAccepted(host: string): boolean | Promise<boolean>
  /** Whether this machine has a network at all. */
  isOnline?(): boolean
  limits?: FetchLimits
  lookup?: Lookup
}

const acceptHeaders = {
  page: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  feed: 'application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5',
  picture: 'image/avif,image/webp,image/png,image/jpeg,image/gif,image/*;q=0.5',
  any: '*/*',
} as const
/** A longer one is not sent back. */
const longestValidator = 1024
const redirects = new Set([301, 302, 303, 307, 308])

/** Makes the one function that goes to the network; see {@link FetchAddress} for what it promises. */
export function createFetcher(parts: FetcherParts): FetchAddress {
  const limits = parts.limits ?? fetchLimits
  const isOnline = parts.isOnline ?? hasNetwork
  return async (address, options) => {
    for (let attempt = 1; ; attempt++) {
      const { signal } = options
      const outcome = await followOnce(parts, address, options, isOnline)
      if ('fetched' in outcome) return outcome.fetched
      const pauseMs = outcome.retryAfterMs ?? limits.firstPauseMs * 2 ** (attempt - 1)
      const mayRetry = isPassing(outcome.failure) && attempt < limits.attempts && pauseMs <= limits.maxPauseMs
      if (!mayRetry) throw withPause(outcome)
      await sleep(pauseMs, undefined, { signal }).catch(() => {
        throw new AppError('cancelled', `fetch ${address}: cancelled`)
      })
    }
  }
}

/** A busy server's failure says how long it asked to be left alone. */
function withPause({ failure, retryAfterMs }: { failure: AppError; retryAfterMs: number | null }): AppError {
  if (failure.code !== 'server-busy' || retryAfterMs === null) return failure
  const details = { ...failure.details, retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }
  return new AppError(failure.code, failure.message, details, { cause: failure.cause })
}

/** Whether a failure may be gone a moment later. */
function isPassing({ code }: AppError): boolean {
  return code === 'server-busy' || code === 'connection-failed' || code === 'answer-damaged'
}

type Outcome = { fetched: FetchResult } | { failure: AppError; retryAfterMs: number | null }

/** One round: the address and its redirects. */
async function followOnce(
  parts: FetcherParts,
  address: string,
  options: FetchOptions,
  isOnline: () => boolean,
): Promise<Outcome> {
  let url = parseWebAddress(address)
  const steps = redirectSteps(url, parts.limits ?? fetchLimits)
  const cookies = createRoundTripCookies()
  try {
    for (;;) {
      const headers = requestHeaders(url, parts.version, options, cookies.headerFor(url))
      const date = parts.clock()
      const reply = await ask(parts, url, headers, options)
      cookies.take(url, reply.headers)
      if (redirects.has(reply.status)) {
        url = steps.next(reply, () => cookies.headerFor(url))
        continue
      }
      const failure = reply.status === 304 && isConditional(options) ? null : statusFailure(reply.status, url)
      if (failure !== null || (reply.status >= 300 && reply.status !== 304))
        return {
          failure: failure ?? new AppError('bad-redirect', `fetch ${url.href}: ${reply.status}`, failureDetails(url)),
          retryAfterMs: retryAfterMs(headerOf(reply.headers, 'retry-after'), parts.clock()),
        }
      if (reply.status === 304 && !isConditional(options)) throw new AppError('answer-damaged', '304 to no condition')
      return { fetched: await fetchedOf(parts, { url, date, reply, headers, redirects: steps.taken }) }
    }
  } catch (thrown) {
    return { failure: fetchFailure(thrown, url, isOnline), retryAfterMs: null }
  }
}

/** One hop, to checked addresses or through the proxy. */
async function ask(
  parts: FetcherParts,
  url: URL,
  headers: [string, string][],
  { signal, typed = publicHostsOnly, maxBytes }: FetchOptions,
): Promise<RawResponse> {
  const limits = parts.limits ?? fetchLimits
  const lookup = parts.lookup ?? lookupAll
  const proxy = isLoopbackHost(url) ? null : await parts.proxyFor(url.href)
  const addresses = await within(checkedAddresses(url, proxy, lookup, typed), limits.headersTimeoutMs, url, signal)
  return requestOnce({
    url,
    headers,
    addresses,
    proxy,
    isAccepted: await parts.isAccepted(url.hostname),
    signal,
    limits: { ...limits, maxWireBytes: Math.min(limits.maxWireBytes, maxBytes ?? limits.maxWireBytes) },
  })
}

/** A proxy connects by itself: what it resolves can't be checked, only what the name means here. */
async function checkedAddresses(
  url: URL,
  proxy: string | null,
  lookup: Lookup,
  typed: TypedHost,
): Promise<readonly string[] | null> {
  if (proxy === null) return reachableAddresses(url, lookup, typed)
  await checkName(url, lookup, typed)
  return null
}

/** Resolving a name can't be ended, only left alone. */
async function within<T>(work: Promise<T>, ms: number, url: URL, signal: AbortSignal): Promise<T> {
  const stop = new AbortController()
  const timer = sleep(ms, undefined, { signal: AbortSignal.any([signal, stop.signal]) }).then(
    () => {
      throw new AppError('timed-out', `resolve ${url.host}: took too long`)
    },
    () => {
      throw new AppError('cancelled', `resolve ${url.host}: cancelled`)
    },
  )
  try {
    return await Promise.race([work, timer])
  } finally {
    stop.abort()
  }
}

/** Follows redirects by the rules: so many, none twice in the same state, to http and https alone. */
function redirectSteps(
  start: URL,
  { redirects: most }: FetchLimits,
): { taken: ResponseFacts['redirects']; next(reply: RawResponse, cookies: () => string | null): URL } {
  let url = start
  const taken: ResponseFacts['redirects'] = []
  const seen = new Set([start.href])
  return {
    taken,
    next({ status, headers }, cookies) {
      const location = utf8Header(headerOf(headers, 'location') ?? '')
      const details = { ...failureDetails(url), target: shortAddress(location) }
      if (location === '') throw new AppError('bad-redirect', `fetch ${url.href}: redirect to nowhere`, details)
      const target = URL.parse(location, url)
      if (target === null || (target.protocol !== 'http:' && target.protocol !== 'https:'))
        throw new AppError('bad-redirect', `fetch ${url.href}: redirect to ${details.target}`, details)
      taken.push({ url: url.href, status, location: shortAddress(location) })
      url = parseWebAddress(target.href)
      const state = `${url.href}\n${cookies() ?? ''}`
      if (taken.length > most || seen.has(state) || (cookies() === null && seen.has(url.href)))
        throw new AppError(
          'too-many-redirects',
          `fetch ${start.href}: ${taken.length} redirects`,
          failureDetails(start),
        )
      seen.add(state)
      return url
    },
  }
}

function requestHeaders(
  url: URL,
  version: string,
  { accept = 'any', validators }: FetchOptions,
  cookie: string | null,
): [string, string][] {
  const given: [string, string | null][] = [
    ['Host', url.host],
    ['User-Agent', userAgentOf(version)],
    ['Accept', acceptHeaders[accept]],
    ['Accept-Language', 'vi,en;q=0.5'],
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['If-None-Match', validators?.etag ?? null],
    ['If-Modified-Since', validators?.lastModified ?? null],
    ['Cookie', cookie],
    ['Connection', 'close'],
  ]
  return given.flatMap(([name, value]) => (value === null ? [] : [[name, value] satisfies [string, string]]))
}

/** Says what asks, so that a portal's keeper can know and allow or refuse it. */
export function userAgentOf(version: string): string {
  return `BanTin/${version} (+offline reader and archive of public bulletins, run by one reader)`
}

function isConditional({ validators }: FetchOptions): boolean {
  return validators !== undefined && (validators.etag !== null || validators.lastModified !== null)
}

async function fetchedOf(
  { version, clock, limits = fetchLimits }: FetcherParts,
  given: {
    url: URL
    date: Date
    reply: RawResponse
    headers: [string, string][]
    redirects: ResponseFacts['redirects']
  },
): Promise<FetchResult> {
  const { url, date, reply, headers } = given
  const header = (name: string): string | null => headerOf(reply.headers, name)
  const contentEncoding = header('content-encoding')
  const bytes = await decodeBody(reply.body, contentEncoding, limits).catch((thrown: unknown) => {
    const isLarge = thrown instanceof AppError && thrown.code === 'answer-too-large'
    if (!isLarge) throw thrown
    throw new AppError(thrown.code, thrown.message, { limitMb: megabytes(limits.maxDecodedBytes) }, { cause: thrown })
  })
  const said = serverDate(header('date'))
  return {
    address: url.href,
    status: reply.status,
    bytes,
    received: reply.body,
    ...contentType(header('content-type')),
    fileName: dispositionName(header('content-disposition')),
    validators: validatorsOf(header('etag'), header('last-modified')),
    facts: {
      targetUri: url.href,
      date: date.toISOString(),
      ip: reply.ip,
      httpVersion: reply.httpVersion,
      status: reply.status,
      redirects: given.redirects,
      requestHeaders: headers,
      responseHeaders: reply.headers,
      contentEncoding,
      received: sizeOf(reply.body),
      decoded: sizeOf(bytes),
      tls: reply.tls,
      serverDate: said?.toISOString() ?? null,
      clockSkewSeconds: said === null ? null : Math.round((clock().getTime() - said.getTime()) / 1000),
      userAgent: userAgentOf(version),
    },
  }
}

function validatorsOf(etag: string | null, lastModified: string | null): Validators {
  const usable = (value: string | null): string | null =>
    value !== null && value.length <= longestValidator && /^[\x20-\x7e]*$/.test(value) ? value : null
  return { etag: usable(etag), lastModified: serverDate(lastModified) === null ? null : usable(lastModified) }
}

function sizeOf(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.byteLength, sha256: nodeCrypto().createHash('sha256').update(bytes).digest('hex') }
}

async function lookupAll(host: string): Promise<string[]> {
  return (await lookupName(host, { all: true })).map(({ address }) => address)
}

/** Whether this machine has any address but its own: a cable or a radio is connected. */
export function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((each) => each?.some(({ internal }) => !internal) ?? false)
}
