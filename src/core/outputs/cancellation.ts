import { AppError } from '../../shared/errors'

/**
 * Creates a promise that rejects with `cancelled` when `signal` is aborted. The promise is meant for work that does not
 * accept a signal. `end` removes the listener from the signal.
 */
export function cancellation(signal: AbortSignal): { cancelled: Promise<never>; end(): void } {
  const { promise, reject } = Promise.withResolvers<never>()
  const cancel = (): void => reject(new AppError('cancelled', 'print: cancelled'))
  promise.catch(() => undefined) // this handler avoids an unhandled rejection when no caller waits
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  return { cancelled: promise, end: () => signal.removeEventListener('abort', cancel) }
}
