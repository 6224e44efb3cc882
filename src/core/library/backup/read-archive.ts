import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'

/**
 * The name of the last entry of a backup. This entry lists the hash of every other entry, in the format of a bulletin's
 * manifest.
 */
export const backupManifest = 'manifest-sha256.txt'
/** The name of the first entry of a backup. This entry contains the name of the backup's format. */
export const backupHeader = 'bantin-backup.json'

/** The field with the name of a format, in `bantin-backup.json` and in `library.json`. */
const formatSchema = z.looseObject({ format: z.string() })

/**
 * Returns the `format` field of `bantin-backup.json` or `library.json`. Returns null if the bytes have no such field.
 */
export function readFormat(bytes: Uint8Array): string | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return formatSchema.parse(value).format
  } catch {
    return null // The bytes are not JSON, or the JSON has another shape.
  }
}

/** Maximum size, in bytes, of one file in a backup. No library has a larger file. */
const maxEntryBytes = 256 * 1024 * 1024

/** One file of a backup. */
export interface BackupEntry {
  /**
   * The file's path, relative to the library, with forward slashes. It contains only characters that the library format
   * allows in names.
   */
  path: string
  bytes: Buffer
}

/**
 * Reads the files of a backup in the order of the archive. Throws `backup-damaged` (details: file) at the first damaged
 * byte, link, special file, or name outside the library. All files that it returns before the error are intact.
 */
export async function* readArchive(file: string): AsyncGenerator<BackupEntry> {
  const archive = extract()
  const source = createReadStream(file)
  // An error of the pipeline is passed to `archive`, so that it ends the loop below. Such an error means that the file
  // can't be read or decompressed.
  const reading = pipeline(source, createGunzip(), archive).catch((thrown: unknown) => archive.destroy(asError(thrown)))
  try {
    for await (const entry of archive) {
      const { name, type } = entry.header
      if (type === 'directory') {
        entry.resume()
        continue
      }
      if (type !== 'file' || !isLibraryPath(name)) throw new Error(`not a file of a library: ${name.slice(0, 200)}`)
      // The type assertion is correct, because tar-stream emits buffers, although its types do not declare this.
      yield { path: name, bytes: await readEntry(entry as AsyncIterable<Buffer>, name) }
    }
  } catch (thrown) {
    throw new AppError('backup-damaged', `backup: ${asError(thrown).message}`, { file }, { cause: thrown })
  } finally {
    source.destroy()
    await reading
  }
}

/**
 * Whether a name is a path of the library format (`docs/format/library-1.md`). A path with a device name of Windows,
 * such as `con`, is not.
 */
function isLibraryPath(path: string): boolean {
  const parts = path.split('/')
  return (
    path.length <= 300 &&
    parts.length <= 8 &&
    parts.every((part) => /^(?!\.)[A-Za-z0-9._~-]+(?<!\.)$/.test(part)) &&
    !parts.some((part) => /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(part))
  )
}

async function readEntry(entry: AsyncIterable<Buffer>, name: string): Promise<Buffer> {
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
