// The build for Node declares `require`, which an ES module bundle already declares.
import { Zip, ZipDeflate } from 'fflate/browser'
import { setImmediate as pause } from 'node:timers/promises'
import { AppError } from '../../shared/errors'

/** Writes files into a zip one after the other. Other work of the program can run between two files. */
export interface ZipWriter {
  /** Adds a file. If the name is taken, puts " (2)", " (3)" … before its extension. */
  add(name: string, bytes: Uint8Array): Promise<void>
  /** Bytes written so far. */
  size(): number
  /** Finishes the zip and returns its bytes. */
  end(): Uint8Array
}

/**
 * Creates a zip in which all files have the time `now`. Names are UTF-8 and differ by more than case, as Windows
 * requires.
 */
export function createZip(now: Date): ZipWriter {
  const chunks: Uint8Array[] = []
  const taken = new Map<string, number>()
  let size = 0
  const zip = new Zip((thrown, chunk) => {
    if (thrown !== null) throw new AppError('internal', 'zip: could not compress a file', {}, { cause: thrown })
    chunks.push(chunk)
    size += chunk.byteLength
  })
  return {
    async add(name, bytes) {
      const file = new ZipDeflate(findFreeName(name, taken), { level: 6 })
      file.mtime = toZipTime(now)
      zip.add(file)
      file.push(bytes, true)
      await pause()
    },
    size: () => size,
    end() {
      zip.end()
      return Buffer.concat(chunks)
    },
  }
}

/** The time of a file in a zip, which can only hold the years 1980 to 2099. Any other time becomes 1 January 1980. */
export function toZipTime(now: Date): Date {
  const year = now.getFullYear()
  return year < 1980 || year > 2099 ? new Date(1980, 0, 1) : now
}

/** A name that is not taken. `taken` counts how often each name was requested. */
function findFreeName(name: string, taken: Map<string, number>): string {
  const dot = name.lastIndexOf('.')
  for (let free = name; ;) {
    const requestCount = (taken.get(free.toLowerCase()) ?? 0) + 1
    taken.set(free.toLowerCase(), requestCount)
    if (requestCount === 1) return free
    // The search starts at the number of earlier requests, so that ten thousand equal titles stay fast.
    free = `${name.slice(0, dot)} (${Math.max(requestCount, taken.get(name.toLowerCase()) ?? 0)})${name.slice(dot)}`
  }
}
