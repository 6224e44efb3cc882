import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import { groupSavedPages } from '../../shared/saved-pages'
import type { ImportItem } from './import-files'
import { nodeCrypto } from '../node-crypto'

/** Most bytes an imported file may have (SECURITY, Limits: 20 MB as received). */
export const maxImportBytes = 20 * 1024 * 1024
/** Most bytes that may wait for their import at once. */
const maxWaitingBytes = 2 * 1024 ** 3

/** Files a page has handed over and no import has taken yet; they wait in a temporary folder, never in the library. */
export interface Uploads {
  /** Keeps bytes under a new handle. Throws `too-large`, or `disk-full` when too much is waiting. */
  put(name: string, bytes: Uint8Array): Promise<string>
  /**
   * The files of these handles, each taken once; what was saved with a page is its part, by the names they were given.
   * `release` forgets them when their import is over. Throws `unknown-upload` before any is taken.
   */
  take(handles: readonly string[]): { items: ImportItem[]; release(): Promise<void> }
  close(): Promise<void>
}

/** Starts with nothing; the folder is made when first needed and removed by `close`. */
export function createUploads(): Uploads {
  const waiting = new Map<string, { name: string; bytes: number }>()
  let waitingBytes = 0
  let folder: Promise<string> | null = null
  const fileOf = async (handle: string): Promise<string> => {
    folder ??= mkdtemp(join(tmpdir(), 'bantin-upload-'))
    return join(await folder, handle)
  }
  return {
    async put(name, bytes) {
      const size = bytes.byteLength
      if (size > maxImportBytes) throw new AppError('too-large', `upload: ${size} bytes`, tooLargeDetails(name))
      if (waitingBytes + size > maxWaitingBytes)
        throw new AppError('disk-full', 'upload: too much is waiting', { name })
      waitingBytes += size
      const handle = nodeCrypto().randomUUID()
      await writeFile(await fileOf(handle), bytes)
      waiting.set(handle, { name, bytes: size })
      return handle
    },
    take(handles) {
      const taken = [...new Set(handles)].map((handle) => {
        const upload = waiting.get(handle)
        if (upload === undefined) throw new AppError('unknown-upload', 'import: unknown handle')
        return { handle, ...upload }
      })
      for (const { handle } of taken) waiting.delete(handle)
      const read =
        ({ handle }: { handle: string }) =>
        async (): Promise<Uint8Array> =>
          readFile(await fileOf(handle))
      return {
        items: groupSavedPages(taken.map((file) => ({ ...file, path: file.name }))).map(({ file, parts }) => ({
          path: file.name,
          read: read(file),
          parts: parts.map(({ file: part, reference }) => ({ reference, read: read(part) })),
        })),
        async release() {
          for (const { handle, bytes } of taken) {
            await rm(await fileOf(handle), { force: true })
            waitingBytes -= bytes
          }
        },
      }
    },
    async close() {
      if (folder !== null) await rm(await folder, { recursive: true, force: true })
    },
  }
}

/** Facts for the sentence of `too-large`. */
export function tooLargeDetails(name: string): { name: string; limitMb: number } {
  return { name, limitMb: maxImportBytes / 1024 / 1024 }
}
