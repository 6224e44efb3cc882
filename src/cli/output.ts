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
 * Creates the output of a command on the standard streams of this process. Each stream opens on first use. If the
 * program that reads the output ends early (`bantin import … | head`), the command continues and does not fail. If the
 * result cannot be written, for example on a full disk, the command fails.
 */
export function createOutput(): Output {
  const writes: Promise<unknown>[] = []
  let isGuarded = false
  const progressStream = (): NodeJS.WriteStream => {
    // a failed write to stderr means that the reading program has ended
    if (!isGuarded) process.stderr.on('error', () => undefined)
    isGuarded = true
    return process.stderr
  }
  return {
    print(line) {
      const { stdout } = process
      // This listener ignores the error event of the stream, which would end the process without a listener. Each write
      // reports its own error.
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
