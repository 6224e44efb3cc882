import { join } from 'node:path'
import type { Status } from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { type FolderContent, names, readFolder, readStatusDocument, revisionPath } from '../store/bulletin-folder'
import { commitChange, storeFolder, type WriteContext, writePage } from '../store/commit'
import { exists, writeNewFile } from '../../files'
import {
  type BulletinDocument,
  bulletinDocument,
  captureDocument,
  parseDocument,
  revisionDocument,
  type RevisionDocument,
  statusDocument,
} from '../store/documents'
import { sha256 } from '../store/identity'
import { mergeMarks } from '../changes/marks'
import { type Manifest, manifestName, parseManifest } from '../store/manifest'
import { listRevisions } from '../store/revisions'

/** The result for one bulletin of a backup. `skipped` means that the user has deleted the bulletin for good. */
export type MergeOutcome = 'added' | 'merged' | 'unchanged' | 'skipped'

/** The dependencies of a merge. */
export interface MergeParts {
  writing: WriteContext
  /** The path of the bulletin's folder, relative to the library from which the backup was written. */
  folder: string
  findFolder(id: string): Promise<string | null>
  isDeleted(id: string): boolean
  onStored(folder: string, id: string): Promise<void>
}

/**
 * Merges a bulletin of a backup into this library. `files` has all files of the bulletin's folder in the backup, and
 * each key is a path relative to this folder.
 * A new bulletin is stored byte for byte. A bulletin that this library already has gets the captures, files and
 * revisions that it lacks. The newer one of the two current revisions becomes the current revision. The statuses are
 * merged.
 * Throws `bulletin-damaged` if `files` do not match the manifest.
 */
export async function mergeBulletin(files: ReadonlyMap<string, Buffer>, parts: MergeParts): Promise<MergeOutcome> {
  const manifest = readCheckedManifest(files, parts.folder)
  const document = parse(files, names.bulletin, bulletinDocument)
  if (parts.isDeleted(document.id)) return 'skipped'
  const known = await parts.findFolder(document.id)
  if (known === null) {
    const folder = await findFreeFolder(parts)
    await storeFolder(parts.writing, join(parts.writing.root, folder), {
      fill: async (staged) => {
        const written = writeUnchanged(staged, files, manifest)
        await writePage(parts.writing, staged)
        return written
      },
    })
    await parts.onStored(folder, document.id)
    return 'added'
  }
  const here = join(parts.writing.root, known)
  const stored = await readFolder(here)
  const change = await createMergeChange(here, stored, { document, files, manifest })
  if (change !== null) await commitChange(parts.writing, here, change)
  const isStatusChanged = await mergeStatus(parts.writing, here, stored.status, files)
  if (change === null && !isStatusChanged) return 'unchanged'
  await parts.onStored(known, document.id)
  return 'merged'
}

/** Matches the paths that a manifest may list (`docs/format/library-1.md`). */
const listedPath =
  /^(?:bulletin\.json|revisions\/\d{4,9}\.json|captures\/[0-9A-Za-z-]{1,40}\.json|files\/[0-9a-f]{32}\.[a-z0-9]{1,8})$/

/**
 * Checks every file against the manifest of the bulletin and returns the manifest. Throws `bulletin-damaged` if a file
 * does not match, or if the manifest lists a file that is not part of the format.
 */
function readCheckedManifest(files: ReadonlyMap<string, Buffer>, folder: string): Manifest {
  const text = files.get(manifestName)
  if (text === undefined) throw new AppError('bulletin-damaged', `merge ${folder}: no manifest`, { file: folder })
  const manifest = parseManifest(text.toString('utf8'))
  const foreign = [...manifest.keys()].find((path) => !listedPath.test(path))
  // The manifest may not list a file that is made from other files. A manifest that this program wrote never does, and
  // a manifest from another person could list a forged `index.html`.
  if (foreign !== undefined)
    throw new AppError('bulletin-damaged', `merge ${folder}: ${foreign} is not listed by the format`, {
      file: `${folder}/${foreign}`,
    })
  for (const [path, hash] of manifest) {
    const bytes = files.get(path)
    if (bytes === undefined || sha256(bytes) !== hash)
      throw new AppError('bulletin-damaged', `merge ${folder}: ${path}`, { file: `${folder}/${path}` })
  }
  return manifest
}

function parse<T extends Parameters<typeof parseDocument>[1]>(
  files: ReadonlyMap<string, Buffer>,
  path: string,
  schema: T,
): ReturnType<typeof parseDocument<T>> {
  return parseDocument(files.get(path)?.toString('utf8') ?? '', schema, path)
}

/**
 * Returns the folder's path in the backup if it is free in this library. Otherwise appends a number, because a leftover
 * folder, or a folder whose name differs only in case, has the path.
 */
async function findFreeFolder({ writing, folder }: MergeParts): Promise<string> {
  for (let n = 1; ; n++) {
    const path = n === 1 ? folder : `${folder}-${n}`
    if (!(await exists(join(writing.root, path)))) return path
  }
}

