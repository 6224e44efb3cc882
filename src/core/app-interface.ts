import type { CallResult, NumberedEvent } from '../shared/contract/api'
import type { Caller } from '../shared/contract/method-routes'
import type { PoliteLimits } from './fetch/politeness/polite-limits'

/** The running program behind a host: the contract, its events and its pages. */
export interface App {
  /**
   * Calls a method of the contract. Checks first the method, then whether `caller` may call it, then the input. Returns
   * an error as data and never throws. A call without `caller` is treated as a call of a page.
   */
  call(method: unknown, input: unknown, caller?: Caller): Promise<CallResult<unknown>>
  /** Calls `listener` for every event from now on. Returns the function that removes the listener. */
  on(listener: (event: NumberedEvent) => void): () => void
  /**
   * Returns a page of the program: interface, article frame, media, print edition or generated file. Returns null if no
   * such page exists.
   */
  page(path: string): Promise<Response | null>
  /**
   * Waits for running writes and releases the lock of the library. A second call of `close` waits for the first one.
   */
  close(): Promise<void>
}

/** The options with which a host opens the program. */
export interface AppOptions {
  /**
   * `write` takes the lock of the library and throws `library-locked` with the name of the holder. `read` never needs
   * the lock. `prefer-write` takes the lock too, but opens the library for reading if the folder cannot be written (a
   * read-only drive).
   */
  access: 'write' | 'prefer-write' | 'read'
  /** Whether a new, empty library gets the sample bulletin. Only the desktop program and `serve` set this. */
  offerSample: boolean
  /**
   * When a library is recovered after a crash. `first` recovers the library before it opens. `later` opens the library
   * at once and recovers it in a background job.
   */
  recovery?: 'first' | 'later'
  /** Whether sources are refreshed on their schedules. Only the desktop program and `serve` set this. */
  followsSchedules?: boolean
  /** The limits on the download requests to one server. Only tests set them. */
  polite?: PoliteLimits
  /**
   * Paths of the built scripts that the worker threads run. If null, as in unit tests, the work runs on this thread.
   */
  workers: { extract: string; index: string } | null
}
