import { rm } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { AppError } from '../../shared/errors'
import { exists, systemCode, writeDurably } from '../library/disk'

/** A file to be saved. */
export interface FileToSave {
  path: string
  read(): Promise<Uint8Array>
}

/**
 * Saves all of them or none: what was written before one failed is taken away again. Throws `disk-full`,
 * `folder-not-writable`, `name-too-long`, `write-failed`, `cancelled`.
 */
export async function saveFiles(files: readonly FileToSave[], signal?: AbortSignal): Promise<void> {
  const written: string[] = []
  let current = ''
  try {
    for (const { path, read } of files) {
      current = path
      if (signal?.aborted === true) throw new AppError('cancelled', 'save: cancelled')
      const isNew = !(await exists(path))
      // Staged beside its place: a full disk or a crash leaves no half file under the name that was asked for.
      await writeDurably(dirname(path), path, await read())
      if (isNew) written.push(path)
    }
  } catch (thrown) {
    for (const path of written) await rm(path, { force: true })
    throw asSaveError(thrown, current)
  }
}

/** The same name with " (2)", " (3)" … where something of that name is there already. */
export async function freePath(path: string): Promise<string> {
  const ending = extname(path)
  const bare = path.slice(0, path.length - ending.length)
  for (let n = 2, free = path; ; n++) {
    if (!(await exists(free))) return free
    free = `${bare} (${n})${ending}`
  }
}

/** What failed when a file outside of the library was written: its own sentences, the library is not concerned. */
function asSaveError(thrown: unknown, path: string): unknown {
  const cause = thrown instanceof AppError ? thrown.cause : thrown
  const system = systemCode(cause) ?? ''
  const isRefused = thrown instanceof AppError && thrown.code === 'library-read-only'
  if (system === 'ENAMETOOLONG')
    return new AppError('name-too-long', 'save: name too long', { path }, { cause: thrown })
  if (isRefused || ['ENOTDIR', 'EEXIST', 'EISDIR'].includes(system))
    return new AppError('folder-not-writable', `save: ${system}`, { path }, { cause: thrown })
  return thrown
}
