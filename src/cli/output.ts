import { asWriteError, systemCode } from '../core/files'

/** The output streams of a command. */
export interface Output {
  /** Writes a line of the result to stdout. */
  print(line: string): void
  /** Writes a line for the user to stderr. */
  note(line: string): void
  /** Returns the stream for progress. The stream opens on the first call. */
  progressStream(): NodeJS.WriteStream
  /**
   * Waits until the result is written. Throws `disk-full` or `write-failed` if a part of the result could not be
   * written.
   */
  flush(): Promise<void>
}

/**
 * Writes to the standard streams of this process. Each stream opens on first use. The program that reads the output may
 * end early (`bantin import … | head`). The command then continues and does not fail. The command fails if the result
 * cannot be written, for example on a full disk.
 */
export function createOutput(): Output {
  const writes: Promise<unknown>[] = []
  let isGuarded = false
  const progressStream = (): NodeJS.WriteStream => {
    if (!isGuarded) process.stderr.on('error', () => undefined) // an error means that the reading program has ended
    isGuarded = true
    return process.stderr
  }
  return {
    print(line) {
      const { stdout } = process
      // Each write reports its own error. Without a listener, the error event of the stream would end the process.
      if (writes.length === 0) stdout.on('error', () => undefined)
      writes.push(
        new Promise((resolve) => {
          stdout.write(`${line}\n`, (error) => resolve(error ?? null))
        }),
      )
    },
    note: (line) => void progressStream().write(`${line}\n`),
    progressStream,
    async flush() {
      for (const failure of await Promise.all(writes.splice(0)))
        if (failure !== null && systemCode(failure) !== 'EPIPE') throw asWriteError(failure, 'print', 'stdout')
    },
  }
}
