/** The limits of one fetch. */
export interface FetchLimits {
  /** Maximum size of one response as received. */
  maxWireBytes: number
  /** Maximum size of one response after decompression. */
  maxDecodedBytes: number
  /** Maximum ratio of decompressed to received bytes. */
  maxDecodedRatio: number
  /** Maximum time from the request to the end of the response headers. */
  headersTimeoutMs: number
  /** Maximum time from the request to the last byte of the response. */
  totalTimeoutMs: number
  maxHeaderBytes: number
  maxRedirects: number
  /** Maximum number of attempts to fetch an address whose server fails. */
  maxAttempts: number
  /** The pause before the second attempt. Each further pause is twice as long. */
  firstPauseMs: number
  /** If a server asks for a longer pause than this, the fetch fails at once. */
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
