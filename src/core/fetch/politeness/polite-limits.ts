/** The limits on requests to one host. */
export interface PoliteLimits {
  /** Delay between the starts of two requests to one host, unless its robots.txt requires more. */
  delayMs: number
  /** Maximum number of concurrent requests to one host. */
  maxConnections: number
  /** Maximum delay that a robots.txt can set. */
  maxDelayMs: number
  /** Requests to a host fail at once while the rest of the host's pause is longer than this. */
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

/** The clock of the host queues. Tests use another clock, so that the tests need not wait. */
export interface Waiting {
  /** Milliseconds since a fixed moment. Never decreases. */
  nowMs(): number
  /** Waits for this time. Rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}
