import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps, type RequestOptions } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { AppError } from '../../shared/errors'
import type { TlsFacts } from './fetch-result'
import { headerOf } from './response-headers'
import type { FetchLimits } from './fetch-limits'
import { tlsFactsOf, tlsOptions } from './tls'
import { bareHost } from './url'

/** One request to one address: nothing is followed, decoded or tried again. */
export interface RequestOnceOptions {
  url: URL
  headers: readonly [string, string][]
  /** The only addresses that may be connected to; null where a proxy resolves the name. */
  addresses: readonly string[] | null
  /** The address of a proxy. */
  proxy: string | null
  /** Whether the reader accepts this host's certificate as it is. */
  isAccepted: boolean
  signal: AbortSignal
  limits: Pick<FetchLimits, 'maxWireBytes' | 'headersTimeoutMs' | 'totalTimeoutMs' | 'maxHeaderBytes'>
}

/** What came back. */
export interface RawResponse {
  status: number
  headers: [string, string][]
  httpVersion: string
  body: Uint8Array
  ip: string | null
  tls: TlsFacts | null
}

/** More interim answers (103 and the like) than any server has a reason for. */
const mostInterim = 20

/**
 * Asks once, on a connection of its own that goes to a checked address and nowhere else. Ends in bounded time, having
 * taken no more than the limits allow. Throws the system's error, or `timed-out`, `answer-too-large`,
 * `answer-damaged`, `cancelled`.
 */
export function requestOnce(question: RequestOnceOptions): Promise<RawResponse> {
  const { url, signal, limits } = question
  const { promise, resolve, reject } = Promise.withResolvers<RawResponse>()
  if (signal.aborted) return Promise.reject(new AppError('cancelled', `fetch ${url.href}: cancelled`))
  const request = open(question)
  const fail = (thrown: unknown): void => {
    reject(thrown instanceof Error ? thrown : new Error(String(thrown)))
    request.destroy()
  }
  const late = (what: string): void => fail(new AppError('timed-out', `fetch ${url.href}: ${what} took too long`))
  const headersTimer = setTimeout(() => late('the headers'), limits.headersTimeoutMs)
  const wholeTimer = setTimeout(() => late('the answer'), limits.totalTimeoutMs)
  const abort = (): void => fail(new AppError('cancelled', `fetch ${url.href}: cancelled`))
  signal.addEventListener('abort', abort, { once: true })

  let interim = 0
  request.on('information', () => {
    interim += 1
    if (interim > mostInterim) fail(new AppError('answer-damaged', `fetch ${url.href}: interim answers without end`))
  })
  request.on('error', fail)
  // Without an answer: whatever had an error of its own has said so already.
  request.once('close', () => fail(brokenOff(url)))
  request.once('response', (response) => {
    clearTimeout(headersTimer)
    // Looked at now: a connection that is closed tells neither. Behind a proxy its address would be the proxy's.
    const ip = question.proxy === null ? (response.socket.remoteAddress ?? null) : null
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

function open({ url, headers, addresses, proxy, isAccepted, limits }: RequestOnceOptions): ClientRequest {
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
    // A connection of its own each time: none is left open to what a name meant before.
    agent: proxy === null ? false : proxyAgent(isSecure, proxy, secured),
  }
  return isSecure ? requestHttps(options) : requestHttp(options)
}

/** Node speaks to proxies itself, from what it takes for the environment. */
function proxyAgent(isSecure: boolean, proxy: string, secured: ReturnType<typeof tlsOptions>): HttpAgent {
  const proxyEnv = { http_proxy: proxy, https_proxy: proxy }
  return isSecure ? new HttpsAgent({ ...secured, proxyEnv }) : new HttpAgent({ proxyEnv })
}

/** Answers every question with the checked addresses: what is connected to is what was checked. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  return (_host, options, answer) => {
    const [first] = all
    if (options.all === true) answer(null, all)
    else answer(null, first?.address ?? '', first?.family)
  }
}

function headOf(response: IncomingMessage): Pick<RawResponse, 'status' | 'headers' | 'httpVersion'> {
  const headers: [string, string][] = []
  for (let at = 0; at + 1 < response.rawHeaders.length; at += 2)
    headers.push([response.rawHeaders[at] ?? '', response.rawHeaders[at + 1] ?? ''])
  return { status: response.statusCode ?? 0, headers, httpVersion: response.httpVersion }
}

async function readBody(response: IncomingMessage, url: URL, most: number): Promise<Uint8Array> {
  const tooLarge = (): AppError =>
    new AppError('answer-too-large', `fetch ${url.href}: more than ${most} bytes`, { limitMb: megabytes(most) })
  if (Number(headerOf(headOf(response).headers, 'content-length') ?? 0) > most) throw tooLarge()
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const parts: Buffer[] = []
  let length = 0
  response.on('data', (part: Buffer) => {
    length += part.byteLength
    if (length > most) reject(tooLarge())
    else parts.push(part)
  })
  response.once('error', () => reject(brokenOff(url)))
  response.once('end', () => (response.complete ? resolve(Buffer.concat(parts, length)) : reject(brokenOff(url))))
  response.once('close', () => reject(brokenOff(url)))
  return promise
}

/** Megabytes for a sentence; less than one counts as one. */
export function megabytes(bytes: number): number {
  return Math.max(1, Math.round(bytes / 1024 / 1024))
}

function brokenOff(url: URL): AppError {
  return new AppError('answer-damaged', `fetch ${url.href}: the answer broke off`)
}
