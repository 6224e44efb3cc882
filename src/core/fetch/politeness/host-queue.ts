import { AppError } from '../../../shared/errors'
import { failureDetails } from '../fetch-errors'
import type { PoliteLimits, Waiting } from './polite-limits'

/**
 * The queue of requests to one host. It limits the number of requests at the same time and the time between two
 * requests.
 */
export interface HostQueue {
  /**
   * Waits until a request may start. Returns a function that the caller must call when the request has ended. Its
   * argument `isGood` tells whether the request succeeded.
   * A request with `goesFirst` overtakes all requests without it. It also does not wait for the delay between two
   * requests, because a user opens only single pages.
   * Throws `cancelled`. Throws `server-busy` if the pause of the host is too long (see
   * {@link PoliteLimits.maxPauseMs}).
   */
  enter(url: URL, signal: AbortSignal, goesFirst?: boolean): Promise<(isGood: boolean) => void>
  /** Sets the delay between two requests that the host asks for. */
  slowDown(delayMs: number): void
  /**
   * Stops all requests for the pause that a busy host asks for. If the host gives no time, the pause doubles with each
   * busy response in a row.
   */
  pause(busy: AppError): void
  /** Whether no request is waiting or running. */
  isIdle(): boolean
}

/** The pause after the first busy response of a host that gives no time, in milliseconds. */
const firstPauseMs = 5_000
/** Maximum number of times that the pause is doubled. More doublings would exceed every limit. */
const maxDoublings = 6

/** Creates the empty queue of one host. */
export function createHostQueue(limits: PoliteLimits, waiting: Waiting): HostQueue {
  let delayMs = limits.delayMs
  let runningCount = 0
  let nextStartMs = 0
  let pausedUntilMs = 0
  let busyInARow = 0
  /** The requests that wait for a connection, in order. Those with `goesFirst` come before the others. */
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
    // A request that ends gives its connection to the next waiting request, so `runningCount` stays the same.
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
      // The times are checked again after the sleep, because the pause or the delay may have grown in the meantime.
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
