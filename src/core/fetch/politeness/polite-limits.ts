/** The limits on requests to one host. */
export interface PoliteLimits {
  /** Delay between the starts of two requests to one host, unless its robots.txt requires more. */
  delayMs: number
  /** Concurrent requests to one host. */
  maxConnections: number
  /** The longest delay that a robots.txt can set. */
  maxDelayMs: number
  /** If a host requests a longer pause than this, requests to it fail at once until the pause is over. */
  maxPauseMs: number
  /** Time for which a robots.txt is cached. RFC 9309 recommends at most one day. */
  robotsTtlMs: number
}

/** The limits that the program uses. Only tests use others. */
export const politeLimits: PoliteLimits = {
  delayMs: 1_000,
  maxConnections: 2,
  maxDelayMs: 60_000,
  maxPauseMs: 5 * 60_000,
  robotsTtlMs: 24 * 3_600_000,
}

/** The clock of the host queues. Tests replace it, so that they need not wait. */
export interface Waiting {
  /** Milliseconds since a fixed moment. Never decreases. */
  nowMs(): number
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}
