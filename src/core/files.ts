import { closeSync, existsSync, fstatSync, fsync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { realpath, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../shared/errors'
import { nodeCrypto } from './node-crypto'

/** Where a library stages what it writes: everything below is swept when a writer opens the library. */
export const stagingFolder = 'tmp'

/** The system's code of a failed file operation ("ENOSPC"), or null. */
export function systemCode(thrown: unknown): string | null {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null
}

/** A failed write as an {@link AppError}: `disk-full`, `library-read-only`, else `write-failed`. */
export function asWriteError(thrown: unknown, step: string, path: string): AppError {
  if (thrown instanceof AppError) return thrown
  const code = systemCode(thrown)
  const message = `${step}: ${thrown instanceof Error ? thrown.message : String(thrown)}`
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('disk-full', message, { path }, { cause: thrown })
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return new AppError('library-read-only', message, { path }, { cause: thrown })
  return new AppError('write-failed', message, { path, system: code }, { cause: thrown })
}

/**
 * What failed when a file outside of the library was written, with sentences of its own: the library is not concerned.
 * `name-too-long`, `folder-not-writable`, else as it is.
 */
export function asSaveError(thrown: unknown, path: string): unknown {
  if (thrown instanceof AppError && thrown.code !== 'library-read-only' && thrown.code !== 'write-failed') return thrown
  const system = systemCode(thrown instanceof AppError ? thrown.cause : thrown) ?? ''
  const isRefused = thrown instanceof AppError && thrown.code === 'library-read-only'
  if (system === 'ENAMETOOLONG')
    return new AppError('name-too-long', 'save: name too long', { path }, { cause: thrown })
  if (isRefused || ['ENOTDIR', 'EEXIST', 'EISDIR'].includes(system))
    return new AppError('folder-not-writable', `save: ${system}`, { path }, { cause: thrown })
  return thrown
}

/**
 * A failed read as an {@link AppError} `read-failed` (details: file, system). What says that nothing is there (ENOENT),
 * and what is no fault of the disk's, stays as it is: those who read know what it means.
 */
export function asReadError(thrown: unknown, path: string): unknown {
  const system = systemCode(thrown)
  if (thrown instanceof AppError || system === null || system === 'ENOENT') return thrown
  return new AppError('read-failed', `read ${path}: ${system}`, { file: path, system }, { cause: thrown })
}

/** Whether something was thrown because the disk did not give what lies on it. */
export function isReadFailure(thrown: unknown): boolean {
  const error = asReadError(thrown, '')
  return error instanceof AppError && error.code === 'read-failed'
}

/**
 * Writes bytes so that they are either wholly at `target` or not at all: staged under `staging`, then moved into their
 * place ({@link writeNewFile}, {@link syncFile}, {@link moveDurably}). Throws `disk-full`, `library-read-only` or `write-failed`; the old
 * file is then intact (SECURITY: 0 of 100 lost on a full disk, where a plain atomic write lost 100).
 */
export async function writeDurably(staging: string, target: string, bytes: Uint8Array): Promise<void> {
  const staged = join(staging, randomName())
  try {
    mkdirSync(staging, { recursive: true })
    writeNewFile(staged, bytes)
    await syncFile(staged)
    await moveDurably(staged, target)
  } catch (thrown) {
    await removeStaged(staged)
    throw asWriteError(thrown, 'write', target)
  }
}

/** Waiting for the disk is left to another thread; all else is quicker done here than handed over and back. */
function synced(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(file, (error) => {
      if (error === null) resolve()
      else reject(error)
    })
  })
}

/** Writes a new file until all bytes are out and checks its size; it is safe once it is synced, and its folder. */
export function writeNewFile(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx')
  try {
    writeAll(file, bytes)
    const { size } = fstatSync(file)
    if (size !== bytes.byteLength) throw new AppError('disk-full', `write: ${size} of ${bytes.byteLength} bytes`)
  } finally {
    closeSync(file)
  }
}

/** Writes to an open file, where it stands, until all bytes are out. Throws `disk-full` and the system's error. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.byteLength;) {
    const taken = writeSync(file, bytes, written, bytes.byteLength - written)
    if (taken === 0) throw new AppError('disk-full', 'write: the disk takes no more bytes')
    written += taken
  }
}

/**
 * Renames a synced file or folder into its place and syncs the folder it is in now, unless the caller does that for
 * several at once. On Windows a virus scanner may hold a file for a moment: EPERM, EACCES and EBUSY are retried for two
 * seconds there.
 */
export async function moveDurably(
  from: string,
  to: string,
  { syncsFolder = true }: { syncsFolder?: boolean } = {},
): Promise<void> {
  const patience = process.platform === 'win32' ? 2000 : 0
  for (let waited = 0, step = 20; ; waited += step, step = Math.min(step * 2, 250)) {
    try {
      renameSync(from, to)
      break
    } catch (thrown) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(thrown) ?? '')
      if (!isHeld || waited >= patience) throw thrown
      await sleep(step)
    }
  }
  if (syncsFolder) await syncFolder(dirname(to))
}

/** Fsyncs a file that something else wrote. */
export async function syncFile(path: string): Promise<void> {
  await syncAs(path, 'r+')
}

/** Fsyncs a folder, so that a new name in it survives a power cut. Windows cannot; its journal keeps names. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await syncAs(path, 'r')
}

async function syncAs(path: string, flags: 'r' | 'r+'): Promise<void> {
  const file = openSync(path, flags)
  try {
    await synced(file)
  } finally {
    closeSync(file)
  }
}

/** Makes folders below `root` with all their parents, and syncs each folder that got a new name, once. */
export async function makeFolder(root: string, ...paths: string[]): Promise<void> {
  const changed = new Set<string>()
  for (const path of paths) {
    if (existsSync(path)) continue
    for (let at = path; at.length > root.length && !existsSync(at); at = dirname(at)) changed.add(dirname(at))
    mkdirSync(path, { recursive: true })
  }
  for (const folder of [...changed].sort()) await syncFolder(folder)
}

/**
 * Takes away what was staged. Where that fails it stays until the next writer opens the library, who sweeps the staging
 * folder: what was to be written is stored, or not, all the same.
 */
export async function removeStaged(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined)
}

/** Empties the staging folder; whoever asks for the lock meanwhile may stage his own lock file in it. */
export async function clearStaging(staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
}

/** What a name outside of the library stands for: nothing yet, a file (the one a link leads to), or anything else. */
export type SaveTarget = { kind: 'free' | 'file'; path: string } | { kind: 'other' }

/**
 * Looks where a name leads before a file is moved over it: moved over a link it would take the link's place, and over a
 * device (`/dev/null`, as root) the device's. Throws as writes do.
 */
export async function resolveSaveTarget(path: string): Promise<SaveTarget> {
  try {
    return (await stat(path)).isFile() ? { kind: 'file', path: await realpath(path) } : { kind: 'other' }
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT' || systemCode(thrown) === 'ENOTDIR') return { kind: 'free', path }
    throw asWriteError(thrown, 'save', path)
  }
}

/** Whether anything is at this path. Throws `read-failed` where the disk does not tell. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT' || systemCode(thrown) === 'ENOTDIR') return false
    throw asReadError(thrown, path)
  }
}

/** A name nobody else uses, for staging. */
export function randomName(): string {
  return nodeCrypto().randomBytes(8).toString('hex')
}
