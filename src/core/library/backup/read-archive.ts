import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'

/** Last entry of a backup: the hash of every other one, in the manifests' own format. */
export const backupManifest = 'manifest-sha256.txt'
/** First entry of a backup: says what it is. */
export const backupAbout = 'bantin-backup.json'

/** What both {@link backupAbout} and `library.json` say. */
const formatSchema = z.looseObject({ format: z.string() })

/** The format that such a document names; null where it is none of ours. */
export function formatIn(bytes: Uint8Array): string | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return formatSchema.parse(value).format
  } catch {
    return null // not JSON, or another shape
  }
}

/** Most bytes one file of a backup may have: a file larger than anything we store is not ours. */
const maxEntryBytes = 256 * 1024 * 1024

/** One file of a backup. */
export interface BackupEntry {
  /** Path below the library, forward slashes; only the letters a library's names have. */
  path: string
  bytes: Buffer
}

/**
 * The files of a backup, one after another, in the archive's order. Names that lead out of a library, links and
 * anything but files are no part of a backup and end it. Throws `backup-damaged` (details: file) at the first byte that
 * is not as it was written; what came before is good.
 */
export async function* readArchive(file: string): AsyncGenerator<BackupEntry> {
  const archive = extract()
  const source = createReadStream(file)
  // Ends the loop below with its own error where the file can't be read or unpacked.
  const reading = pipeline(source, createGunzip(), archive).catch((thrown: unknown) => archive.destroy(asError(thrown)))
  try {
    for await (const entry of archive) {
      const { name, type } = entry.header
      if (type === 'directory') {
        entry.resume()
        continue
      }
      if (type !== 'file' || !isLibraryPath(name)) throw new Error(`no file of a library: ${name.slice(0, 200)}`)
      // A stream of the buffers that were read; its own types leave that open.
      yield { path: name, bytes: await bytesOf(entry as AsyncIterable<Buffer>, name) }
    }
  } catch (thrown) {
    throw new AppError('backup-damaged', `backup: ${asError(thrown).message}`, { file }, { cause: thrown })
  } finally {
    source.destroy()
    await reading
  }
}

/** Names as FORMAT has them, below the library and nowhere else, and none that Windows would take for a device. */
function isLibraryPath(path: string): boolean {
  const parts = path.split('/')
  return (
    path.length <= 300 &&
    parts.length <= 8 &&
    parts.every((part) => /^(?!\.)[A-Za-z0-9._~-]+(?<!\.)$/.test(part)) &&
    !parts.some((part) => /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(part))
  )
}

async function bytesOf(entry: AsyncIterable<Buffer>, name: string): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of entry) {
    length += part.byteLength
    if (length > maxEntryBytes) throw new Error(`too large: ${name}`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
