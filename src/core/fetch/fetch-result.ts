import type { TypedHost } from './ssrf-guard'

/** The TLS connection of a response. */
export interface TlsFacts {
  /** The issuer of the server's certificate. Empty if the server sent no certificate. */
  issuer: string
  /** The SHA-256 of the certificate, as `AA:BB:…`. */
  fingerprint: string
  /** Whether the certificate is valid. False if the user accepted a certificate that can't be trusted. */
  validated: boolean
  /** The reason why the connection can't be trusted. Null if the connection can be trusted. */
  problem: string | null
  protocol: string | null
}

/**
 * The facts about a request and its response that a capture stores, in the form of WARC (`docs/format/library-1.md`).
 * Times are in UTC and end with Z.
 */
export interface ResponseFacts {
  /** The address of the response, after all redirects. */
  targetUri: string
  date: string
  /** The IP address of the server. Null behind a proxy, because the proxy connects to the server. */
  ip: string | null
  httpVersion: string
  status: number
  /** The redirects in order: the requested address, the status, and the target. */
  redirects: { url: string; status: number; location: string }[]
  /** The request headers in the order in which they were sent, with their names as sent. */
  requestHeaders: [string, string][]
  /** The response headers in the order in which they were received, with their names as received. */
  responseHeaders: [string, string][]
  contentEncoding: string | null
  received: { bytes: number; sha256: string }
  decoded: { bytes: number; sha256: string }
  tls: TlsFacts | null
  /** The time in the Date header, in UTC. Null if the header is absent or invalid. */
  serverDate: string | null
  /**
   * The number of seconds by which this machine's clock is ahead of the Date header. Null if the header is absent or
   * invalid.
   */
  clockSkewSeconds: number | null
  userAgent: string
}

/** The response of one fetch. */
export interface FetchResult {
  /** The address of the response, after all redirects. */
  address: string
  /** The status: 200 to 299, or 304 if the request sent validators and the content is unchanged. */
  status: number
  /** The decompressed content. Empty for 304. */
  bytes: Uint8Array
  /** The content as received. It is the same array as `bytes` if the content was not compressed. */
  received: Uint8Array
  /** The media type in the Content-Type header, in lower case. Null if the header has none. */
  mediaType: string | null
  /** The charset in the Content-Type header, in lower case. Null if the header has none. */
  charset: string | null
  /** The file name in the Content-Disposition header, as sent. It must never be used as a path. */
  fileName: string | null
  /**
   * The validators to send with the next request for the same address. A validator is null if the server did not send
   * it, or if it is too long.
   */
  validators: Validators
  facts: ResponseFacts
}

/**
 * The validators of a response (RFC 9110): values that a later request sends, so that the server answers only if the
 * content has changed.
 */
export interface Validators {
  etag: string | null
  lastModified: string | null
}

/** The options of a fetch. */
export interface FetchOptions {
  signal: AbortSignal
  /** The host that the user typed. If absent, only hosts on the public internet are allowed. */
  typed?: TypedHost
  /** The expected kind of content, from which the Accept header is made. The default is `any`. */
  accept?: 'page' | 'feed' | 'picture' | 'any'
  /**
   * The validators of the last response. If the content is unchanged, the fetch returns the status 304 and no bytes.
   */
  validators?: Validators
  /** Maximum number of received bytes, if this is lower than `maxWireBytes`. */
  maxBytes?: number
}

/**
 * Fetches one address with GET and follows redirects. Checks the address of every host when it connects, and limits
 * time and bytes (`docs/security.md`). Tries again after a pause if the server is busy or the connection broke. Sends
 * only the cookies that redirects of the same fetch have set.
 * Throws `bad-address`, `private-address`, `offline`, `host-not-found`, `connection-failed`, `timed-out`,
 * `bad-certificate`, `proxy-failed`, `bad-redirect`, `too-many-redirects`, `answer-too-large`, `answer-damaged`,
 * `page-not-found`, `server-refused`, `server-busy`, `cancelled`. Details: `url`, `host`, and `status` if the server
 * answered.
 */
export type FetchAddress = (address: string, options: FetchOptions) => Promise<FetchResult>
