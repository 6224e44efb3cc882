import { createWriteStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { AppError } from '../../../shared/errors'
import { filesBelow } from '../store/commit'
import { asWriteError, isReadFailure, moveDurably, randomName, removeStaged, syncFile, systemCode } from '../../files'
import { sha256 } from '../store/identity'
import { formatManifest, manifestName, parseManifest } from '../store/manifest'
import { listBulletinFolders, type Progress } from '../store/bulletin-folders'
import { backupAbout, backupManifest, readArchive } from './read-archive'

/** Folders of a library that belong into a backup beside the bulletins; the index and what is staged do not. */
const otherFolders = ['sources', 'refreshes/known', 'tombstones', 'log', 'damaged']
const otherFiles = ['library.json', 'README.txt']
/** How often, and after how many ms, a bulletin is read again that changes while it is read. */
const readings = { maxAttempts: 10, pauseMs: 50 }

/** A finished backup. */
export interface Backup {
  file: string
  bulletins: number
  /** Folders that do not match their own manifest: they are in the backup as they are. And what the disk did not give. */
  damaged: string[]
}

/** What a backup needs. */
export interface BackupOptions {
  program: string
  now: Date
  onProgress?: Progress
  signal?: AbortSignal
}

/**
 * Writes the whole library into one file (tar and gzip: any system reads it without us). Each bulletin is checked
 * against its manifest while it is read; the finished file is read back and compared before it takes its name. Needs
 * no lock: a bulletin that changes meanwhile is read again. Throws `backup-damaged`, `cancelled` and as writes do.
 */
export async function writeBackup(root: string, file: string, options: BackupOptions): Promise<Backup> {
  const staged = `${file}.${randomName()}.part`
  await removeAbandonedParts(dirname(file), { of: basename(file), olderThanMs: abandonedMs })
  try {
    const { hashes, bulletins, damaged } = await writeArchive(root, staged, options)
    await syncFile(staged)
    await compare(staged, hashes, options.signal)
    await moveDurably(staged, file)
    return { file, bulletins, damaged }
  } catch (thrown) {
    throw asWriteError(thrown, 'backup', file)
  } finally {
    await removeStaged(staged)
  }
}

/** No backup rests for so long while it is written. */
const abandonedMs = 60 * 60 * 1000

/** Takes away what a backup that was killed left in a folder: of one file or of all. What can't be taken away stays. */
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
    backupAbout,
    Buffer.from(`${JSON.stringify({ format: 'bantin-backup/1.0', created: now.toISOString(), program })}\n`),
  )
  const damaged: string[] = []
  const putOther = async (path: string): Promise<void> => {
    const bytes = await readIfThere(join(root, path))
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
    // Moved meanwhile (to the trash and back): it stands, or will stand, under its other name.
    if (found === null) continue
    if (!found.isWhole) damaged.push(folder)
    for (const [path, bytes] of found.files) await put(`${folder}/${path}`, bytes)
    if (found.files.size > 0) bulletins += 1
  }
  for (const name of otherFolders) {
    const paths = await filesBelow(join(root, name)).catch((thrown: unknown) => {
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

/** A file's bytes; null where there is none, `unread` where the disk does not give them. */
async function readIfThere(path: string): Promise<Buffer | null | 'unread'> {
  return readFile(path).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return null
    if (!isReadFailure(thrown)) throw thrown
    return 'unread'
  })
}

/**
 * All files of a bulletin as they belong together, the manifest last; those that the disk gives where it does not give
 * all. Null where the folder has gone.
 */
async function readConsistentFolder(
  root: string,
  folder: string,
): Promise<{ files: Map<string, Buffer>; isWhole: boolean } | null> {
  let last: Map<string, Buffer> | null = null
  for (let reading = 0; reading < readings.maxAttempts; reading++) {
    if (reading > 0) await sleep(readings.pauseMs)
    try {
      const files = new Map<string, Buffer>()
      let isAllRead = true
      for (const path of await filesBelow(join(root, folder))) {
        const bytes = await readIfThere(join(root, folder, path))
        if (bytes === 'unread') isAllRead = false
        else if (bytes !== null) files.set(path, bytes)
      }
      last = files
      if (isAllRead && isWhole(files)) return { files: manifestLast(files), isWhole: true }
    } catch (thrown) {
      if (isReadFailure(thrown)) return { files: last ?? new Map<string, Buffer>(), isWhole: false }
      if (systemCode(thrown) !== 'ENOENT') throw thrown // a file left while we read: once more
      const isGone = await readdir(join(root, folder)).then(
        () => false,
        () => true,
      )
      if (isGone) return null
    }
  }
  return last === null ? null : { files: manifestLast(last), isWhole: false }
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

function manifestLast(files: Map<string, Buffer>): Map<string, Buffer> {
  return new Map([...files].sort(([a], [b]) => Number(a === manifestName) - Number(b === manifestName)))
}

/** Reads the file back: every entry is there with the bytes that were put in. */
async function compare(staged: string, hashes: ReadonlyMap<string, string>, signal?: AbortSignal): Promise<void> {
  let count = 0
  for await (const { path, bytes } of readArchive(staged)) {
    if (signal?.aborted === true) throw new AppError('cancelled', 'backup: cancelled')
    if (hashes.get(path) !== sha256(bytes))
      throw new AppError('backup-damaged', `backup: ${path} reads back differently`, { file: staged })
    count += 1
  }
  if (count !== hashes.size) throw new AppError('backup-damaged', 'backup: reads back incomplete', { file: staged })
}
