import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import { asWriteError } from '../files'
import { groupSavedPages } from '../../shared/saved-pages'
import type { ImportItem } from './import-files'
import { nodeCrypto } from '../node-crypto'
import { createTemporaryFolder } from '../temporary-folders'

/** Maximum size of an imported file. `docs/security.md` sets the limit. */
export const maxImportBytes = 20 * 1024 * 1024
/** Maximum total size of all files that wait for their import. */
const maxWaitingBytes = 2 * 1024 ** 3

/**
 * The files that the user interface has uploaded and that are not imported yet. They wait in a temporary folder, not in
 * the library.
 */
export interface Uploads {
  /**
   * Stores bytes and returns a new handle. Throws `too-large`, and `disk-full` if the waiting files exceed their limit.
   */
  put(name: string, bytes: Uint8Array): Promise<string>
  /**
   * Takes the files of these handles, each only once. Uses the file names to group each page with the files that were
   * saved with it. The caller calls `release` after the import to delete the files. Throws `unknown-upload` if a handle
   * is unknown. In that case no file is taken.
   */
  take(handles: readonly string[]): { items: ImportItem[]; release(): Promise<void> }
  /** Deletes the temporary folder. */
  close(): Promise<void>
}

/** Creates an empty store of uploads. The temporary folder is created when the first file is stored. */
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

/** The details of `too-large`. */
export function tooLargeDetails(name: string): { name: string; limitMb: number } {
  return { name, limitMb: maxImportBytes / 1024 / 1024 }
}
