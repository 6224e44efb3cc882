/** The limits of requests to one host. Names that end in `Ms` are in milliseconds. */
export interface PoliteLimits {
  /** The time between the starts of two requests to one host. The robots.txt of the host may ask for a longer time. */
  delayMs: number
  /** Maximum number of requests to one host at the same time. */
  maxConnections: number
  /** Maximum time between two requests that a robots.txt can ask for. */
  maxDelayMs: number
  /**
   * Maximum pause of a host. While the rest of its pause is longer than this, requests to the host fail without
   * waiting.
   */
  maxPauseMs: number
  /** The time for which a robots.txt is cached. RFC 9309 recommends at most one day. */
  robotsTtlMs: number
}

/** The limits that the program uses. Only tests use other limits. */
export const politeLimits: PoliteLimits = {
  delayMs: 1_000,
  maxConnections: 2,
  maxDelayMs: 60_000,
  maxPauseMs: 5 * 60_000,
  robotsTtlMs: 24 * 3_600_000,
}

/** The clock that the host queues use. Tests replace it, so that they need not wait. */
export interface Waiting {
  /** Returns the milliseconds since a fixed moment. The value never decreases. */
  nowMs(): number
  /** Waits for `ms` milliseconds. Rejects if the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}
