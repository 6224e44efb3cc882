import { lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { toBulletin, toFolderContent, names, readFolder, revisionPath } from './bulletin-folder'
import { createBulletinPage } from './bulletin-page'
import {
  asWriteError,
  exists,
  makeFolder,
  moveDurably,
  randomName,
  removeStaged,
  syncFile,
  syncFolder,
  writeDurably,
  writeNewFile,
  writeOnce,
} from '../../files'
import type { WriteDocument } from '../../document-writer'
import type { SanitizeBody } from '../../text/sanitize-task'
import type { OwnKey } from '../../trust/own-key'
import { endLongTurn } from '../../threads/event-loop'
import { readPlainFile, readPlainFileNow } from '../../trust/plain-files'
import { bulletinDocument, readDocument } from './documents'
import { sha256 } from './identity'
import { formatManifest, type Manifest, manifestName, nextManifestName, readManifest } from './manifest'

/** What every write of the library needs. */
export interface WriteContext {
  /** The library's folder. */
  root: string
  /** The folder in which files are prepared before they are renamed to their final place. */
  staging: string
  writeDocument: WriteDocument
  ownKey: OwnKey
  /** Sanitises the body in the page of a bulletin. */
  sanitize: SanitizeBody
  /**
   * Called with the folder of a change that failed and could neither be finished nor undone. The next writer must
   * recover the folder.
   */
  onRecoveryNeeded(folder: string): void
  /** Called with each new or moved bulletin folder, as a path relative to the library. */
  onFolderStored(folder: string): void
}

/** A change of a bulletin: its new files and documents. Each key is a path relative to the bulletin's folder. */
export interface Change {
  files: ReadonlyMap<string, Uint8Array>
  /** New captures and revisions. A stored capture or revision is never changed later. */
  documents: ReadonlyMap<string, Record<string, unknown>>
  /** The new content of `bulletin.json`. Null if the content does not change. */
  bulletin: Record<string, unknown> | null
}

const nextBulletin = `${names.bulletin}.next`

/**
 * Writes a change of a bulletin atomically: after a crash, the change is complete or absent
 * (`docs/format/library-1.md`).
 * The folder of a new bulletin is written in the staging folder and then renamed.
 * A change of a stored bulletin first writes the new files and documents, then `bulletin.json.next`, then
 * `manifest-sha256.next`. From then on, {@link recoverFolder} can always finish the change. Last, `bulletin.json.next`
 * and `manifest-sha256.next` are renamed, in this order.
 * If a write fails, the change is undone at once and the error is thrown: `disk-full`, `library-read-only`,
 * `write-failed`.
 */
export async function commitChange(writing: WriteContext, folder: string, change: Change): Promise<void> {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined)
    return storeFolder(writing, folder, {
      fill: (staged) => writeNewFiles(writing, staged, change),
      duringSync: (staged) => writeNewPage(writing, staged, change),
    })
  try {
    await writeChange(writing, folder, change)
  } catch (thrown) {
    const recovery = await recoverFolder(writing, folder).catch(() => 'failed' as const)
    if (recovery === 'failed') writing.onRecoveryNeeded(folder)
    if (recovery !== 'finished') throw asWriteError(thrown, 'store', folder)
  }
}

function toRelativePath(root: string, path: string): string {
  return path.slice(root.length + 1).replaceAll('\\', '/')
}

const subfolders = [names.revisions, names.captures, names.files]

/** The callbacks that fill the new folder of {@link storeFolder}. */
export interface NewFolder {
  /** Writes files into the staged folder. Returns the files that must be synced, as paths below the staged folder. */
  fill(staged: string): Promise<string[]> | string[]
  /** Writes the files that need no sync. It runs while the files of `fill` are synced. */
  duringSync?(staged: string): Promise<void>
  /** Called when every step except the rename is done. */
  beforeMove?(): Promise<void>
}

/**
 * Stores a new folder in the library in one step. Fills a folder in the staging folder, syncs its files, and renames it
 * to its final path. The files are synced at the same time, so that the system can combine the writes. Throws
 * `disk-full`, `library-read-only`, `write-failed`. After an error, the new folder does not exist.
 */
export async function storeFolder(
  { root, staging, onRecoveryNeeded, onFolderStored }: WriteContext,
  folder: string,
  { fill, duringSync, beforeMove }: NewFolder,
): Promise<void> {
  const staged = join(staging, randomName())
  let isStored = false
  try {
    mkdirSync(staged, { recursive: true })
    for (const name of subfolders) mkdirSync(join(staged, name))
    const files = await fill(staged)
    const folders = ['.', ...subfolders]
    await Promise.all([
      ...files.map((path) => syncFile(join(staged, path))),
      ...folders.map((path) => syncFolder(join(staged, path))),
      duringSync?.(staged),
    ])
    await makeFolder(root, dirname(folder))
    await beforeMove?.()
    // On Linux, a rename replaces an existing empty folder. On Windows, it fails without a clear error.
    if (await exists(folder)) throw new AppError('file-exists', `store ${folder}: the folder exists`, { path: folder })
    await moveDurably(staged, folder, { syncsFolder: false })
    isStored = true
    onFolderStored(toRelativePath(root, folder))
    await syncFolder(dirname(folder))
  } catch (thrown) {
    await removeStaged(staged)
    if (!isStored) throw asWriteError(thrown, 'store', folder)
    // The folder has moved, but the move is not synced to the disk. A power cut may undo the move, so the next writer
    // must recover the folder.
    onRecoveryNeeded(folder)
  }
}

