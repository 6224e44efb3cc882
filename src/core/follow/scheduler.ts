import type { Source } from '../../shared/source'

/** The time, in milliseconds, between two searches of the scheduler for due sources. */
const checkIntervalMs = 60_000
/**
 * The maximum extension of a source's interval, as a share of the interval. Each source has another extension, so that
 * not all sources are refreshed at once.
 */
const maxJitter = 0.1
/**
 * The number of minutes after a first failure until the next attempt. The number doubles with each of the next two
 * failures.
 */
const retryMinutes = 30
/**
 * Maximum number of failures in a row after which a source is tried before its schedule. After more failures, the
 * schedule applies.
 */
const maxEarlyRetries = 3

/**
 * Returns the time at which a source is due. Returns null if the source has no schedule or sleeps (see {@link
 * ./require-awake.requireAwake}). The interval begins at the last attempt, so a source is refreshed only once, even if
 * several refreshes were missed while the program was closed.
 */
export function dueAt({ id, schedule, health, addedAt, isAsleep = false }: Source): Date | null {
  const { everyMinutes } = schedule
  if (everyMinutes === null || isAsleep) return null
  const { lastTriedAt, lastError, failuresInARow } = health
  if (lastTriedAt === null) return new Date(addedAt)
  const retriesEarly = lastError !== null && failuresInARow <= maxEarlyRetries
  const minutes = retriesEarly ? Math.min(everyMinutes, retryMinutes * 2 ** (failuresInARow - 1)) : everyMinutes
  return new Date(Date.parse(lastTriedAt) + minutes * 60_000 * (1 + maxJitter * jitterShareOf(id)))
}

/** The dependencies of the scheduler. */
export interface SchedulerParts {
  listSources(): Promise<readonly Source[]>
  isUnderWay(sourceId: string): boolean
  start(sources: readonly Source[]): Promise<unknown>
  clock(): Date
  onFailure(thrown: unknown): void
}

/** Starts a refresh of the sources that are due. */
export interface Scheduler {
  checkDueSources(): Promise<void>
  stop(): void
}

/** Starts the scheduler. It looks for due sources once per minute until it is stopped. */
export function startScheduler(parts: SchedulerParts): Scheduler {
  const checkDueSources = async (): Promise<void> => {
    try {
      const now = parts.clock().getTime()
      const due = (await parts.listSources()).filter((source) => {
        const at = dueAt(source)
        return at !== null && at.getTime() <= now && !parts.isUnderWay(source.id)
      })
      if (due.length > 0) await parts.start(due)
    } catch (thrown) {
      parts.onFailure(thrown)
    }
  }
  const timer = setInterval(() => void checkDueSources(), checkIntervalMs)
  timer.unref()
  return { checkDueSources, stop: () => clearInterval(timer) }
}

/** Returns a share from 0 to 1 that depends only on the source's id. */
function jitterShareOf(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 1000
  return sum / 1000
}
