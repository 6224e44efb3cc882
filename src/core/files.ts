import {
  closeSync,
  existsSync,
  fstatSync,
  fsync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import { realpath, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../shared/errors'
import { nodeCrypto } from './node-crypto'

/**
 * The folder below a library where files are staged. When a writer opens the library, the writer deletes everything in
 * this folder.
 */
export const stagingFolder = 'tmp'

/**
 * Returns the system's error code of a failed file operation, such as "ENOSPC". Returns null if the thrown value has no
 * such code.
 */
export function systemCode(thrown: unknown): string | null {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null
}

/** SQLite's result codes (sqlite.org/rescode.html). Extended codes have one of these values in the low byte. */
const sqliteCodes = { readOnly: 8, ioError: 10, full: 13, cannotOpen: 14 }
/** SQLite's extended result codes for a file that the disk can't read: IOERR_READ and IOERR_SHORT_READ. */
const sqliteReadErrors = new Set([266, 522])
/**
 * Minimum free space in bytes for SQLite, which needs some pages for its log and its shared memory. With less free
 * space, the disk counts as full.
 */
const minFreeBytes = 128 * 1024

/** Returns SQLite's extended result code of an error. Returns null for any other thrown value. */
export function sqliteCode(thrown: unknown): number | null {
  return thrown instanceof Error && 'errcode' in thrown && typeof thrown.errcode === 'number' ? thrown.errcode : null
}

/**
 * Whether SQLite failed because the disk refused a write. SQLite reports FULL if a database or its log cannot grow. It
 * reports IOERR, CANTOPEN or READONLY if it cannot create or enlarge a file. `path` is the database or its folder.
 */
export function isDiskRefusal(thrown: unknown, path: string): boolean {
  const code = sqliteCode(thrown)
  if (code === null || sqliteReadErrors.has(code)) return false
  const result = code & 0xff
  if (result === sqliteCodes.full || result === sqliteCodes.ioError) return true
  return (result === sqliteCodes.cannotOpen || result === sqliteCodes.readOnly) && isDiskFull(path)
}

/** Whether the disk of a file or folder has almost no free space. Returns false if the system does not tell. */
export function isDiskFull(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = statfsSync(at)
      return bavail * bsize < minFreeBytes
    } catch (thrown) {
      if (systemCode(thrown) !== 'ENOENT' || dirname(at) === at) return false
    }
  }
}

/**
 * Turns a failed write into an {@link AppError} with the code `disk-full` or `library-read-only`. Any other cause gets
 * the code `write-failed`. Also accepts the errors of SQLite.
 */
export function asWriteError(thrown: unknown, step: string, path: string): AppError {
  if (thrown instanceof AppError) return thrown
  const code = systemCode(thrown)
  const message = `${step}: ${thrown instanceof Error ? thrown.message : String(thrown)}`
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || isFullSqlite(thrown, path)
  if (isFull) return new AppError('disk-full', message, { path }, { cause: thrown })
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return new AppError('library-read-only', message, { path }, { cause: thrown })
  return new AppError('write-failed', message, { path, system: code }, { cause: thrown })
}

function isFullSqlite(thrown: unknown, path: string): boolean {
  const code = sqliteCode(thrown)
  if (code === null) return false
  return (code & 0xff) === sqliteCodes.full || (isDiskRefusal(thrown, path) && isDiskFull(path))
}

/**
 * Turns a failed write outside the library into an {@link AppError} with the code `name-too-long` or
 * `folder-not-writable`. These codes differ from the codes of {@link asWriteError}, because the library is not
 * affected. Any other error is returned unchanged.
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
 * Turns a failed read into an {@link AppError} with the code `read-failed` (details: file, system). An error that does
 * not come from the disk is returned unchanged. ENOENT is also returned unchanged, because each caller handles a
 * missing file differently.
 */
export function asReadError(thrown: unknown, path: string): unknown {
  const system = systemCode(thrown)
  if (thrown instanceof AppError || system === null || system === 'ENOENT') return thrown
  return new AppError('read-failed', `read ${path}: ${system}`, { file: path, system }, { cause: thrown })
}

/** Tells whether an error means that the disk could not read an existing file. */
export function isReadFailure(thrown: unknown): boolean {
  const error = asReadError(thrown, '')
  return error instanceof AppError && error.code === 'read-failed'
}

/**
 * Writes bytes to `target` completely or not at all. The function writes a file under `staging`, syncs it, and then
 * renames it to `target`. Throws `disk-full`, `library-read-only` or `write-failed`. After an error, the old file is
 * intact. In a test on a full disk, this function lost none of 100 files, and a plain atomic write lost all 100
 * (`docs/security.md`).
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

/**
 * Writes a new file with all its bytes and checks the size of the file. The caller must sync the file and its folder.
 */
export function writeNewFile(path: string, bytes: Uint8Array): void {
  fillNewFile(openSync(path, 'wx'), bytes)
}

/** Writes all bytes to an open new file, checks the size and closes the file. */
function fillNewFile(file: number, bytes: Uint8Array): void {
  try {
    writeAll(file, bytes)
    const { size } = fstatSync(file)
    if (size !== bytes.byteLength) throw new AppError('disk-full', `write: ${size} of ${bytes.byteLength} bytes`)
  } finally {
    closeSync(file)
  }
}

