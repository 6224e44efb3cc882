import { basename, join } from 'node:path'
import { stat } from 'node:fs/promises'
import type { RestoreResult } from '../../../shared/contract/api'
import { AppError, toErrorShape } from '../../../shared/errors'
import type { WriteContext } from '../store/commit'
import { exists, makeFolder, systemCode, writeDurably } from '../../files'
import { sha256 } from '../store/identity'
import { parseManifest } from '../store/manifest'
import { toStranger } from '../sources/own-sources'
import { parseDocument, type SourceDocument, sourceDocument } from '../store/documents'
import { isDeletedForGood, removeTombstone } from '../changes/tombstones'
import { type BackupEntry, backupHeader, backupManifest, readFormat, readArchive } from './read-archive'
import { mergeBulletin, type MergeOutcome } from './merge-bulletin'

/** The dependencies of a restore. */
export interface RestoreParts {
  writing: WriteContext
  /**
   * Returns the folder of a bulletin, relative to the library. Returns null if the library does not have the bulletin.
   */
  findFolder(id: string): Promise<string | null>
  /** Runs the merge of one bulletin while nothing else writes. */
  exclusive<T>(write: () => Promise<T>): Promise<T>
  /** Called after a bulletin's folder was written or changed. */
  onStored(folder: string): Promise<void>
  /** Whether bulletins that the user deleted for good are restored too. */
  withDeleted: boolean
  signal: AbortSignal
  onProgress(done: number, total: number, current: string): void
}

const bulletinPath = /^((?:bulletins|trash)\/[^/]+\/[^/]+\/[^/]+)\/(.+)$/

/**
 * Restores a backup into a library, which may already have bulletins. A new bulletin gets the folder that it has in the
 * backup. A bulletin whose id the library already has is merged. Nothing in the library is overwritten or deleted.
 * The backup may come from another person. So its pages are made again, and its sources sleep, which means that no
 * refresh reads them until the user turns them on.
 * A bulletin that does not match its manifest is left out and listed in `failed`. If the archive is damaged, everything
 * before the damage is restored, and `isWhole` is false.
 * Throws `unreadable`, `not-a-backup` or `backup-newer` for the file, `cancelled`, and the errors of a write.
 */
export async function restoreBackup(file: string, parts: RestoreParts): Promise<RestoreResult> {
  const result: RestoreResult = {
    bulletins: 0,
    added: 0,
    merged: 0,
    unchanged: 0,
    skipped: 0,
    failed: [],
    isWhole: true,
  }
  const { size } = await stat(file).catch((thrown: unknown) => {
    throw new AppError('unreadable', `restore ${file}: ${String(thrown)}`, { name: basename(file) }, { cause: thrown })
  })
  const asleep = new Set<string>()
  let readBytes = 0
  let isBackup = false
  let expected: ReadonlyMap<string, string> | null = null
  const hashes = new Map<string, string>()
  const reading: { current: { folder: string; files: Map<string, Buffer> } | null } = { current: null }
  const finish = async (): Promise<void> => {
    if (reading.current === null) return
    const { folder, files } = reading.current
    reading.current = null
    result.bulletins += 1
    try {
      result[await restoreOne(parts, folder, files)] += 1
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === 'bulletin-damaged')) throw thrown
      const { code, message, details } = toErrorShape(thrown)
      result.failed.push({ path: folder, code, message, details: { ...details, id: basename(folder) } })
    }
  }
  try {
    for await (const entry of readArchive(file)) {
      if (parts.signal.aborted) throw new AppError('cancelled', 'restore: cancelled')
      readBytes += entry.bytes.byteLength
      if (entry.path === backupHeader) isBackup = true
      if (!isBackup) throw new AppError('not-a-backup', `restore ${file}: not a backup`, { name: basename(file) })
      // The format is checked here, before anything of a newer format is restored. Both documents that contain a format
      // come before every bulletin in the archive.
      if (entry.path === backupHeader || entry.path === 'library.json') refuseNewer(entry, file)
      if (entry.path === backupManifest) expected = parseManifest(entry.bytes.toString('utf8'))
      else hashes.set(entry.path, sha256(entry.bytes))
      const [, folder, path] = bulletinPath.exec(entry.path) ?? []
      if (reading.current?.folder !== folder) await finish()
      if (folder === undefined || path === undefined)
        await restoreOther(parts, entry, asleep).catch((thrown: unknown) => {
          if (!(thrown instanceof AppError && thrown.code === 'source-damaged')) throw thrown
          const { code, message, details } = toErrorShape(thrown)
          result.failed.push({ path: entry.path, code, message, details: { ...details, id: basename(entry.path) } })
        })
      else {
        reading.current ??= { folder, files: new Map() }
        reading.current.files.set(path, entry.bytes)
      }
      // The progress compares the number of decompressed bytes with the size of the compressed file, so it is only
      // approximate.
      parts.onProgress(Math.min(readBytes, size), Math.max(size, readBytes), folder ?? entry.path)
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'backup-damaged')) throw thrown
    if (!isBackup) throw new AppError('not-a-backup', thrown.message, { name: basename(file) }, { cause: thrown })
    result.isWhole = false
  }
  await finish()
  if (expected === null || [...expected].some(([path, hash]) => hashes.get(path) !== hash)) result.isWhole = false
  return asleep.size === 0 ? result : { ...result, asleep: asleep.size }
}

