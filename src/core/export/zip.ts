// fflate is imported in its build for the browser. Its build for Node declares `require`, which an ES module bundle
// already declares.
import { Zip, ZipDeflate } from 'fflate/browser'
import { setImmediate as pause } from 'node:timers/promises'
import { AppError } from '../../shared/errors'

/** A zip to which files are added one after another. The program can do other work between two files. */
export interface ZipWriter {
  /** Adds a file. If the zip already has a file of this name, puts " (2)", " (3)" … before the extension. */
  add(name: string, bytes: Uint8Array): Promise<void>
  /** Returns the number of bytes written so far. */
  size(): number
  /** Finishes the zip and returns its bytes. */
  end(): Uint8Array
}

/**
 * Creates a zip in which all files have the time `now`. Names of files are UTF-8, and no two names differ only in case,
 * because Windows would treat these as the same name.
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

/**
 * Returns the time to store for a file in a zip. A zip can only store the years 1980 to 2099, so any other time becomes
 * 1 January 1980.
 */
export function toZipTime(now: Date): Date {
  const year = now.getFullYear()
  return year < 1980 || year > 2099 ? new Date(1980, 0, 1) : now
}

/** Returns a name that no other file in the zip has. `taken` counts how often each name was requested. */
function findFreeName(name: string, taken: Map<string, number>): string {
  const dot = name.lastIndexOf('.')
  for (let free = name; ;) {
    const requestCount = (taken.get(free.toLowerCase()) ?? 0) + 1
    taken.set(free.toLowerCase(), requestCount)
    if (requestCount === 1) return free
    // The search starts at the number of earlier requests, so that ten thousand equal titles do not make the search
    // slow.
    free = `${name.slice(0, dot)} (${Math.max(requestCount, taken.get(name.toLowerCase()) ?? 0)})${name.slice(dot)}`
  }
}
