import type { Source } from '../../shared/source'

/** So often it is looked whether a source is due. */
const checkIntervalMs = 60_000
/** A source waits up to this share of its interval longer, each its own, so that not all ask at once. */
const jitter = 0.1
/** What failed as a whole is asked again sooner than its schedule says, but not at once. */
const retryMinutes = 30

/**
 * When a source is due by its schedule; null where it has none. One refresh makes up for all that were missed while the
 * program was closed: the next time counts from the last try.
 */
export function dueAt({ id, schedule, health, addedAt }: Source): Date | null {
  const { everyMinutes } = schedule
  if (everyMinutes === null) return null
  const last = health.lastTriedAt
  if (last === null) return new Date(addedAt)
  const failed = health.lastError !== null && health.failuresInARow <= 3
  const minutes = failed ? Math.min(everyMinutes, retryMinutes * 2 ** (health.failuresInARow - 1)) : everyMinutes
  return new Date(Date.parse(last) + minutes * 60_000 * (1 + jitter * shareOf(id)))
}

/** What keeping to the schedules needs. */
export interface SchedulerDependencies {
  sources(): Promise<readonly Source[]>
  isUnderWay(sourceId: string): boolean
  start(sources: readonly Source[]): Promise<unknown>
  clock(): Date
  onFailure(thrown: unknown): void
}

/** Refreshes what is due, now and from time to time, until stopped. */
export function startScheduler(parts: SchedulerDependencies): { look(): Promise<void>; stop(): void } {
  const look = async (): Promise<void> => {
    try {
      const now = parts.clock().getTime()
      const due = (await parts.sources()).filter((source) => {
        const at = dueAt(source)
        return at !== null && at.getTime() <= now && !parts.isUnderWay(source.id)
      })
      if (due.length > 0) await parts.start(due)
    } catch (thrown) {
      parts.onFailure(thrown)
    }
  }
  const timer = setInterval(() => void look(), checkIntervalMs)
  timer.unref()
  return { look, stop: () => clearInterval(timer) }
}

/** A number from 0 to 1 that is a source's own, the same on every day. */
function shareOf(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 1000
  return sum / 1000
}
