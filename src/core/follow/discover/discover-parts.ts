import type { Politeness } from '../../fetch/politeness/politeness'
import type { TypedHost } from '../../fetch/ssrf-guard'

/** What a discovery works with. */
export interface DiscoverParts {
  politeness: Politeness
  signal: AbortSignal
  /** The host that the user typed. See {@link TypedHost}. */
  typed?: TypedHost
  now: Date
  /** Most addresses that are requested. A discovery samples a portal and does not read all of it. Default: 30. */
  maxRequests?: number
  onProgress?(progress: { requested: number; found: number }): void
}