/**
 * Writes the files of a new bulletin unchanged, except `index.html`, which the program makes again from the revision.
 * Returns the paths of the written files.
 */
function writeUnchanged(staged: string, files: ReadonlyMap<string, Buffer>, manifest: Manifest): string[] {
  const wanted = [...files].filter(([path]) => manifest.has(path) || path === manifestName || path === names.status)
  for (const [path, bytes] of wanted) writeNewFile(join(staged, path), bytes)
  return wanted.map(([path]) => path)
}

/** A bulletin of the backup whose files match its manifest. */
interface OtherBulletin {
  document: BulletinDocument
  files: ReadonlyMap<string, Buffer>
  manifest: Manifest
}

/**
 * Returns one change with everything that the backup has and this library lacks: captures, files, revisions, addresses
 * and relations. Returns null if the library lacks nothing.
 */
async function createMergeChange(
  here: string,
  stored: FolderContent,
  { document: other, files, manifest }: OtherBulletin,
): Promise<Parameters<typeof commitChange>[2] | null> {
  const newFiles = new Map<string, Uint8Array>()
  const documents = new Map<string, Record<string, unknown>>()
  const knownCaptures = new Set(stored.captures.map(({ capture }) => JSON.stringify(capture)))
  const renamed = new Map<string, string>()
  for (const path of manifest.keys()) {
    const bytes = files.get(path)
    if (bytes === undefined) continue
    if (path.startsWith(`${names.files}/`) && !(await exists(join(here, path)))) newFiles.set(path, bytes)
    if (!path.startsWith(`${names.captures}/`)) continue
    const capture = parse(files, path, captureDocument)
    if (knownCaptures.has(JSON.stringify(capture))) continue
    const free = await findFreePath(here, path, documents)
    renamed.set(path, free)
    documents.set(free, capture)
  }
  const revisions = await listRevisions(here)
  const knownTexts = new Set(revisions.map(({ digest, cause, capturedAt }) => `${digest} ${cause} ${capturedAt}`))
  let number = Math.max(...revisions.map((revision) => revision.number))
  let newest: RevisionDocument = stored.revision
  for (const path of [...manifest.keys()].filter((name) => name.startsWith(`${names.revisions}/`)).sort()) {
    const revision = parse(files, path, revisionDocument)
    if (knownTexts.has(`${revision.digest} ${revision.cause} ${revision.capturedAt}`)) continue
    number += 1
    const added = { ...revision, number, capture: renamed.get(revision.capture) ?? revision.capture }
    documents.set(revisionPath(number), added)
    // The current revision of the backup becomes the current revision of this library if it is newer. Any other
    // revision of the backup stays an older one. ISO times in UTC can be compared as text.
    if (revision.number === other.revision && revision.capturedAt > newest.capturedAt) newest = added
  }
  const addresses = unite(stored.document.addresses, other.addresses, ({ url }) => url)
  const relations = unite(stored.document.relations, other.relations, ({ type, id }) => `${type} ${id}`)
  const bulletin = { ...stored.document, addresses, relations, revision: newest.number }
  const isSame = JSON.stringify(bulletin) === JSON.stringify(stored.document)
  if (newFiles.size === 0 && documents.size === 0 && isSame) return null
  return { files: newFiles, documents, bulletin: isSame ? null : bulletin }
}

/** Returns the items of both lists without duplicates. Two items with the same key are duplicates. */
function unite<T>(here: readonly T[], there: readonly T[], key: (item: T) => string): T[] {
  const known = new Set(here.map(key))
  return [...here, ...there.filter((item) => !known.has(key(item)))]
}

async function findFreePath(folder: string, path: string, taken: ReadonlyMap<string, unknown>): Promise<string> {
  for (let n = 1; ; n++) {
    const free = n === 1 ? path : path.replace(/(-\d+)?\.json$/, `-${n}.json`)
    if (!taken.has(free) && !(await exists(join(folder, free)))) return free
  }
}

/**
 * Merges the two statuses of a bulletin. The result is read or starred if one of the two is, and has the tags,
 * highlights and notes of both. The reading position and the user's folder are those of this library, or those of the
 * backup if this library has none. Returns whether the status of this library changed.
 */
async function mergeStatus(
  writing: WriteContext,
  here: string,
  stored: Status,
  files: ReadonlyMap<string, Buffer>,
): Promise<boolean> {
  if (!files.has(names.status)) return false
  const other = parse(files, names.status, statusDocument)
  const status: Status = {
    read: stored.read || other.read,
    starred: stored.starred || other.starred,
    tags: [...new Set([...stored.tags, ...other.tags])],
    folder: stored.folder ?? other.folder,
    position: stored.position ?? other.position,
    ...mergeMarks(stored, other),
  }
  if (JSON.stringify(status) === JSON.stringify(stored)) return false
  await writing.writeDocument(join(here, names.status), { ...(await readStatusDocument(here)), ...status })
  return true
}
