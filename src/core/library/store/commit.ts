import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { bulletinOf, contentOf, names, readFolder, revisionPath } from './bulletin-folder'
import { bulletinPage } from './bulletin-page'
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
} from '../../files'
import type { WriteDocument } from '../../document-writer'
import { bulletinDocument, readDocument } from './documents'
import { sha256 } from './identity'
import { formatManifest, type Manifest, manifestName, nextManifestName, readManifest } from './manifest'

/** What a write needs of the library. */
export interface WriteContext {
  /** The library's folder. */
  root: string
  /** Where everything is staged. */
  staging: string
  writeDocument: WriteDocument
  /** Called when a failed change could be neither finished nor undone now: the next writer must settle it. */
  onRecoveryNeeded(folder: string): void
}

/** New content of a bulletin's folder, by path below it. */
export interface Change {
  files: ReadonlyMap<string, Uint8Array>
  /** Written once: captures and revisions. */
  documents: ReadonlyMap<string, Record<string, unknown>>
  /** The new `bulletin.json`; null where it stays as it is. */
  bulletin: Record<string, unknown> | null
}

const nextBulletin = `${names.bulletin}.next`

/**
 * Writes a change of a bulletin so that after any crash it is wholly there or wholly not (FORMAT). A new bulletin's
 * folder is staged whole and then renamed into its place. A change of an old one: new files and documents first, then
 * `bulletin.json.next` and `manifest-sha256.next`; from then on the change can always be finished; then they take their
 * places, the manifest last. When a write fails, the change is undone at once and the error thrown (`disk-full`,
 * `library-read-only`, `write-failed`).
 */
export async function commitChange(writing: WriteContext, folder: string, change: Change): Promise<void> {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined)
    return storeFolder(writing, folder, {
      fill: (staged) => writeNew(writing, staged, change),
      duringSync: (staged) => writeNewPage(staged, change),
    })
  try {
    await writeChange(writing, folder, change)
  } catch (thrown) {
    const recovery = await recoverFolder(folder).catch(() => 'unsettled' as const)
    if (recovery === 'unsettled') writing.onRecoveryNeeded(folder)
    if (recovery !== 'finished') throw asWriteError(thrown, 'store', folder)
  }
}

const insides = [names.revisions, names.captures, names.files]

/** What a new folder is made of. */
export interface NewFolder {
  /** Writes its files in the staged folder and returns their paths below it: those that are to be synced. */
  fill(staged: string): Promise<string[]> | string[]
  /** Writes there what needs no syncing, while the disk works. */
  duringSync?(staged: string): Promise<void>
  /** Runs when nothing is left but to move the folder into its place. */
  beforeMove?(): Promise<void>
}

/**
 * Stores a new folder below the library in one step: its files are written in a staged folder, all of them are synced
 * at once, which the system does together, and the folder is renamed into its place. Throws `disk-full`,
 * `library-read-only`, `write-failed`; there is then no such folder.
 */
export async function storeFolder(
  { root, staging, onRecoveryNeeded: onUnsettled }: WriteContext,
  folder: string,
  { fill, duringSync: meanwhile, beforeMove: makeWay }: NewFolder,
): Promise<void> {
  const staged = join(staging, randomName())
  let isStored = false
  try {
    mkdirSync(staged, { recursive: true })
    for (const name of insides) mkdirSync(join(staged, name))
    const files = await fill(staged)
    const folders = ['.', ...insides]
    await Promise.all([
      ...files.map((path) => syncFile(join(staged, path))),
      ...folders.map((path) => syncFolder(join(staged, path))),
      meanwhile?.(staged),
    ])
    await makeFolder(root, dirname(folder))
    await makeWay?.()
    await moveDurably(staged, folder, { syncsFolder: false })
    isStored = true
    await syncFolder(dirname(folder))
  } catch (thrown) {
    await removeStaged(staged)
    if (!isStored) throw asWriteError(thrown, 'store', folder)
    // It stands, but a power cut might still undo that: the next start looks whether it does.
    onUnsettled(folder)
  }
}

/** Writes a new bulletin's files into its staged folder; returns those that are to be synced. */
export async function writeNew(
  writing: WriteContext,
  staged: string,
  { files, documents, bulletin }: Change,
): Promise<string[]> {
  const manifest = new Map<string, string>()
  for (const [path, bytes] of files) {
    manifest.set(path, sha256(bytes))
    writeNewFile(join(staged, path), bytes)
  }
  for (const [path, document] of allDocuments({ documents, bulletin }))
    manifest.set(path, sha256(await writing.writeDocument(join(staged, path), document, { isStaged: true })))
  writeNewFile(join(staged, manifestName), Buffer.from(formatManifest(manifest)))
  return [...manifest.keys(), manifestName]
}

/** `index.html` of a new bulletin: derived, and made again whenever it is missing, so that nobody waits for the disk. */
export async function writeNewPage(staged: string, change: Change): Promise<void> {
  const page = bulletinPage(bulletinOf(contentOf(allDocuments(change))))
  await writeFile(join(staged, names.page), page)
}

