/** The limits of one fetch. Names that end in `Ms` are in milliseconds. */
export interface FetchLimits {
  /** Maximum number of bytes of one response as received. */
  maxWireBytes: number
  /** Maximum number of bytes of one response after decompression. */
  maxDecodedBytes: number
  /** Maximum ratio of decompressed bytes to received bytes. */
  maxDecodedRatio: number
  /** Maximum time from the start of the request to the end of the response headers. */
  headersTimeoutMs: number
  /** Maximum time from the start of the request to the last byte of the response. */
  totalTimeoutMs: number
  maxHeaderBytes: number
  maxRedirects: number
  /** Maximum number of attempts at one address, if the server fails. */
  maxAttempts: number
  /** The pause before the second attempt. Each further pause is twice as long. */
  firstPauseMs: number
  /**
   * Maximum pause before another attempt. If a server asks for a longer pause, the fetch fails without another attempt.
   */
  maxPauseMs: number
}

/** The default limits (`docs/security.md`). */
export const fetchLimits: FetchLimits = {
  maxWireBytes: 20 * 1024 * 1024,
  maxDecodedBytes: 50 * 1024 * 1024,
  maxDecodedRatio: 200,
  headersTimeoutMs: 10_000,
  totalTimeoutMs: 30_000,
  maxHeaderBytes: 256 * 1024,
  maxRedirects: 10,
  maxAttempts: 3,
  firstPauseMs: 1_000,
  maxPauseMs: 20_000,
}
