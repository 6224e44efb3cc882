/** How far one address may be followed, in bytes, ms and counts. */
export interface FetchLimits {
  /** Most bytes of one response as received. */
  wireBytes: number
  /** Most bytes after decompression, and how many times the received they may be. */
  decodedBytes: number
  decodedRatio: number
  /** From asking to the end of the response's headers, and to its last byte. */
  headersMs: number
  wholeMs: number
  headerBytes: number
  redirects: number
  /** How often an address is asked in all when its server fails, the first pause, and the longest one a server may ask for. */
  attempts: number
  firstPauseMs: number
  longestPauseMs: number
}

/** SECURITY, Limits; attempts and pauses are ours. */
export const fetchLimits: FetchLimits = {
  wireBytes: 20 * 1024 * 1024,
  decodedBytes: 50 * 1024 * 1024,
  decodedRatio: 200,
  headersMs: 10_000,
  wholeMs: 30_000,
  headerBytes: 256 * 1024,
  redirects: 10,
  attempts: 3,
  firstPauseMs: 1_000,
  longestPauseMs: 20_000,
}
