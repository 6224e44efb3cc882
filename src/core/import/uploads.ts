import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import { asWriteError } from '../files'
import { groupSavedPages } from '../../shared/saved-pages'
import type { ImportItem } from './import-files'
import { nodeCrypto } from '../node-crypto'
import { createTemporaryFolder } from '../temporary-folders'

/** Maximum number of bytes of an imported file (`docs/security.md`). */
export const maxImportBytes = 20 * 1024 * 1024
/** Maximum number of bytes of all files together that wait for their import. */
const maxWaitingBytes = 2 * 1024 ** 3

/**
 * The files that the user interface has uploaded and that are not imported yet. They are in a temporary folder and not
 * in the library.
 */
export interface Uploads {
  /** Stores a file and returns a new handle for it. Throws `too-large`. Throws `disk-full` if too many bytes wait. */
  put(name: string, bytes: Uint8Array): Promise<string>
  /**
   * Takes the files with these handles, so that each file is imported only once. Groups each page with the files that
   * were saved with it, by their names. After the import, the caller must call `release`, which deletes the files.
   * Throws `unknown-upload` and takes no file if a handle is unknown.
   */
  take(handles: readonly string[]): { items: ImportItem[]; release(): Promise<void> }
  /** Deletes the temporary folder. */
  close(): Promise<void>
}

/** Creates an empty store of uploads. The temporary folder is created with the first file. */
export function createUploads(): Uploads {
  const waiting = new Map<string, { name: string; bytes: number }>()
  let waitingBytes = 0
  let folder: string | null = null
  const fileOf = (handle: string): string => join((folder ??= createTemporaryFolder('upload')), handle)
  const store = async (handle: string, bytes: Uint8Array): Promise<void> => {
    const path = fileOf(handle)
    await writeFile(path, bytes).catch(async (thrown: unknown) => {
      await rm(path, { force: true })
      throw thrown
    })
  }
  return {
    async put(name, bytes) {
      const size = bytes.byteLength
      if (size > maxImportBytes) throw new AppError('too-large', `upload: ${size} bytes`, tooLargeDetails(name))
      if (waitingBytes + size > maxWaitingBytes)
        throw new AppError('disk-full', 'upload: too many bytes wait', { name })
      waitingBytes += size
      const handle = nodeCrypto().randomUUID()
      await store(handle, bytes).catch((thrown: unknown) => {
        waitingBytes -= size
        throw asWriteError(thrown, 'upload', tmpdir())
      })
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
        (): Promise<Uint8Array> =>
          readFile(fileOf(handle))
      return {
        items: groupSavedPages(taken.map((file) => ({ ...file, path: file.name }))).map(({ file, parts }) => ({
          path: file.name,
          read: read(file),
          parts: parts.map(({ file: part, reference }) => ({ reference, read: read(part) })),
        })),
        async release() {
          for (const { handle, bytes } of taken) {
            await rm(fileOf(handle), { force: true })
            waitingBytes -= bytes
          }
        },
      }
    },
    async close() {
      if (folder !== null) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Returns the error details of `too-large`. */
export function tooLargeDetails(name: string): { name: string; limitMb: number } {
  return { name, limitMb: maxImportBytes / 1024 / 1024 }
}
