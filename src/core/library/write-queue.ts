import { asWriteError, systemCode } from '../files'

/** Runs the writes of a library one after another. */
export interface WriteQueue {
  /** Runs a write after all earlier writes, even if some of them failed. Converts system errors to an `AppError`. */
  enqueue<T>(write: () => Promise<T>): Promise<T>
  /** Waits until every queued write has settled. Never throws, because each caller receives its own error. */
  waitForWrites(): Promise<void>
}

/** Creates the write queue of the library at `root`. */
export function createWriteQueue(root: string): WriteQueue {
  let lastWrite: Promise<unknown> = Promise.resolve()
  return {
    enqueue(write) {
      const result = lastWrite.then(write, write).catch((thrown: unknown) => {
        throw systemCode(thrown) === null ? thrown : asWriteError(thrown, 'write', root)
      })
      lastWrite = result
      return result
    },
    waitForWrites: () =>
      lastWrite.then(
        () => undefined,
        () => undefined,
      ),
  }
}