/** Writes the files and documents of a new bulletin into its staged folder. Returns the paths to sync. */
export async function writeNewFiles(
  writing: WriteContext,
  staged: string,
  { files, documents, bulletin }: Change,
): Promise<string[]> {
  const manifest = new Map<string, string>()
  for (const [path, bytes] of files) {
    manifest.set(path, sha256(bytes))
    writeNewFile(join(staged, path), bytes)
    await endLongTurn()
  }
  for (const [path, document] of allDocuments({ documents, bulletin }))
    manifest.set(path, sha256(await writing.writeDocument(join(staged, path), document, { isStaged: true })))
  writeNewFile(join(staged, manifestName), Buffer.from(formatManifest(manifest)))
  return [...manifest.keys(), manifestName]
}

/**
 * Writes `index.html` of a new bulletin. The file is not synced, because a recovery writes it again if it is missing.
 */
export async function writeNewPage(
  { sanitize }: Pick<WriteContext, 'sanitize'>,
  staged: string,
  change: Change,
): Promise<void> {
  const bulletin = toBulletin(toFolderContent(allDocuments(change)))
  const page = await createBulletinPage(
    bulletin,
    sanitize,
    (file) => change.files.get(`${names.files}/${file}`) ?? null,
  )
  await writeFile(join(staged, names.page), page)
}

function allDocuments({ documents, bulletin }: Pick<Change, 'documents' | 'bulletin'>): Change['documents'] {
  return bulletin === null ? documents : new Map([...documents, [names.bulletin, bulletin]])
}

async function writeChange(writing: WriteContext, folder: string, change: Change): Promise<void> {
  await makeFolder(writing.root, ...subfolders.map((name) => join(folder, name)))
  const current = await readManifest(folder)
  // A bulletin without a manifest is damaged, and the change is refused. A new manifest would list only the files of
  // this change and leave out all others.
  if (current === null) throw new AppError('bulletin-damaged', `change ${folder}: no manifest`, { file: folder })
  const manifest = new Map(current)
  for (const [path, bytes] of change.files) {
    manifest.set(path, sha256(bytes))
    await writeOnce(join(folder, path), bytes)
  }
  for (const [path, document] of change.documents)
    manifest.set(path, sha256(await writing.writeDocument(join(folder, path), document, { isOnce: true })))
  if (change.bulletin !== null) {
    // `bulletin.json.next` and `manifest-sha256.next` are in the same folder. The sync of the folder below covers both
    // names.
    const next = await writing.writeDocument(join(folder, nextBulletin), change.bulletin, { syncsFolder: false })
    manifest.set(names.bulletin, sha256(next))
  }
  await writeDurably(writing.staging, join(folder, nextManifestName), Buffer.from(formatManifest(manifest)))
  await finishChange(writing, folder)
  if (!(await exists(join(folder, names.page)))) writing.onRecoveryNeeded(folder)
}

/**
 * Runs the last steps of a change, after `manifest-sha256.next` is complete. After a crash, all of these steps can run
 * again.
 */
async function finishChange(writing: Pick<WriteContext, 'sanitize'>, folder: string): Promise<void> {
  if (await exists(join(folder, nextBulletin)))
    await moveDurably(join(folder, nextBulletin), join(folder, names.bulletin))
  // The change is complete even if the disk has no space for the page. A recovery writes the missing page later.
  await writePage(writing, folder).catch(() => rm(join(folder, names.page), { force: true }))
  await moveDurably(join(folder, nextManifestName), join(folder, manifestName))
}

/** The result of {@link recoverFolder}. `swept` means that an empty folder was deleted. */
export type FolderRecovery = 'intact' | 'finished' | 'undone' | 'swept'

/**
 * Recovers a folder after a crash. Finishes a change whose new manifest is complete, undoes any other change, and
 * deletes an empty folder. Checks only the names of the other files, because a verification checks their content.
 * Throws `bulletin-damaged` and deletes nothing if the manifest is missing or cut off, or if the manifest does not list
 * a file that is older than itself. An interrupted import can't be the cause, because the folder of a new bulletin is
 * complete before it is renamed into the library.
 */
