import { createWriteStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { AppError } from '../../../shared/errors'
import { listFiles } from '../store/commit'
import { asWriteError, isReadFailure, moveDurably, randomName, removeStaged, syncFile, systemCode } from '../../files'
import { isPlainFolder, readPlainFile, resolveLibraryFolder } from '../../trust/plain-files'
import { sha256 } from '../store/identity'
import { formatManifest, manifestName, parseManifest } from '../store/manifest'
import { listBulletinFolders, type Progress } from '../store/bulletin-folders'
import { backupHeader, backupManifest, readArchive } from './read-archive'

/**
 * The folders and files of a library that a backup contains in addition to the bulletins. The index and the staging
 * folder are not in a backup.
 */
const otherFolders = ['sources', 'refreshes/known', 'tombstones', 'log', 'damaged']
const otherFiles = ['library.json', 'README.txt']
/**
 * A bulletin that changes during a read is read again after `pauseMs`. `maxAttempts` is the maximum number of reads,
 * including the first.
 */
const retries = { maxAttempts: 10, pauseMs: 50 }

/** A finished backup. */
export interface Backup {
  file: string
  bulletins: number
  /**
   * The bulletin folders that do not match their manifest, and the paths that the disk can't read. The backup contains
   * the readable files of such a folder unchanged.
   */
  damaged: string[]
}

/** The dependencies of a backup. */
export interface BackupOptions {
  program: string
  now: Date
  onProgress?: Progress
  signal?: AbortSignal
}

/**
 * Writes the whole library into one gzip-compressed tar file, which every system can unpack. Each bulletin is checked
 * against its manifest during the read. The finished file is read back and compared, and then renamed to `file`. No
 * lock is needed: a bulletin that changes during the read is read again. Throws `backup-damaged`, `cancelled`, and the
 * errors of a write.
 */
export async function writeBackup(library: string, file: string, options: BackupOptions): Promise<Backup> {
  const root = await resolveLibraryFolder(library)
  const staged = `${file}.${randomName()}.part`
  await removeAbandonedParts(dirname(file), { of: basename(file), olderThanMs: abandonedMs })
  try {
    const { hashes, bulletins, damaged } = await writeArchive(root, staged, options)
    await syncFile(staged)
    await compareArchive(staged, hashes, options.signal)
    await moveDurably(staged, file)
    return { file, bulletins, damaged }
  } catch (thrown) {
    throw asWriteError(thrown, 'backup', file)
  } finally {
    await removeStaged(staged)
  }
}

/**
 * The time, in milliseconds, for which a staged file must be unchanged before it counts as left behind by a killed
 * backup.
 */
const abandonedMs = 60 * 60 * 1000

/**
 * Deletes the staged files that killed backups left in a folder. `of` is the file name of one backup, whose staged
 * files are deleted. If `of` is null, the staged files of all backups are deleted. Ignores failures.
 */
export async function removeAbandonedParts(
  folder: string,
  { of = null, olderThanMs = 0 }: { of?: string | null; olderThanMs?: number } = {},
): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = /^(.+)\.[0-9a-f]{16}\.part$/.exec(name)?.[1]
    if (file === undefined || (of !== null && file !== of)) continue
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Infinity }))
    if (Date.now() - mtimeMs >= olderThanMs) await removeStaged(join(folder, name))
  }
}

