import { AppError } from '../../../shared/errors'
import { failureDetails } from '../fetch-errors'
import type { PoliteLimits, Waiting } from './polite-limits'

/** The queue of requests to one host. Limits the concurrent requests and the time between two requests. */
export interface HostQueue {
  /**
   * Waits for a turn. Returns a function that the caller must call when the request has ended. The argument `isGood`
   * says whether the request succeeded. A request with `goesFirst` overtakes all requests without it, and does not wait
   * for the delay between two requests. A user who opens single pages needs no such delay. Throws `cancelled`. Throws
   * `server-busy` if the host's pause is too long (see {@link PoliteLimits.maxPauseMs}).
   */
  enter(url: URL, signal: AbortSignal, goesFirst?: boolean): Promise<(isGood: boolean) => void>
  /** Sets the delay that the host requests between two requests. */
  slowDown(delayMs: number): void
  /**
   * Stops all requests for the pause that a busy host requests. If the host names no time, the pause doubles with each
   * busy response in a row.
   */
  pause(busy: AppError): void
  /** Whether no request is waiting or running. */
  isIdle(): boolean
}

/** The first pause for a busy host that names no time. */
const firstPauseMs = 5_000
/** Maximum number of doublings. With more, the pause would exceed every limit. */
const maxDoublings = 6

/** Creates an empty {@link HostQueue}. */
export function createHostQueue(limits: PoliteLimits, waiting: Waiting): HostQueue {
  let delayMs = limits.delayMs
  let runningCount = 0
  let nextStartMs = 0
  let pausedUntilMs = 0
  let busyInARow = 0
  /** The requests that wait for a connection, in order. The requests with `goesFirst` are before the others. */
  const waiters: { start(): void; goesFirst: boolean }[] = []

  const acquireConnection = async (url: URL, signal: AbortSignal, goesFirst: boolean): Promise<void> => {
    if (runningCount < limits.maxConnections) {
      runningCount += 1
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    const waiter = { start: () => resolve(undefined), goesFirst }
    const leave = (): void => {
      const at = waiters.indexOf(waiter)
      if (at >= 0) waiters.splice(at, 1)
      reject(createCancelled(url))
    }
    const firstOfOthers = waiters.findIndex((each) => !each.goesFirst)
    waiters.splice(goesFirst && firstOfOthers >= 0 ? firstOfOthers : waiters.length, 0, waiter)
    signal.addEventListener('abort', leave, { once: true })
    // A request that ends passes its connection to the next waiter, so runningCount does not change.
    await promise.finally(() => signal.removeEventListener('abort', leave))
  }

  const releaseConnection = (): void => {
    const next = waiters.shift()
    if (next === undefined) runningCount -= 1
    else next.start()
  }

  const waitForTurn = async (url: URL, signal: AbortSignal, goesFirst: boolean): Promise<void> => {
    for (;;) {
      const now = waiting.nowMs()
      if (pausedUntilMs - now > limits.maxPauseMs)
        throw new AppError('server-busy', `fetch ${url.href}: the host requests a long pause`, {
          ...failureDetails(url),
          status: 429,
          retryAfterSeconds: Math.ceil((pausedUntilMs - now) / 1000),
        })
      const startMs = Math.max(now, goesFirst ? 0 : nextStartMs, pausedUntilMs)
      if (startMs <= now) {
        nextStartMs = now + delayMs
        return
      }
      // The loop checks again, because the pause or the delay may have grown during the sleep.
      await waiting.sleep(startMs - now, signal).catch((thrown: unknown) => {
        throw signal.aborted ? createCancelled(url) : thrown
      })
    }
  }

  return {
    async enter(url, signal, goesFirst = false) {
      if (signal.aborted) throw createCancelled(url)
      await acquireConnection(url, signal, goesFirst)
      try {
        await waitForTurn(url, signal, goesFirst)
      } catch (thrown) {
        releaseConnection()
        throw thrown
      }
      return (isGood) => {
        if (isGood) busyInARow = 0
        releaseConnection()
      }
    },
    slowDown(requestedMs) {
      delayMs = Math.max(limits.delayMs, Math.min(requestedMs, limits.maxDelayMs))
    },
    pause(busy) {
      const requestedMs = Number(busy.details['retryAfterSeconds'] ?? 0) * 1000
      const ownMs = firstPauseMs * 2 ** Math.min(busyInARow, maxDoublings)
      busyInARow += 1
      pausedUntilMs = Math.max(pausedUntilMs, waiting.nowMs() + (requestedMs > 0 ? requestedMs : ownMs))
    },
    isIdle: () => runningCount === 0 && waiters.length === 0,
  }
}

function createCancelled(url: URL): AppError {
  return new AppError('cancelled', `fetch ${url.href}: cancelled`)
}
