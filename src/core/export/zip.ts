// Its build for Node declares a `require` of its own, which the bundle of an ES module has already.
import { Zip, ZipDeflate } from 'fflate/browser'
import { setImmediate as pause } from 'node:timers/promises'
import { AppError } from '../../shared/errors'

/** Files put into one zip, one after the other; what else the program does goes on between two of them. */
export interface ZipWriter {
  /** Under this name, or with " (2)", " (3)" … before its ending where one of that name is there already. */
  add(name: string, bytes: Uint8Array): Promise<void>
  /** Bytes made so far. */
  size(): number
  end(): Uint8Array
}

/** Starts a zip whose files all carry `now`. Names are UTF-8 and unique without regard to case, as Windows wants them. */
export function createZip(now: Date): ZipWriter {
  const chunks: Uint8Array[] = []
  const taken = new Map<string, number>()
  let size = 0
  const zip = new Zip((thrown, chunk) => {
    if (thrown !== null) throw new AppError('internal', 'zip: could not be made', {}, { cause: thrown })
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

/** A zip knows the years 1980 to 2099. */
export function toZipTime(now: Date): Date {
  const year = now.getFullYear()
  return year < 1980 || year > 2099 ? new Date(1980, 0, 1) : now
}

/** `taken` holds how often each name was asked for. */
function findFreeName(name: string, taken: Map<string, number>): string {
  const dot = name.lastIndexOf('.')
  for (let free = name; ;) {
    const asked = (taken.get(free.toLowerCase()) ?? 0) + 1
    taken.set(free.toLowerCase(), asked)
    if (asked === 1) return free
    // Named by how often it was asked for: ten thousand of one title stay quick.
    free = `${name.slice(0, dot)} (${Math.max(asked, taken.get(name.toLowerCase()) ?? 0)})${name.slice(dot)}`
  }
}
