import { rm, writeFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { AppError } from '../../shared/errors'
import { shareSavedFile } from '../file-access'
import { asSaveError, asWriteError, exists, resolveSaveTarget, writeDurably } from '../files'

/** A file to save. `read` is called when the file is written. */
export interface FileToSave {
  path: string
  read(): Promise<Uint8Array>
}

/**
 * Saves all files or none. If one file can't be saved, deletes the files that are already written. Throws `disk-full`,
 * `folder-not-writable`, `name-too-long`, `write-failed`, `cancelled`.
 */
export async function saveFiles(files: readonly FileToSave[], signal?: AbortSignal): Promise<void> {
  const written: string[] = []
  let current = ''
  try {
    for (const { path, read } of files) {
      current = path
      if (signal?.aborted === true) throw new AppError('cancelled', 'save: cancelled')
      const target = await resolveSaveTarget(path)
      const bytes = await read()
      // A file is written under a temporary name first, so that a full disk or a crash leaves no partial file under the
      // chosen name.
      if (target.kind !== 'other') await writeDurably(dirname(target.path), target.path, bytes)
      else await writeInto(path, bytes)
      if (target.kind !== 'other') await shareSavedFile(target.path)
      if (target.kind === 'free') written.push(path)
    }
  } catch (thrown) {
    for (const path of written) await rm(path, { force: true })
    throw asSaveError(thrown, current)
  }
}

/**
 * Returns a path that does not exist yet. The result is the given path, or the given path with " (2)", " (3)" … before
 * the extension.
 */
export async function freePath(path: string): Promise<string> {
  const ending = extname(path)
  const bare = path.slice(0, path.length - ending.length)
  for (let n = 2, free = path; ; n++) {
    if (!(await exists(free))) return free
    free = `${bare} (${n})${ending}`
  }
}

/** Writes into a pipe or a device directly, because a renamed file would replace the pipe or device. */
async function writeInto(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes)
  } catch (thrown) {
    throw asWriteError(thrown, 'save', path)
  }
}
