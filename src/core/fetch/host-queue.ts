import { AppError } from '../../shared/errors'
import { failureDetails } from './fetch-errors'
import type { PoliteLimits, Waiting } from './politeness'

/** The turns of one host: so many at once, so far apart, first come first served. */
export interface HostQueue {
  /**
   * Waits for a turn; the function it gives back ends it, and is told whether the host answered well. What `goesFirst`
   * waits for others that do alone, and not for the time between two requests: a reader who opens one page is no program
   * that goes from page to page. Throws `cancelled`, `server-busy` (see {@link PoliteLimits}).
   */
  enter(url: URL, signal: AbortSignal, goesFirst?: boolean): Promise<(isGood: boolean) => void>
  /** The host wants so many ms between two requests. */
  slowDown(delayMs: number): void
  /** The host is busy: nobody's turn comes for as long as it asked, or longer after every such answer in a row. */
  pause(busy: AppError): void
  /** Nobody waits, nobody's turn runs. */
  isIdle(): boolean
}

/** A busy host that names no time is left alone this long first, then twice as long, and so on. */
const firstPauseMs = 5_000
/** Doubling more often would pass every limit. */
const maxDoublings = 6

/** An empty {@link HostQueue}. */
export function createHostQueue(limits: PoliteLimits, waiting: Waiting): HostQueue {
  let delayMs = limits.delayMs
  let running = 0
  let nextStartMs = 0
  let pausedUntilMs = 0
  let busyInARow = 0
  /** Those who wait for one of the connections, in order: first those who go first. */
  const line: { take(): void; goesFirst: boolean }[] = []

  const freeConnection = async (url: URL, signal: AbortSignal, goesFirst: boolean): Promise<void> => {
    if (running < limits.connections) {
      running += 1
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    const waiter = { take: () => resolve(undefined), goesFirst }
    const leave = (): void => {
      const at = line.indexOf(waiter)
      if (at >= 0) line.splice(at, 1)
      reject(cancelled(url))
    }
    const firstOfOthers = line.findIndex((each) => !each.goesFirst)
    line.splice(goesFirst && firstOfOthers >= 0 ? firstOfOthers : line.length, 0, waiter)
    signal.addEventListener('abort', leave, { once: true })
    // The one who ends hands his connection over: the number of those running stays.
    await promise.finally(() => signal.removeEventListener('abort', leave))
  }

  const release = (): void => {
    const next = line.shift()
    if (next === undefined) running -= 1
    else next.take()
  }

  const waitForTurn = async (url: URL, signal: AbortSignal, goesFirst: boolean): Promise<void> => {
    for (;;) {
      const now = waiting.nowMs()
      if (pausedUntilMs - now > limits.maxPauseMs)
        throw new AppError('server-busy', `fetch ${url.href}: the host asked to be left alone`, {
          ...failureDetails(url),
          status: 429,
          retryAfterSeconds: Math.ceil((pausedUntilMs - now) / 1000),
        })
      const startMs = Math.max(now, goesFirst ? 0 : nextStartMs, pausedUntilMs)
      if (startMs <= now) {
        nextStartMs = now + delayMs
        return
      }
      // A start is not promised before its time: the pause or the delay may have grown meanwhile.
      await waiting.sleep(startMs - now, signal).catch((thrown: unknown) => {
        throw signal.aborted ? cancelled(url) : thrown
      })
    }
  }

  return {
    async enter(url, signal, goesFirst = false) {
      if (signal.aborted) throw cancelled(url)
      await freeConnection(url, signal, goesFirst)
      try {
        await waitForTurn(url, signal, goesFirst)
      } catch (thrown) {
        release()
        throw thrown
      }
      return (isGood) => {
        if (isGood) busyInARow = 0
        release()
      }
    },
    slowDown(askedMs) {
      delayMs = Math.max(limits.delayMs, Math.min(askedMs, limits.maxDelayMs))
    },
    pause(busy) {
      const asked = Number(busy.details['retryAfterSeconds'] ?? 0) * 1000
      const ownMs = firstPauseMs * 2 ** Math.min(busyInARow, maxDoublings)
      busyInARow += 1
      pausedUntilMs = Math.max(pausedUntilMs, waiting.nowMs() + (asked > 0 ? asked : ownMs))
    },
    isIdle: () => running === 0 && line.length === 0,
  }
}

function cancelled(url: URL): AppError {
  return new AppError('cancelled', `fetch ${url.href}: cancelled`)
}