/**
 * Writes and syncs a file that is written once. Never changes an existing file. If the file exists with the same bytes,
 * the function only syncs it, because an interrupted write may run again. If the file exists with other bytes, throws
 * `file-exists` and writes nothing. Throws the errors of {@link writeDurably}. After an error, no partial file is left.
 */
export async function writeOnce(path: string, bytes: Uint8Array): Promise<void> {
  try {
    if (!createFile(path, bytes) && !readFileSync(path).equals(bytes))
      throw new AppError('file-exists', `write once: ${path} exists with other bytes`, { path })
    await syncFile(path)
    await syncFolder(dirname(path))
  } catch (thrown) {
    throw asWriteError(thrown, 'write', path)
  }
}

/** Creates a file with these bytes. Returns false if the file exists. After an error, no partial file is left. */
function createFile(path: string, bytes: Uint8Array): boolean {
  let file: number
  try {
    file = openSync(path, 'wx')
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false
    throw thrown
  }
  try {
    fillNewFile(file, bytes)
    return true
  } catch (thrown) {
    // This call has created the file, so it may delete the partial file.
    rmSync(path, { force: true })
    throw thrown
  }
}

/** Writes all bytes to an open file at its current position. Throws `disk-full` and the system's error. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.byteLength;) {
    const taken = writeSync(file, bytes, written, bytes.byteLength - written)
    if (taken === 0) throw new AppError('disk-full', 'write: the disk accepts no more bytes')
    written += taken
  }
}

/** The time in ms during which a failed rename is retried. On Windows, a virus scanner may hold a file for a moment. */
const maxRetryMs = process.platform === 'win32' ? 2000 : 0

/**
 * Renames a synced file or folder and syncs its new parent folder. With `syncsFolder: false`, the caller must sync that
 * folder, for example once for several renames. On Windows, a rename that fails with EPERM, EACCES or EBUSY is retried
 * for two seconds. Throws the system's error.
 */
export async function moveDurably(
  from: string,
  to: string,
  { syncsFolder = true }: { syncsFolder?: boolean } = {},
): Promise<void> {
  for (let waitedMs = 0, stepMs = 20; ; waitedMs += stepMs, stepMs = Math.min(stepMs * 2, 250)) {
    try {
      renameSync(from, to)
      break
    } catch (thrown) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(thrown) ?? '')
      if (!isHeld || waitedMs >= maxRetryMs) throw thrown
      await sleep(stepMs)
    }
  }
  if (syncsFolder) await syncFolder(dirname(to))
}

/** Calls fsync for a file that is already written and closed. */
export async function syncFile(path: string): Promise<void> {
  await syncPath(path, 'r+')
}

/**
 * Calls fsync for a folder, so that a new name in the folder survives a power cut. Does nothing on Windows, because the
 * journal of the Windows file system preserves names.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await syncPath(path, 'r')
}

async function syncPath(path: string, flags: 'r' | 'r+'): Promise<void> {
  const file = openSync(path, flags)
  try {
    await syncDescriptor(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Runs fsync on another thread, because fsync is slow. The other operations in this file are synchronous, because they
 * are faster that way.
 */
function syncDescriptor(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(file, (error) => {
      if (error === null) resolve()
      else reject(error)
    })
  })
}

/** Creates folders below `root` with all their parents. Each folder that got a new entry is synced to disk once. */
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
 * Deletes a staged file or folder. An error is ignored, because the write has already succeeded or failed. The next
 * writer clears the staging folder.
 */
export async function removeStaged(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined)
}

/**
 * Deletes the staging folder. A failed deletion is retried, because another process may be staging its lock file in
 * this folder.
 */
export async function clearStaging(staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
}

/**
 * What exists at the target of a save outside the library. `free` means that nothing exists there. `file` is an
 * existing file, with links resolved. `other` is anything else, for example a folder or a device.
 */
export type SaveTarget = { kind: 'free' | 'file'; path: string } | { kind: 'other' }

/**
 * Resolves the path of a save before a file is renamed to it. Otherwise the rename would replace a link and not the
 * file behind the link. If the user is root, the rename would even replace a device such as `/dev/null`. Throws the
 * same errors as a write.
 */
export async function resolveSaveTarget(path: string): Promise<SaveTarget> {
  try {
    return (await stat(path)).isFile() ? { kind: 'file', path: await realpath(path) } : { kind: 'other' }
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT' || systemCode(thrown) === 'ENOTDIR') return { kind: 'free', path }
    throw asWriteError(thrown, 'save', path)
  }
}

/** Tells whether a file or folder exists at this path. Throws `read-failed` if the disk reports an error. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT' || systemCode(thrown) === 'ENOTDIR') return false
    throw asReadError(thrown, path)
  }
}

/**
 * Returns the number of free bytes on the disk of a folder. The folder need not exist yet. Returns null if the system
 * does not report the number.
 */
export async function freeBytes(path: string): Promise<number | null> {
  try {
    for (let at = path; ; at = dirname(at)) {
      if (await exists(at)) {
        const { bavail, bsize } = await statfs(at)
        return bavail * bsize
      }
      if (dirname(at) === at) return null
    }
  } catch (thrown) {
    if (thrown instanceof AppError || systemCode(thrown) !== null) return null
    throw thrown
  }
}

/** Returns a random name of 16 hexadecimal digits for a staged file. */
export function randomName(): string {
  return nodeCrypto().randomBytes(8).toString('hex')
}