/** Throws `backup-newer` if a document has a format of a higher major version. */
function refuseNewer({ bytes }: BackupEntry, file: string): void {
  const format = readFormat(bytes) ?? ''
  const [, major = 0] = /^bantin-(?:backup|library)\/(\d+)\.\d+$/.exec(format) ?? []
  if (Number(major) > 1)
    throw new AppError('backup-newer', `restore ${file}: format ${format}`, { name: basename(file), format })
}

async function restoreOne(parts: RestoreParts, folder: string, files: Map<string, Buffer>): Promise<MergeOutcome> {
  const { writing, withDeleted } = parts
  return parts.exclusive(() =>
    mergeBulletin(files, {
      writing,
      folder,
      findFolder: parts.findFolder,
      isDeleted: (id) => !withDeleted && isDeletedForGood(writing.root, id),
      onStored: async (stored, id) => {
        await removeTombstone(writing, id)
        await parts.onStored(stored)
      },
    }),
  )
}

/**
 * The paths of the files that are restored although they are outside the folders of bulletins. Any other file outside
 * these folders is not restored.
 */
const otherPaths = {
  tombstone: /^tombstones\/([0-9a-z]{16}(?:~\d+)?)\.json$/,
  source: /^sources\/([0-9a-hjkmnp-tv-z]{16})\.json$/,
  /** The crawl state of a source. */
  known: /^refreshes\/known\/([0-9a-hjkmnp-tv-z]{16})\.json$/,
  /**
   * The events of the journal. The results of verifications are not restored, because they describe the files on
   * another disk.
   */
  events: /^log\/events-\d{4}\.jsonl$/,
  /** The damaged files. `index.html` files are not restored, because the program makes them again. */
  damaged: /^damaged\/(?!(?:.*\/)?index\.html$).+$/,
}

/**
 * Restores a file that belongs to no bulletin, unless the library has a file at the same path. `asleep` collects the
 * ids of the restored sources. Throws `source-damaged` for a source that can't be read.
 */
async function restoreOther(parts: RestoreParts, { path, bytes }: BackupEntry, asleep: Set<string>): Promise<void> {
  const { writing, findFolder } = parts
  const kind = Object.entries(otherPaths).find(([, pattern]) => pattern.test(path))?.[0]
  if (kind === undefined) return
  const id = basename(path, '.json')
  // A tombstone records that a bulletin was deleted for good. It is not restored if this library has the bulletin.
  if (kind === 'tombstone' && (await findFolder(id)) !== null) return
  // A crawl state contains addresses that a refresh downloads. So it is restored only together with its source, which
  // sleeps.
  if (kind === 'known' && !asleep.has(id)) return
  const target = join(writing.root, path)
  if (await exists(target)) return
  if (kind === 'source') {
    await restoreSource(parts, path, bytes)
    asleep.add(id)
    return
  }
  await makeFolder(writing.root, join(target, '..')).catch((thrown: unknown) => {
    if (systemCode(thrown) !== 'EEXIST') throw thrown
  })
  await writeDurably(writing.staging, target, bytes)
}

/**
 * Restores a source with no approval, so that the source sleeps until the user turns it on. Its permission for private
 * addresses, schedule and health are not restored.
 */
async function restoreSource({ writing, exclusive }: RestoreParts, path: string, bytes: Buffer): Promise<void> {
  const target = join(writing.root, path)
  const source = parseSource(path, bytes)
  await makeFolder(writing.root, join(target, '..'))
  await exclusive(() => writing.writeDocument(target, { ...toStranger(source), approvals: [] }))
}

function parseSource(path: string, bytes: Buffer): SourceDocument {
  try {
    const source = parseDocument(bytes.toString('utf8'), sourceDocument, path)
    if (`${source.id}.json` === basename(path)) return source
  } catch (thrown) {
    throw new AppError('source-damaged', `restore ${path}: damaged`, { file: path }, { cause: thrown })
  }
  throw new AppError('source-damaged', `restore ${path}: another id`, { file: path })
}