export async function recoverFolder(writing: Pick<WriteContext, 'sanitize'>, folder: string): Promise<FolderRecovery> {
  const next = await readManifest(folder, nextManifestName).catch(() => null)
  if (next !== null && (await isComplete(folder, next))) {
    await finishChange(writing, folder)
    return 'finished'
  }
  const current = await readManifest(folder)
  const files = await listFiles(folder)
  if (current === null) {
    if (files.length > 0) throw new AppError('bulletin-damaged', `recover ${folder}: no manifest`, { file: folder })
    await rm(folder, { recursive: true, force: true })
    return 'swept'
  }
  const strays = files.filter((path) => !current.has(path) && !isOutsideManifest(path) && isWrittenByChange(path))
  if (strays.length > 0) await checkManifestIsComplete(folder, current, strays)
  for (const path of strays) await rm(join(folder, path), { force: true })
  if (!files.includes(names.page) || (await stat(join(folder, names.page))).size === 0) await writePage(writing, folder)
  return strays.length > 0 ? 'undone' : 'intact'
}

/**
 * Writes `index.html` of a stored bulletin. The file is not synced, because a recovery writes it again if it is
 * missing.
 */
export async function writePage(writing: Pick<WriteContext, 'sanitize'>, folder: string): Promise<void> {
  await replacePage(folder, await createPage(writing, folder))
}

/**
 * Replaces `index.html` of a stored bulletin by the page that the program makes now, if the two differ. For a damaged
 * bulletin, deletes the page and throws the error. The bulletin gets a new page when it is rebuilt.
 */
export async function renewPage(writing: Pick<WriteContext, 'sanitize'>, folder: string): Promise<void> {
  const page = await createPage(writing, folder).catch(async (thrown: unknown) => {
    await rm(join(folder, names.page), { recursive: true, force: true })
    throw thrown
  })
  const stored = await readPlainFile(join(folder, names.page)).catch(() => null)
  if (stored?.equals(Buffer.from(page)) !== true) await replacePage(folder, page)
}

async function createPage({ sanitize }: Pick<WriteContext, 'sanitize'>, folder: string): Promise<string> {
  return createBulletinPage(toBulletin(await readFolder(folder)), sanitize, (file) =>
    readPicture(join(folder, names.files, file)),
  )
}

function readPicture(path: string): Uint8Array | null {
  try {
    return readPlainFileNow(path)
  } catch {
    return null // A picture that is missing, unreadable or a link is left out of the page.
  }
}

/**
 * Replaces the page by a rename. If the path of the page is a link, the rename replaces the link itself and not the
 * file to which the link leads.
 */
async function replacePage(folder: string, page: string): Promise<void> {
  const [path, next] = [join(folder, names.page), join(folder, `${names.page}.next`)]
  for (const each of [path, next])
    if (lstatSync(each, { throwIfNoEntry: false })?.isDirectory() === true) await rm(each, { recursive: true })
  await rm(next, { force: true })
  writeFileSync(next, page, { flag: 'wx' })
  await moveDurably(next, path, { syncsFolder: false })
}

/**
 * Whether a change of a bulletin can have written the file at this path. A recovery deletes only such files, because
 * any other file comes from another program.
 */
function isWrittenByChange(path: string): boolean {
  return path.endsWith('.next') || subfolders.some((name) => path.startsWith(`${name}/`))
}

/**
 * Throws `bulletin-damaged` if lines are missing from the manifest. `strays` are the files that the manifest does not
 * list. The manifest is complete if an interrupted change wrote the strays: all of them are then newer than the
 * manifest, and none of them is the current revision.
 */
async function checkManifestIsComplete(folder: string, manifest: Manifest, strays: readonly string[]): Promise<void> {
  const { revision } = await readDocument(join(folder, names.bulletin), bulletinDocument)
  const written = (await stat(join(folder, manifestName))).mtimeMs
  const times = await Promise.all(strays.map(async (path) => (await stat(join(folder, path))).mtimeMs))
  if (!manifest.has(revisionPath(revision)) || times.some((time) => time < written))
    throw new AppError('bulletin-damaged', `recover ${folder}: the manifest lost lines`, { file: folder })
}

/**
 * Whether the file at `path` is never listed in a manifest. These files are the manifest itself, `index.html`, and the
 * user's `status.json`.
 */
export function isOutsideManifest(path: string): boolean {
  return path === manifestName || path === names.page || path === names.status
}

async function isComplete(folder: string, manifest: Manifest): Promise<boolean> {
  for (const [path, hash] of manifest) {
    const candidates = path === names.bulletin ? [nextBulletin, path] : [path]
    const hashes = await Promise.all(candidates.map((candidate) => hashFile(join(folder, candidate))))
    if (!hashes.includes(hash)) return false
  }
  return true
}

/** Returns the sha256 of a file, or null if the file can't be read. */
export async function hashFile(path: string): Promise<string | null> {
  try {
    return sha256(await readPlainFile(path))
  } catch {
    return null // A missing or unreadable file has no hash.
  }
}

/** Lists all files below a folder as sorted paths with forward slashes. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}
