import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs'
import { type FileHandle, lstat, open, readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asReadError, systemCode } from '../files'

/**
 * Functions that read the files of a library and follow no links. A library may come from somebody else, and a link in
 * it could lead to any file of this machine. Every function here treats a link, a junction of Windows, a device and a
 * pipe like a missing file, and throws ENOENT. Only the library's own folder may be a link, because the user chose it.
 */

/**
 * Flags for opening a file. `O_NOFOLLOW` refuses a link that replaces the file between the check and the opening.
 * `O_NONBLOCK` keeps a pipe from blocking the program.
 */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Reads a file. Throws ENOENT if the file or its folder is missing or is a link. Also throws the system's errors. */
export async function readPlainFile(path: string): Promise<Buffer> {
  requirePlain(path, await lstat(dirname(path)), await lstat(path))
  return readFile(path, { flag: flags }).catch((thrown: unknown) => {
    throw asMissing(thrown, path)
  })
}

/** Opens a file for reading. Throws the errors of {@link readPlainFile}. The caller closes the file. */
export async function openPlainFile(path: string): Promise<FileHandle> {
  requirePlain(path, await lstat(dirname(path)), await lstat(path))
  const file = await open(path, flags).catch((thrown: unknown) => {
    throw asMissing(thrown, path)
  })
  const stats = await file.stat()
  if (stats.isFile()) return file
  await file.close()
  throw createMissing(path)
}

/** Reads a file synchronously. Throws the errors of {@link readPlainFile}. */
export function readPlainFileNow(path: string): Buffer {
  requirePlain(path, lstatSync(dirname(path)), lstatSync(path))
  try {
    // The cast is needed, because the type of the option `flag` allows only texts, although Node.js also accepts
    // numbers.
    return readFileSync(path, { flag: flags as unknown as string })
  } catch (thrown) {
    throw asMissing(thrown, path)
  }
}

/**
 * Opens a file for appending, and creates it if it is missing. Throws ENOENT for a link. Also throws ENOENT for a file
 * with several names (hard links), because another name may belong to a file outside the library.
 */
export function openPlainFileForAppending(path: string): number {
  const known = lstatSync(path, { throwIfNoEntry: false })
  if (known !== undefined) requirePlain(path, lstatSync(dirname(path)), known)
  let file: number
  try {
    file = openSync(
      path,
      constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0),
      0o666,
    )
  } catch (thrown) {
    throw asMissing(thrown, path)
  }
  const stats = fstatSync(file)
  if (stats.isFile() && stats.nlink === 1) return file
  closeSync(file)
  throw createMissing(path)
}

/**
 * Whether no folder between `root` and `path` is a link. `path` is relative to `root` and has forward slashes. A
 * missing folder counts as no link, because the caller notices that it is missing.
 */
export function isPlainFolder(root: string, path: string): boolean {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:]/.test(part))) return false
  return parts.every((_, at) => {
    try {
      const stats = lstatSync(join(root, ...parts.slice(0, at + 1)), { throwIfNoEntry: false })
      return stats === undefined || stats.isDirectory()
    } catch {
      // The disk cannot tell whether the folder is a link. The caller's next read fails with the same error.
      return true
    }
  })
}

/**
 * Returns the first of the given names that is a link in the folder `root`. Returns null if none of them is a link.
 * Throws `read-failed`.
 */
export async function findLink(root: string, names: ReadonlySet<string>): Promise<string | null> {
  const entries = await readdir(root, { withFileTypes: true }).catch((thrown: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(thrown) ?? '')) return []
    throw asReadError(thrown, root)
  })
  return entries.find((entry) => entry.isSymbolicLink() && names.has(entry.name))?.name ?? null
}

/**
 * Returns the real path of a library's folder if the folder is a link, because the user chose that link. Returns any
 * other path unchanged, because on Windows the real path of a mapped drive is another path.
 */
export async function resolveLibraryFolder(root: string): Promise<string> {
  const stats = await lstat(root).catch(() => null)
  return stats?.isSymbolicLink() === true ? realpath(root).catch(() => root) : root
}

interface Stats {
  isFile(): boolean
  isDirectory(): boolean
}

/**
 * Throws ENOENT unless a file and its folder are plain. Throws EISDIR for a folder in the place of the file, because
 * that is damage and not an attack.
 */
function requirePlain(path: string, parent: Stats, file: Stats): void {
  if (file.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' })
  if (!parent.isDirectory() || !file.isFile()) throw createMissing(path)
}

/** Turns the error of a link into ENOENT. Linux reports a link with ELOOP, FreeBSD with EMLINK. */
function asMissing(thrown: unknown, path: string): unknown {
  return ['ELOOP', 'EMLINK'].includes(systemCode(thrown) ?? '') ? createMissing(path) : thrown
}

function createMissing(path: string): Error {
  return Object.assign(new Error(`${path} is a link or no plain file`), { code: 'ENOENT' })
}
