import type { TypedHost } from './ssrf-guard'

/** How a secured connection stood when its answer came. */
export interface TlsFacts {
  /** Who issued the server's certificate, as it names itself; empty where the server showed none. */
  issuer: string
  /** sha256 of the certificate, as `AA:BB:…`. */
  fingerprint: string
  /** False where the reader chose to accept a certificate or protocol that can't be trusted; `problem` says why. */
  validated: boolean
  problem: string | null
  protocol: string | null
}

/** What was asked and answered, for the capture (FORMAT, after WARC's model). Times are UTC with Z. */
export interface ResponseFacts {
  /** The address the answer came from: the last one of the redirects. */
  targetUri: string
  date: string
  /** Null behind a proxy, which resolves the name. */
  ip: string | null
  httpVersion: string
  status: number
  /** Every redirect on the way, in order: the address that was asked and where it pointed. */
  redirects: { url: string; status: number; location: string }[]
  /** As sent and received, in order, names as written. */
  requestHeaders: [string, string][]
  responseHeaders: [string, string][]
  contentEncoding: string | null
  received: { bytes: number; sha256: string }
  decoded: { bytes: number; sha256: string }
  tls: TlsFacts | null
  /** The server's Date header as UTC, and how far this machine's clock is ahead of it. */
  serverDate: string | null
  clockSkewSeconds: number | null
  userAgent: string
}

/** One address as fetched. */
export interface FetchResult {
  /** Where the answer came from, after redirects. */
  address: string
  /** 200–299, or 304 where validators were given and the server has nothing new. */
  status: number
  /** The content, decompressed. */
  bytes: Uint8Array
  /** The same as it came over the wire; the very same bytes where nothing was compressed. */
  received: Uint8Array
  /** From Content-Type, lower case; null where the server sent none. */
  mediaType: string | null
  charset: string | null
  /** The name Content-Disposition gives; as sent, so never a path to write to. */
  fileName: string | null
  /** For the next conditional request; null where the server sent none, or one too long to send back. */
  validators: Validators
  facts: ResponseFacts
}

/** What a server gave to ask later whether anything changed. */
export interface Validators {
  etag: string | null
  lastModified: string | null
}

/** How one address is asked. */
export interface FetchOptions {
  signal: AbortSignal
  /** What the reader typed, if this comes of it; else only the public internet is reached. */
  typed?: TypedHost
  /** What is hoped for; decides the Accept header. */
  accept?: 'page' | 'feed' | 'picture' | 'any'
  /** Of the last answer: an unchanged one comes back as 304, without bytes. */
  validators?: Validators
  /** Most bytes, where fewer than the limits allow are wanted. */
  maxBytes?: number
}

/**
 * Fetches one address: GET, redirects followed, each hop checked when connecting, all of it bounded in time and bytes
 * (SECURITY, P8, P9 and Limits), tried again after a pause where the server is busy or the connection broke. Sends no
 * cookies but those its own redirects set. Throws `bad-address`, `private-address`, `offline`, `host-not-found`,
 * `connection-failed`, `timed-out`, `bad-certificate`, `proxy-failed`, `bad-redirect`, `too-many-redirects`,
 * `answer-too-large`, `answer-damaged`, `page-not-found`, `server-refused`, `server-busy`, `cancelled`; details: url,
 * host, status where there is one.
 */
export type FetchAddress = (address: string, options: FetchOptions) => Promise<FetchResult>
