import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, type RequestOptions } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { AppError } from '../../shared/errors'
import type { TlsFacts } from './fetch-result'
import { headerOf } from './response-headers'
import type { FetchLimits } from './fetch-limits'
import { createProxyAgent } from './proxies'
import { tlsFactsOf, tlsOptions } from './tls'
import { bareHost } from './url'

/** One request to one address. */
export interface RequestOnceOptions {
  url: URL
  headers: readonly [string, string][]
  /** The IP addresses to which the request may connect. Null if a proxy resolves the host name. */
  addresses: readonly string[] | null
  /** The address of the proxy, as http://host:port or socks5h://host:port. Null if no proxy is used. */
  proxy: string | null
  /** Whether the user accepts the certificate of this host even if it can't be trusted. */
  isAccepted: boolean
  signal: AbortSignal
  limits: Pick<FetchLimits, 'maxWireBytes' | 'headersTimeoutMs' | 'totalTimeoutMs' | 'maxHeaderBytes'>
}

/** A response as received. */
export interface RawResponse {
  status: number
  headers: [string, string][]
  httpVersion: string
  body: Uint8Array
  ip: string | null
  tls: TlsFacts | null
}

/** Maximum number of interim responses (status 103 and others) before the response. Real servers send fewer. */
const maxInterimResponses = 20

/**
 * Sends one request on a new connection to one of the checked addresses. Does not follow redirects, decompress the
 * response or try again. Checks the limits of time and bytes. Throws `timed-out`, `answer-too-large`, `answer-damaged`,
 * `cancelled`, and the errors of the system's network functions.
 */
export function requestOnce(options: RequestOnceOptions): Promise<RawResponse> {
  const { url, signal, limits } = options
  const { promise, resolve, reject } = Promise.withResolvers<RawResponse>()
  if (signal.aborted) return Promise.reject(new AppError('cancelled', `fetch ${url.href}: cancelled`))
  const request = openRequest(options)
  const fail = (thrown: unknown): void => {
    reject(thrown instanceof Error ? thrown : new Error(String(thrown)))
    request.destroy()
  }
  const failLate = (what: string): void => fail(new AppError('timed-out', `fetch ${url.href}: ${what} took too long`))
  const headersTimer = setTimeout(() => failLate('the headers'), limits.headersTimeoutMs)
  const wholeTimer = setTimeout(() => failLate('the response'), limits.totalTimeoutMs)
  const abort = (): void => fail(new AppError('cancelled', `fetch ${url.href}: cancelled`))
  signal.addEventListener('abort', abort, { once: true })

  let interimCount = 0
  request.on('information', () => {
    interimCount += 1
    if (interimCount > maxInterimResponses)
      fail(new AppError('answer-damaged', `fetch ${url.href}: too many interim responses`))
  })
  request.on('error', fail)
  // A connection that closes without a response is an error. After an earlier error this call has no effect, because
  // the promise is already rejected.
  request.once('close', () => fail(createTruncatedError(url)))
  request.once('response', (response) => {
    clearTimeout(headersTimer)
    // The IP address and the TLS facts are read now, because a closed connection has neither. Behind a proxy, the
    // connection has only the address of the proxy, so the IP address is null.
    const ip = options.proxy === null ? (response.socket.remoteAddress ?? null) : null
    const head = { ...headOf(response), ip, tls: tlsFactsOf(response.socket) }
    readBody(response, url, limits.maxWireBytes).then((body) => resolve({ ...head, body }), fail)
  })
  request.end()
  return promise.finally(() => {
    clearTimeout(headersTimer)
    clearTimeout(wholeTimer)
    signal.removeEventListener('abort', abort)
    request.destroy()
  })
}

function openRequest({ url, headers, addresses, proxy, isAccepted, limits }: RequestOnceOptions): ClientRequest {
  const isSecure = url.protocol === 'https:'
  const secured = tlsOptions(isAccepted)
  const options: RequestOptions = {
    protocol: url.protocol,
    hostname: bareHost(url),
    port: url.port,
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    headers: Object.fromEntries(headers),
    maxHeaderSize: limits.maxHeaderBytes,
    ...(isSecure ? secured : {}),
    ...(addresses === null ? {} : { lookup: lookupOf(addresses) }),
    // Each request uses a new connection. An open connection could still lead to an earlier address of the host.
    agent: proxy === null ? false : createProxyAgent(proxy, { isSecure, secured, timeoutMs: limits.totalTimeoutMs }),
  }
  return isSecure ? requestHttps(options) : requestHttp(options)
}

/** Creates a lookup that returns the checked addresses, so that the request can't connect to any other address. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  return (_host, options, callback) => {
    const [first] = all
    if (options.all === true) callback(null, all)
    else callback(null, first?.address ?? '', first?.family)
  }
}

function headOf(response: IncomingMessage): Pick<RawResponse, 'status' | 'headers' | 'httpVersion'> {
  const headers: [string, string][] = []
  for (let at = 0; at + 1 < response.rawHeaders.length; at += 2)
    headers.push([response.rawHeaders[at] ?? '', response.rawHeaders[at + 1] ?? ''])
  return { status: response.statusCode ?? 0, headers, httpVersion: response.httpVersion }
}

async function readBody(response: IncomingMessage, url: URL, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = (): AppError =>
    new AppError('answer-too-large', `fetch ${url.href}: more than ${maxBytes} bytes`, { limitMb: megabytes(maxBytes) })
  if (Number(headerOf(headOf(response).headers, 'content-length') ?? 0) > maxBytes) throw tooLarge()
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const parts: Buffer[] = []
  let length = 0
  response.on('data', (part: Buffer) => {
    length += part.byteLength
    if (length > maxBytes) reject(tooLarge())
    else parts.push(part)
  })
  response.once('error', () => reject(createTruncatedError(url)))
  response.once('end', () =>
    response.complete ? resolve(Buffer.concat(parts, length)) : reject(createTruncatedError(url)),
  )
  response.once('close', () => reject(createTruncatedError(url)))
  return promise
}

/** Converts a number of bytes to megabytes, as shown to the user. Returns at least 1. */
export function megabytes(bytes: number): number {
  return Math.max(1, Math.round(bytes / 1024 / 1024))
}

function createTruncatedError(url: URL): AppError {
  return new AppError('answer-damaged', `fetch ${url.href}: the response ended early`)
}
