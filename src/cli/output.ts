import { asWriteError, systemCode } from '../core/files'

/** Where a command's lines go. */
export interface Output {
  /** A line of the result, on stdout. */
  print(line: string): void
  /** A line for the person watching, on stderr. */
  note(line: string): void
  /** The stream for the person watching; opened when it is asked for. */
  watched(): NodeJS.WriteStream
  /** Waits until the result is out. Throws `disk-full` or `write-failed` where it could not all be written. */
  flush(): Promise<void>
}

/**
 * The standard streams of this process, each opened when there is something for it. Who reads them may go away in the
 * middle (`bantin import … | head`): that ends no work and is no failure. A result that a full disk did not take is one.
 */
export function createOutput(): Output {
  const writes: Promise<unknown>[] = []
  let isGuarded = false
  const watched = (): NodeJS.WriteStream => {
    if (!isGuarded) process.stderr.on('error', () => undefined) // nobody is left to be told
    isGuarded = true
    return process.stderr
  }
  return {
    print(line) {
      const { stdout } = process
      // Each write is told of its own failure; without a listener the stream's event would end the process.
      if (writes.length === 0) stdout.on('error', () => undefined)
      writes.push(
        new Promise((resolve) => {
          stdout.write(`${line}\n`, (error) => resolve(error ?? null))
        }),
      )
    },
    note: (line) => void watched().write(`${line}\n`),
    watched,
    async flush() {
      for (const failure of await Promise.all(writes.splice(0)))
        if (failure !== null && systemCode(failure) !== 'EPIPE') throw asWriteError(failure, 'print', 'stdout')
    },
  }
}
