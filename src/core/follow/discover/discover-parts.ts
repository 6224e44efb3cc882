import type { Politeness } from '../../fetch/politeness/politeness'
import type { TypedHost } from '../../fetch/ssrf-guard'
import type { RunTask } from '../../threads/task'

/** The dependencies and limits of a discovery. */
export interface DiscoverParts {
  politeness: Politeness
  runTask: RunTask
  signal: AbortSignal
  /** The host in the address that the user typed. See {@link TypedHost}. */
  typed?: TypedHost
  now: Date
  /** Maximum number of requests of one discovery, which only samples a portal. The default is 30. */
  maxRequests?: number
  onProgress?(progress: { requested: number; found: number }): void
}
