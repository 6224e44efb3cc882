import type { TypedHost } from './ssrf-guard'

/** The TLS connection of a response. */
export interface TlsFacts {
  /** The issuer of the server's certificate. Empty if the server sent none. */
  issuer: string
  /** SHA-256 of the certificate, as `AA:BB:…`. */
  fingerprint: string
  /** False if the user accepted a certificate or protocol that cannot be trusted. */
  validated: boolean
  /** The reason why the connection cannot be trusted. Null if the connection can be trusted. */
  problem: string | null
  protocol: string | null
}

/**
 * The facts about a request and its response, which the capture stores. `docs/format/library-1.md` describes the stored
 * form, which follows WARC. Times are UTC with Z.
 */
export interface ResponseFacts {
  /** The address of the response: the target of the last redirect. */
  targetUri: string
  date: string
  /** The IP address of the server. Null behind a proxy, because the proxy resolves the name. */
  ip: string | null
  httpVersion: string
  status: number
  /** The redirects in order: the requested address, the status, and the target. */
  redirects: { url: string; status: number; location: string }[]
  /** The request headers in the order of the request, with names as sent. */
  requestHeaders: [string, string][]
  /** The response headers in the order of the response, with names as received. */
  responseHeaders: [string, string][]
  contentEncoding: string | null
  received: { bytes: number; sha256: string }
  decoded: { bytes: number; sha256: string }
  tls: TlsFacts | null
  /** The Date header as UTC. */
  serverDate: string | null
  /** The time by which this machine's clock is ahead of the Date header. */
  clockSkewSeconds: number | null
  userAgent: string
}

/** The response of one fetch. */
export interface FetchResult {
  /** The address of the response, after redirects. */
  address: string
  /** The status: 200 to 299, or 304 if validators were sent and the content is unchanged. */
  status: number
  /** The decompressed content. Empty for 304. */
  bytes: Uint8Array
  /** The content as received. The same array as `bytes` if the content was not compressed. */
  received: Uint8Array
  /** From Content-Type, in lower case. Null if the server sent none. */
  mediaType: string | null
  /** From Content-Type, in lower case. Null if the server sent none. */
  charset: string | null
  /** The file name from Content-Disposition, as sent. Never use it as a path. */
  fileName: string | null
  /**
   * The validators for the next conditional request. A validator is null if the server did not send it, or if it is too
   * long.
   */
  validators: Validators
  facts: ResponseFacts
}

/** The validators of a response (RFC 9110). A later request sends them to find out whether the content changed. */
export interface Validators {
  etag: string | null
  lastModified: string | null
}

/** The options of a fetch. */
export interface FetchOptions {
  signal: AbortSignal
  /** The host that the user typed. If absent, only the public internet is allowed. */
  typed?: TypedHost
  /** The expected kind of content. Decides the Accept header. Default: `any`. */
  accept?: 'page' | 'feed' | 'picture' | 'any'
  /** The validators of the last response. If the content is unchanged, the fetch returns status 304 without bytes. */
  validators?: Validators
  /** A limit on the received bytes that is lower than `maxWireBytes`. */
  maxBytes?: number
}

/**
 * Fetches one address with GET and follows redirects. Checks the address of every hop when it connects, and limits time
 * and bytes, as `docs/security.md` describes. Tries again after a pause if the server is busy or the connection broke.
 * Sends only the cookies that redirects of the same fetch set. Throws `bad-address`, `private-address`, `offline`,
 * `host-not-found`, `connection-failed`, `timed-out`, `bad-certificate`, `proxy-failed`, `bad-redirect`,
 * `too-many-redirects`, `answer-too-large`, `answer-damaged`, `page-not-found`, `server-refused`, `server-busy`,
 * `cancelled`. Details: `url`, `host`, and `status` if the server answered.
 */
export type FetchAddress = (address: string, options: FetchOptions) => Promise<FetchResult>
