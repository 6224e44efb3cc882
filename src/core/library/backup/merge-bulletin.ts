import { join } from 'node:path'
import type { Status } from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { type FolderContent, names, readFolder, readStatusDocument, revisionPath } from '../store/bulletin-folder'
import { commitChange, isOutsideManifest, storeFolder, type WriteContext } from '../store/commit'
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
import { unitedMarks } from '../changes/marks'
import { type Manifest, manifestName, parseManifest } from '../store/manifest'
import { listRevisions } from '../store/revisions'

/** What became of a bulletin of a backup; `skipped`: its reader had deleted it for good. */
export type MergeOutcome = 'added' | 'merged' | 'unchanged' | 'skipped'

/** What a merge needs of the library. */
export interface MergeParts {
  writing: WriteContext
  /** Where the bulletin stood in the library it comes from. */
  folder: string
  findFolder(id: string): Promise<string | null>
  isDeleted(id: string): boolean
  onStored(folder: string, id: string): Promise<void>
}

/**
 * Puts a bulletin of another library into this one. `files` are all files of its folder by path. New: as it stood,
 * byte for byte. Known: captures, files and revisions this library lacks are added, the newest revision of both is the
 * current one, the reader's marks are united. Throws `bulletin-damaged` where it does not match its manifest.
 */
export async function mergeBulletin(files: ReadonlyMap<string, Buffer>, parts: MergeParts): Promise<MergeOutcome> {
  const manifest = checkedManifest(files, parts.folder)
  const document = parse(files, names.bulletin, bulletinDocument)
  if (parts.isDeleted(document.id)) return 'skipped'
  const known = await parts.findFolder(document.id)
  if (known === null) {
    const folder = await freeFolder(parts)
    await storeFolder(parts.writing, join(parts.writing.root, folder), {
      fill: (staged) => writeAsItStood(staged, files, manifest),
    })
    await parts.onStored(folder, document.id)
    return 'added'
  }
  const here = join(parts.writing.root, known)
  const kept = await readFolder(here)
  const change = await missingHere(here, kept, document, files, manifest)
  if (change !== null) await commitChange(parts.writing, here, change)
  const statusChanged = await mergeStatus(parts.writing, here, kept.status, files)
  if (change === null && !statusChanged) return 'unchanged'
  await parts.onStored(known, document.id)
  return 'merged'
}

/** The manifest of the bulletin, after every file it names was found as it says. */
function checkedManifest(files: ReadonlyMap<string, Buffer>, folder: string): Manifest {
  const text = files.get(manifestName)
  if (text === undefined) throw new AppError('bulletin-damaged', `merge ${folder}: no manifest`, { file: folder })
  const manifest = parseManifest(text.toString('utf8'))
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

/** Where it stood, unless another bulletin stands there (a leftover, another case of the name). */
async function freeFolder({ writing, folder }: MergeParts): Promise<string> {
  for (let n = 1; ; n++) {
    const path = n === 1 ? folder : `${folder}-${n}`
    if (!(await exists(join(writing.root, path)))) return path
  }
}

function writeAsItStood(staged: string, files: ReadonlyMap<string, Buffer>, manifest: Manifest): string[] {
  const wanted = [...files].filter(([path]) => manifest.has(path) || isOutsideManifest(path))
  for (const [path, bytes] of wanted) writeNewFile(join(staged, path), bytes)
  return wanted.map(([path]) => path)
}

/** What the other has and this one lacks, as one change; null where nothing is missing. */
async function missingHere(
  here: string,
  kept: FolderContent,
  other: BulletinDocument,
  files: ReadonlyMap<string, Buffer>,
  manifest: Manifest,
): Promise<Parameters<typeof commitChange>[2] | null> {
  const stored = new Map<string, Uint8Array>()
  const documents = new Map<string, Record<string, unknown>>()
  const knownCaptures = new Set(kept.captures.map(({ capture }) => JSON.stringify(capture)))
  const renamed = new Map<string, string>()
  for (const path of manifest.keys()) {
    const bytes = files.get(path)
    if (bytes === undefined) continue
    if (path.startsWith(`${names.files}/`) && !(await exists(join(here, path)))) stored.set(path, bytes)
    if (!path.startsWith(`${names.captures}/`)) continue
    const capture = parse(files, path, captureDocument)
    if (knownCaptures.has(JSON.stringify(capture))) continue
    const free = await freePath(here, path, documents)
    renamed.set(path, free)
    documents.set(free, capture)
  }
  const revisions = await listRevisions(here)
  const knownTexts = new Set(revisions.map(({ digest, cause, capturedAt }) => `${digest} ${cause} ${capturedAt}`))
  let number = Math.max(...revisions.map((revision) => revision.number))
  let newest: RevisionDocument = kept.revision
  for (const path of [...manifest.keys()].filter((name) => name.startsWith(`${names.revisions}/`)).sort()) {
    const revision = parse(files, path, revisionDocument)
    if (knownTexts.has(`${revision.digest} ${revision.cause} ${revision.capturedAt}`)) continue
    number += 1
    const added = { ...revision, number, capture: renamed.get(revision.capture) ?? revision.capture }
    documents.set(revisionPath(number), added)
    // ISO times in UTC compare as text. Only what the other library shows as current may become current here.
    if (revision.number === other.revision && revision.capturedAt > newest.capturedAt) newest = added
  }
  const addresses = united(kept.document.addresses, other.addresses, ({ url }) => url)
  const relations = united(kept.document.relations, other.relations, ({ type, id }) => `${type} ${id}`)
  const bulletin = { ...kept.document, addresses, relations, revision: newest.number }
  const isSame = JSON.stringify(bulletin) === JSON.stringify(kept.document)
  if (stored.size === 0 && documents.size === 0 && isSame) return null
  return { files: stored, documents, bulletin: isSame ? null : bulletin }
}

function united<T>(here: readonly T[], there: readonly T[], key: (item: T) => string): T[] {
  const known = new Set(here.map(key))
  return [...here, ...there.filter((item) => !known.has(key(item)))]
}

async function freePath(folder: string, path: string, taken: ReadonlyMap<string, unknown>): Promise<string> {
  for (let n = 1; ; n++) {
    const free = n === 1 ? path : path.replace(/(-\d+)?\.json$/, `-${n}.json`)
    if (!taken.has(free) && !(await exists(join(folder, free)))) return free
  }
}

/** Read, starred, tagged, highlighted and noted where either says so; place and folder stay this library's where it has them. */
async function mergeStatus(
  writing: WriteContext,
  here: string,
  kept: Status,
  files: ReadonlyMap<string, Buffer>,
): Promise<boolean> {
  if (!files.has(names.status)) return false
  const other = parse(files, names.status, statusDocument)
  const status: Status = {
    read: kept.read || other.read,
    starred: kept.starred || other.starred,
    tags: [...new Set([...kept.tags, ...other.tags])],
    folder: kept.folder ?? other.folder,
    position: kept.position ?? other.position,
    ...unitedMarks(kept, other),
  }
  if (JSON.stringify(status) === JSON.stringify(kept)) return false
  await writing.writeDocument(join(here, names.status), { ...(await readStatusDocument(here)), ...status })
  return true
}
