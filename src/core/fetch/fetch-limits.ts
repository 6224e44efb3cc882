/** How far one address may be followed, in bytes, ms and counts. */
export interface FetchLimits {
  /** Most bytes of one response as received. */
  maxWireBytes: number
  /** Most bytes after decompression, and how many times the received they may be. */
  maxDecodedBytes: number
  maxDecodedRatio: number
  /** From asking to the end of the response's headers, and to its last byte. */
  headersTimeoutMs: number
  totalTimeoutMs: number
  maxHeaderBytes: number
  redirects: number
  /** How often an address is asked in all when its server fails, the first pause, and the longest one a server may ask for. */
  attempts: number
  firstPauseMs: number
  maxPauseMs: number
}

/** SECURITY, Limits; attempts and pauses are ours. */
export const fetchLimits: FetchLimits = {
  maxWireBytes: 20 * 1024 * 1024,
  maxDecodedBytes: 50 * 1024 * 1024,
  maxDecodedRatio: 200,
  headersTimeoutMs: 10_000,
  totalTimeoutMs: 30_000,
  maxHeaderBytes: 256 * 1024,
  redirects: 10,
  attempts: 3,
  firstPauseMs: 1_000,
  maxPauseMs: 20_000,
}
