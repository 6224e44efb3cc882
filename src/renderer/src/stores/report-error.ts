import { getErrorShape } from '../bridge'
import { useToasts } from './toasts'

/** Shows any thrown value as a message at the bottom of the window. */
export function reportError(thrown: unknown): void {
  useToasts().show(getErrorShape(thrown))
}

/**
 * Reports any thrown value, except that the host refuses guests. A store may ask the host before it knows that this page
 * belongs to a guest.
 */
export function reportUnlessForbidden(thrown: unknown): void {
  if (getErrorShape(thrown).code !== 'forbidden') reportError(thrown)
}

/** Runs a function. If the function fails, reports the error and returns null. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (thrown) {
    reportError(thrown)
    return null
  }
}
