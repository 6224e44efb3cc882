import { AppError } from '../../shared/errors'

/**
 * A promise that rejects with `cancelled` when `signal` is aborted, for work that does not take a signal. `end` removes
 * the listener.
 */
export function cancellation(signal: AbortSignal): { cancelled: Promise<never>; end(): void } {
  const { promise, reject } = Promise.withResolvers<never>()
  const cancel = (): void => reject(new AppError('cancelled', 'print: cancelled'))
  promise.catch(() => undefined) // the caller may no longer wait for it
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  return { cancelled: promise, end: () => signal.removeEventListener('abort', cancel) }
}
