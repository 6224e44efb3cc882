import type { CallResult, NumberedEvent } from '../shared/contract/api'
import type { Caller } from '../shared/contract/method-routes'
import type { PoliteLimits } from './fetch/politeness/polite-limits'

/** The running program behind a host: the contract, its events and its pages. */
export interface App {
  /**
   * Calls a method of the contract. Checks the method, who may call it, then the input. Returns errors as data and
   * never throws. Without `caller`, the call is treated as a call of a page.
   */
  call(method: unknown, input: unknown, caller?: Caller): Promise<CallResult<unknown>>
  /** Calls `listener` for every event from now on. Returns the function that removes the listener. */
  on(listener: (event: NumberedEvent) => void): () => void
  /** A page of the program: interface, article frame, media, print edition, generated file. Returns null if there is none. */
  page(path: string): Promise<Response | null>
  /** Waits for running writes and releases the lock of the library. Later calls wait for the first one. */
  close(): Promise<void>
}

/** The options with which a host opens the program. */
export interface AppOptions {
  /**
   * `write` takes the lock of the library and throws `library-locked` with the name of the holder. `read` never needs
   * the lock. `prefer-write` opens for reading if the folder cannot be written (a read-only drive).
   */
  access: 'write' | 'prefer-write' | 'read'
  /** Whether a new, empty library gets the sample bulletin. Only the desktop program and `serve` offer it. */
  offerSample: boolean
  /** `later` opens a library at once after a crash and recovers it in a background job. */
  recovery?: 'first' | 'later'
  /** Whether sources are refreshed on their schedules. Only the desktop program and `serve` do this. */
  followsSchedules?: boolean
  /** The limits on requests to one host. Tests use other values. */
  polite?: PoliteLimits
  /** Files of the built worker threads. If null, the work runs in this thread (unit tests). */
  workers: { extract: string; index: string } | null
}
