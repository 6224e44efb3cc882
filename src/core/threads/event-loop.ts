import { setImmediate as immediate } from 'node:timers/promises'

/** The time in ms that a long loop may take before other work of this thread gets a turn. */
const maxTurnMs = 15

/** The time at which the last turn began that {@link endLongTurn} started. */
let startedAt = 0

/**
 * Lets other work of this thread run if the current turn of the event loop is long. A loop over foreign data, such as the
 * 50,000 pages of a sitemap, calls this function in each round. Otherwise nobody else gets an answer until the loop
 * ends.
 */
export async function endLongTurn(): Promise<void> {
  if (performance.now() - startedAt < maxTurnMs) return
  await immediate()
  startedAt = performance.now()
}
