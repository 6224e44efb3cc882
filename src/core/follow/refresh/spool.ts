import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FetchAddress, FetchResult } from '../../fetch/fetch-result'
import { asWriteError, randomName } from '../../files'
import { sha256 } from '../../library/store/identity'

/** What was received and is not stored yet, on disk: whoever goes on after a crash need not ask for it again. */
export interface Spool {
  /** As the function it was made of, but what was received before comes from the disk. */
  fetchAddress: FetchAddress
  /** Takes away what was received through this function: it is stored. */
  drop(): Promise<void>
}

/**
 * Keeps what `fetchAddress` receives in a folder until it is dropped. Written by one rename and not synced: it survives
 * the program, and after a power cut what is not whole is asked for again. Throws as fetching and writing do.
 */
export function createSpool(folder: string, fetchAddress: FetchAddress): Spool {
  const taken = new Set<string>()
  return {
    async fetchAddress(address, options) {
      const path = join(folder, sha256(address).slice(0, 32))
      taken.add(path)
      const kept = await readSpooled(path, address)
      if (kept !== null) return kept
      const fetched = await fetchAddress(address, options)
      writeSpooled(folder, path, address, fetched)
      return fetched
    },
    async drop() {
      for (const path of taken) await rm(path, { force: true })
      taken.clear()
    },
  }
}

/** One line of JSON, then the bytes as received, then the content where it differs. */
function writeSpooled(folder: string, path: string, asked: string, fetched: FetchResult): void {
  const { bytes, received, ...rest } = fetched
  const isPacked = rest.facts.received.sha256 !== rest.facts.decoded.sha256
  const head = Buffer.from(`${JSON.stringify({ asked, received: received.byteLength, ...rest })}\n`)
  const part = `${path}.${randomName()}`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(part, Buffer.concat(isPacked ? [head, received, bytes] : [head, received]))
    renameSync(part, path)
  } catch (thrown) {
    throw asWriteError(thrown, 'spool', path)
  }
}

async function readSpooled(path: string, asked: string): Promise<FetchResult | null> {
  const content = await readFile(path).catch(() => null)
  const end = content?.indexOf('\n') ?? -1
  if (content === null || end < 0) return null
  try {
    // Written by this program, and what it says of the bytes is checked.
    const head = JSON.parse(content.subarray(0, end).toString('utf8')) as Omit<FetchResult, 'received' | 'bytes'> & {
      asked: string
      received: number
    }
    const { asked: address, received: length, ...rest } = head
    const received = content.subarray(end + 1, end + 1 + length)
    const isPacked = rest.facts.received.sha256 !== rest.facts.decoded.sha256
    const bytes = isPacked ? content.subarray(end + 1 + length) : received
    const isWhole =
      address === asked &&
      sha256(received) === rest.facts.received.sha256 &&
      sha256(bytes) === rest.facts.decoded.sha256
    return isWhole ? { ...rest, received, bytes } : null
  } catch {
    return null // cut off by a power cut
  }
}
