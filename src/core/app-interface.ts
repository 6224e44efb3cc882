import type { CallResult, NumberedEvent } from '../shared/contract/api'
import type { Caller } from '../shared/contract/method-routes'
import type { PoliteLimits } from './fetch/politeness/polite-limits'

/** The running program, as a host (the desktop program or the command line) uses it: methods, events and pages. */
export interface App {
  /**
   * Calls a method of the contract. The call checks first the method, then whether `caller` may call the method, then
   * the input. An error is returned as data and never thrown. A call without `caller` is treated as a call of a page.
   */
  call(method: unknown, input: unknown, caller?: Caller): Promise<CallResult<unknown>>
  /** Calls `listener` for every later event. Returns the function that removes the listener. */
  on(listener: (event: NumberedEvent) => void): () => void
  /**
   * Returns a page of the program: the interface, the article frame, media, a print edition or a generated file.
   * Returns null if no such page exists.
   */
  page(path: string): Promise<Response | null>
  /**
   * Waits for running writes and releases the lock of the library. A second call of `close` waits for the first call.
   */
  close(): Promise<void>
}

/** The options with which a host opens the program. */
export interface AppOptions {
  /**
   * `write` takes the lock of the library and throws `library-locked` with the name of the holder. `read` never needs
   * the lock. `prefer-write` takes the lock too, but opens the library for reading if the folder cannot be written (a
   * read-only drive) or the disk is full. After a full disk, the library becomes writable as soon as there is space.
   */
  access: 'write' | 'prefer-write' | 'read'
  /**
   * Whether a new, empty library gets the sample bulletin. Only the desktop program and `serve` turn this option on.
   */
  offerSample: boolean
  /**
   * The time when a library is recovered after a crash. With `first`, the recovery comes before the opening. With
   * `later`, the library opens immediately, and a background job recovers the library.
   */
  recovery?: 'first' | 'later'
  /**
   * Whether the program serves guests (docs/security.md#guests). Such a program shows the library without the user's
   * private data, keeps generated files in memory, and limits print and export jobs. The host passes the caller `guest`
   * with each call.
   */
  isForGuests?: boolean
  /** Whether sources are refreshed on their schedules. Only the desktop program and `serve` turn this option on. */
  followsSchedules?: boolean
  /** The limits on the download requests to one server. Only tests set these limits. */
  polite?: PoliteLimits
  /**
   * The paths of the built scripts that the worker threads run. If the value is null, as in unit tests, the work runs
   * on this thread.
   */
  workers: { parsing: string; index: string } | null
}