async function writeArchive(
  root: string,
  staged: string,
  { program, now, onProgress, signal }: BackupOptions,
): Promise<{ hashes: Map<string, string>; bulletins: number; damaged: string[] }> {
  const archive = pack()
  const writing = pipeline(archive, createGzip(), createWriteStream(staged, { flags: 'wx' }))
  let failure: unknown = null
  writing.catch((thrown: unknown) => {
    failure = thrown
    archive.destroy()
  })
  const hashes = new Map<string, string>()
  const put = async (path: string, bytes: Buffer): Promise<void> => {
    hashes.set(path, sha256(bytes))
    if (failure !== null) throw asWriteError(failure, 'backup', staged)
    await new Promise<void>((resolve, reject) => {
      const entry = archive.entry({ name: path, mtime: now }, bytes, (error) =>
        error == null ? resolve() : reject(error),
      )
      entry.once('error', reject)
      archive.once('close', () => reject(new Error('the file was closed')))
    }).catch((thrown: unknown) => {
      throw asWriteError(failure ?? thrown, 'backup', staged)
    })
    archive.removeAllListeners('close')
  }

  await put(
    backupHeader,
    Buffer.from(`${JSON.stringify({ format: 'bantin-backup/1.0', created: now.toISOString(), program })}\n`),
  )
  const damaged: string[] = []
  const putOther = async (path: string): Promise<void> => {
    const bytes = await readIfExists(join(root, path))
    if (bytes === 'unread') damaged.push(path)
    else if (bytes !== null) await put(path, bytes)
  }
  for (const path of otherFiles) await putOther(path)
  const folders = await listBulletinFolders(root, (path) => damaged.push(path))
  let bulletins = 0
  for (const [done, folder] of folders.entries()) {
    if (signal?.aborted === true) throw new AppError('cancelled', 'backup: cancelled')
    onProgress?.(done, folders.length, folder)
    const found = await readConsistentFolder(root, folder)
    // A folder that no longer exists is skipped. Its bulletin moved to the trash, or back, during the backup, and the
    // list of folders also has its new path.
    if (found === null) continue
    if (!found.isWhole) damaged.push(folder)
    for (const [path, bytes] of found.files) await put(`${folder}/${path}`, bytes)
    if (found.files.size > 0) bulletins += 1
  }
  for (const name of otherFolders) {
    if (!isPlainFolder(root, name)) {
      damaged.push(name)
      continue
    }
    const paths = await listFiles(join(root, name)).catch((thrown: unknown) => {
      if (isReadFailure(thrown)) damaged.push(name)
      else if (systemCode(thrown) !== 'ENOENT') throw thrown
      return []
    })
    for (const path of paths) await putOther(`${name}/${path}`)
  }
  const manifest = Buffer.from(formatManifest(hashes))
  await put(backupManifest, manifest)
  archive.finalize()
  await writing
  onProgress?.(folders.length, folders.length, '')
  return { hashes, bulletins, damaged }
}

/** Reads the bytes of a file. Returns null if the file does not exist, or `unread` if the disk can't read it. */
async function readIfExists(path: string): Promise<Buffer | null | 'unread'> {
  return readPlainFile(path).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return null
    if (!isReadFailure(thrown)) throw thrown
    return 'unread'
  })
}

/**
 * Reads all files of a bulletin in one consistent state. In the result, the manifest is the last entry. If the disk
 * can't read some of the files, returns only the readable ones. Returns null if the folder no longer exists.
 */
async function readConsistentFolder(
  root: string,
  folder: string,
): Promise<{ files: Map<string, Buffer>; isWhole: boolean } | null> {
  let last: Map<string, Buffer> | null = null
  for (let attempt = 0; attempt < retries.maxAttempts; attempt++) {
    if (attempt > 0) await sleep(retries.pauseMs)
    try {
      const files = new Map<string, Buffer>()
      let isAllRead = true
      for (const path of await listFiles(join(root, folder))) {
        const bytes = await readIfExists(join(root, folder, path))
        if (bytes === 'unread') isAllRead = false
        else if (bytes !== null) files.set(path, bytes)
      }
      last = files
      if (isAllRead && isWhole(files)) return { files: withManifestLast(files), isWhole: true }
    } catch (thrown) {
      if (isReadFailure(thrown)) return { files: last ?? new Map<string, Buffer>(), isWhole: false }
      // ENOENT means that a file moved during the read of the folder. In this case the folder is read again.
      if (systemCode(thrown) !== 'ENOENT') throw thrown
      const isMissing = await readdir(join(root, folder)).then(
        () => false,
        () => true,
      )
      if (isMissing) return null
    }
  }
  return last === null ? null : { files: withManifestLast(last), isWhole: false }
}

function isWhole(files: ReadonlyMap<string, Buffer>): boolean {
  const text = files.get(manifestName)
  if (text === undefined) return false
  try {
    return [...parseManifest(text.toString('utf8'))].every(([path, hash]) => {
      const bytes = files.get(path)
      return bytes !== undefined && sha256(bytes) === hash
    })
  } catch (thrown) {
    if (thrown instanceof AppError) return false
    throw thrown
  }
}

function withManifestLast(files: Map<string, Buffer>): Map<string, Buffer> {
  return new Map([...files].sort(([a], [b]) => Number(a === manifestName) - Number(b === manifestName)))
}

/** Reads the backup back and checks that every entry has the bytes that were written. */
async function compareArchive(
  staged: string,
  hashes: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<void> {
  let count = 0
  for await (const { path, bytes } of readArchive(staged)) {
    if (signal?.aborted === true) throw new AppError('cancelled', 'backup: cancelled')
    if (hashes.get(path) !== sha256(bytes))
      throw new AppError('backup-damaged', `backup: ${path} reads back differently`, { file: staged })
    count += 1
  }
  if (count !== hashes.size) throw new AppError('backup-damaged', 'backup: reads back incomplete', { file: staged })
}
