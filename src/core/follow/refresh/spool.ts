import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FetchAddress, FetchResult } from '../../fetch/fetch-result'
import { asWriteError, randomName } from '../../files'
import { sha256 } from '../../library/store/identity'

/**
 * Keeps received responses on the disk until they are stored in the library. After a crash, a refresh reads these
 * responses from the disk and does not request them again.
 */
export interface Spool {
  /** Returns a response from the disk if it was already received. Otherwise fetches it and writes it to the disk. */
  fetchAddress: FetchAddress
  /** Deletes the responses that this spool has returned. Called after the responses are stored in the library. */
  drop(): Promise<void>
}

/**
 * Creates a spool, which keeps the responses of `fetchAddress` in a folder. A response survives a crash of the program,
 * because it is written to a temporary file that is then renamed. A response is not synced, so a power cut may damage
 * it. A damaged response is fetched again. Throws the errors of a fetch and of a write.
 */
export function createSpool(folder: string, fetchAddress: FetchAddress): Spool {
  const returned = new Set<string>()
  return {
    async fetchAddress(address, options) {
      const path = join(folder, sha256(address).slice(0, 32))
      returned.add(path)
      const spooled = await readSpooled(path, address)
      if (spooled !== null) return spooled
      const fetched = await fetchAddress(address, options)
      writeSpooled(folder, path, address, fetched)
      return fetched
    },
    async drop() {
      for (const path of returned) await rm(path, { force: true })
      returned.clear()
    },
  }
}

/** Writes a response to a file: one line of JSON, then the bytes as received, then the decoded bytes if they differ. */
function writeSpooled(folder: string, path: string, requested: string, fetched: FetchResult): void {
  const { bytes, received, ...rest } = fetched
  const isPacked = rest.facts.received.sha256 !== rest.facts.decoded.sha256
  const head = Buffer.from(`${JSON.stringify({ asked: requested, received: received.byteLength, ...rest })}\n`)
  const part = `${path}.${randomName()}`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(part, Buffer.concat(isPacked ? [head, received, bytes] : [head, received]))
    renameSync(part, path)
  } catch (thrown) {
    throw asWriteError(thrown, 'spool', path)
  }
}

/** Reads a response from its file. Returns null if the file is missing or damaged. */
async function readSpooled(path: string, requested: string): Promise<FetchResult | null> {
  const content = await readFile(path).catch(() => null)
  const end = content?.indexOf('\n') ?? -1
  if (content === null || end < 0) return null
  try {
    // This program wrote the JSON line. Its hashes are compared with the bytes below.
    const head = JSON.parse(content.subarray(0, end).toString('utf8')) as Omit<FetchResult, 'received' | 'bytes'> & {
      asked: string
      received: number
    }
    const { asked: address, received: length, ...rest } = head
    const received = content.subarray(end + 1, end + 1 + length)
    const isPacked = rest.facts.received.sha256 !== rest.facts.decoded.sha256
    const bytes = isPacked ? content.subarray(end + 1 + length) : received
    const isWhole =
      address === requested &&
      sha256(received) === rest.facts.received.sha256 &&
      sha256(bytes) === rest.facts.decoded.sha256
    return isWhole ? { ...rest, received, bytes } : null
  } catch {
    return null // A power cut has damaged the file.
  }
}
