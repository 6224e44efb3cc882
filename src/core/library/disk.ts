import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../shared/errors'
import { nodeCrypto } from '../node-crypto'

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
 * Writes bytes so that they are either wholly at `target` or not at all: staged under `staging`, written until all
 * are out, size checked, fsynced, renamed, folder fsynced (SECURITY: 0 of 100 lost on a full disk, where a plain
 * atomic write lost 100). Throws `disk-full`, `library-read-only` or `write-failed`; the old file is then intact.
 */
export async function writeDurably(staging: string, target: string, bytes: Uint8Array): Promise<void> {
  const staged = join(staging, randomName())
  try {
    await mkdir(staging, { recursive: true })
    const handle = await open(staged, 'wx')
    try {
      await writeAll(handle, bytes)
      await handle.sync()
      const { size } = await handle.stat()
      if (size !== bytes.byteLength) throw new AppError('disk-full', `write: ${size} of ${bytes.byteLength} bytes`)
    } finally {
      await handle.close()
    }
    await moveDurably(staged, target)
  } catch (thrown) {
    await sweep(staged)
    throw asWriteError(thrown, 'write', target)
  }
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.byteLength;) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.byteLength - written)
    if (bytesWritten === 0) throw new AppError('disk-full', 'write: the disk takes no more bytes')
    written += bytesWritten
  }
}

/**
 * Renames a synced file into its place and syncs the folder, unless the caller does that for several at once. On Windows a virus scanner may hold a file for a
 * moment: EPERM, EACCES and EBUSY are retried for two seconds there.
 */
export async function moveDurably(
  from: string,
  to: string,
  { syncsFolder = true }: { syncsFolder?: boolean } = {},
): Promise<void> {
  const patience = process.platform === 'win32' ? 2000 : 0
  for (let waited = 0, step = 20; ; waited += step, step = Math.min(step * 2, 250)) {
    try {
      await rename(from, to)
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
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Fsyncs a folder, so that a new name in it survives a power cut. Windows cannot; its journal keeps names. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes folders below `root` with all their parents, and syncs each folder that got a new name, once. */
export async function makeFolder(root: string, ...paths: string[]): Promise<void> {
  const changed = new Set<string>()
  for (const path of paths) {
    for (let at = path; at.length > root.length && !(await exists(at)); at = dirname(at)) changed.add(dirname(at))
    await mkdir(path, { recursive: true })
  }
  for (const folder of [...changed].sort()) await syncFolder(folder)
}

/**
 * Takes away what was staged. Where that fails it stays until the next writer opens the library, who sweeps the staging
 * folder: what was to be written is stored, or not, all the same.
 */
export async function sweep(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined)
}

/** Whether anything is at this path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT' || systemCode(thrown) === 'ENOTDIR') return false
    throw thrown
  }
}

/** A name nobody else uses, for staging. */
export function randomName(): string {
  return nodeCrypto().randomBytes(8).toString('hex')
}