function allDocuments({ documents, bulletin }: Pick<Change, 'documents' | 'bulletin'>): Change['documents'] {
  return bulletin === null ? documents : new Map([...documents, [names.bulletin, bulletin]])
}

async function writeChange(writing: WriteContext, folder: string, change: Change): Promise<void> {
  await makeFolder(writing.root, ...insides.map((name) => join(folder, name)))
  const current = await readManifest(folder)
  // Begun from nothing, the new manifest would disown everything the folder holds.
  if (current === null) throw new AppError('bulletin-damaged', `change ${folder}: no manifest`, { file: folder })
  const manifest = new Map(current)
  for (const [path, bytes] of change.files) {
    manifest.set(path, sha256(bytes))
    await writeDurably(writing.staging, join(folder, path), bytes)
  }
  for (const [path, document] of change.documents)
    manifest.set(path, sha256(await writing.writeDocument(join(folder, path), document)))
  if (change.bulletin !== null) {
    // Its name is synced with that of the next manifest, which lies in the same folder.
    const next = await writing.writeDocument(join(folder, nextBulletin), change.bulletin, { syncsFolder: false })
    manifest.set(names.bulletin, sha256(next))
  }
  await writeDurably(writing.staging, join(folder, nextManifestName), Buffer.from(formatManifest(manifest)))
  await finishChange(folder)
}

/** The last steps of a change, from a complete `manifest-sha256.next` on; may be repeated after a crash. */
async function finishChange(folder: string): Promise<void> {
  if (await exists(join(folder, nextBulletin)))
    await moveDurably(join(folder, nextBulletin), join(folder, names.bulletin))
  await writePage(folder)
  await moveDurably(join(folder, nextManifestName), join(folder, manifestName))
}

/** What {@link recoverFolder} found and did. */
export type FolderRecovery = 'intact' | 'finished' | 'undone' | 'swept'

/**
 * Brings a folder to rest after a crash: a change whose new manifest is complete is finished, any other is undone; an
 * empty folder is swept. Looks at names, not at content: what a disk did to old files is found by verify. Throws
 * `bulletin-damaged` where a manifest is lost, cut, or disowns what stood before it: a new bulletin arrives whole, so
 * that is damage and no cut-off import, and nothing is taken away.
 */
export async function recoverFolder(folder: string): Promise<FolderRecovery> {
  const next = await readManifest(folder, nextManifestName).catch(() => null)
  if (next !== null && (await isComplete(folder, next))) {
    await finishChange(folder)
    return 'finished'
  }
  const current = await readManifest(folder)
  const files = await filesBelow(folder)
  if (current === null) {
    if (files.length > 0) throw new AppError('bulletin-damaged', `recover ${folder}: no manifest`, { file: folder })
    await rm(folder, { recursive: true, force: true })
    return 'swept'
  }
  const strays = files.filter((path) => !current.has(path) && !isOutsideManifest(path) && isOurs(path))
  if (strays.length > 0) await checkDisowned(folder, current, strays)
  for (const path of strays) await rm(join(folder, path), { force: true })
  if (!files.includes(names.page) || (await stat(join(folder, names.page))).size === 0) await writePage(folder)
  return strays.length > 0 ? 'undone' : 'intact'
}

/** `index.html`: derived, and made again whenever it is missing, so nobody waits for the disk. */
async function writePage(folder: string): Promise<void> {
  writeFileSync(join(folder, names.page), bulletinPage(bulletinOf(await readFolder(folder))))
}

/** Whether a path is one a change of ours makes; what somebody else put into the folder is not ours to take away. */
function isOurs(path: string): boolean {
  return path.endsWith('.next') || insides.some((name) => path.startsWith(`${name}/`))
}

/**
 * What a cut-off change left is younger than the manifest, and the current revision is never part of it. Anything else
 * outside the manifest has been in it: the manifest lost lines.
 */
async function checkDisowned(folder: string, manifest: Manifest, strays: readonly string[]): Promise<void> {
  const { revision } = await readDocument(join(folder, names.bulletin), bulletinDocument)
  const written = (await stat(join(folder, manifestName))).mtimeMs
  const times = await Promise.all(strays.map(async (path) => (await stat(join(folder, path))).mtimeMs))
  if (!manifest.has(revisionPath(revision)) || times.some((time) => time < written))
    throw new AppError('bulletin-damaged', `recover ${folder}: the manifest lost lines`, { file: folder })
}

/** Whether a path below a bulletin's folder stands outside its manifest by design: derived, or the reader's own. */
export function isOutsideManifest(path: string): boolean {
  return path === manifestName || path === names.page || path === names.status
}

async function isComplete(folder: string, manifest: Manifest): Promise<boolean> {
  for (const [path, hash] of manifest) {
    const candidates = path === names.bulletin ? [nextBulletin, path] : [path]
    const hashes = await Promise.all(candidates.map((candidate) => hashOf(join(folder, candidate))))
    if (!hashes.includes(hash)) return false
  }
  return true
}

/** sha256 of a file; null where it can't be read. */
export async function hashOf(path: string): Promise<string | null> {
  try {
    return sha256(await readFile(path))
  } catch {
    return null // missing or unreadable: either way it does not match
  }
}

/** All files below a folder, as paths with forward slashes, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
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
