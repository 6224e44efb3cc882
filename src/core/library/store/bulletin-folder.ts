import { readdirSync, statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as z from 'zod/mini'
import { type Bulletin, type BulletinText, type Status, statusSchema, defaultStatus } from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { hasItsDigest } from './digest'
import { asReadError, isReadFailure, systemCode } from '../../files'
import type { BulletinDocument, CaptureDocument, RevisionDocument, StatusDocument } from './documents'
import {
  bulletinDocument,
  captureDocument,
  readDocument,
  readDocumentNow,
  revisionDocument,
  statusDocument,
} from './documents'
import type { IndexEntry } from '../search/search-index'

/** Whether a bulletin's folder, given below the library, lies in the trash. */
export function isInTrash(folder: string): boolean {
  return folder.startsWith('trash/')
}

/** Names inside a bulletin's folder (FORMAT). */
export const names = {
  bulletin: 'bulletin.json',
  status: 'status.json',
  page: 'index.html',
  revisions: 'revisions',
  captures: 'captures',
  files: 'files',
} as const

/** Longest slug that keeps every path below the library within 120 characters (FORMAT). */
export const slugLength = 36

/** Path of a revision below its bulletin's folder. */
export function revisionPath(number: number): string {
  return `${names.revisions}/${String(number).padStart(4, '0')}.json`
}

/**
 * Where a new bulletin's folder goes, below the library: by year and month of publication, else by the year of its
 * first capture; `slug` and the first characters of the id make the name readable and unique.
 */
export function folderPathOf(
  published: BulletinText['published'],
  slug: string,
  id: string,
  firstCapture: Date,
): string {
  const suffix = id.slice(0, 8) + id.slice(16).replace('~', '-')
  const [year, month] = published.value?.split('-') ?? []
  if (year === undefined || month === undefined)
    return `bulletins/undated/${firstCapture.getUTCFullYear()}/${[slug, suffix].filter(Boolean).join('-')}`
  const date = published.precision === 'month' ? `${year}-${month}` : published.value?.slice(0, 10)
  return `bulletins/${year}/${month}/${[date, slug, suffix].filter(Boolean).join('-')}`
}

/** All documents of one bulletin, as read from its folder. */
export interface FolderContent {
  document: BulletinDocument
  revision: RevisionDocument
  /** By path below the folder, oldest first. */
  captures: { path: string; capture: CaptureDocument }[]
  status: Status
}

/**
 * Reads a bulletin's documents. Throws `bulletin-damaged` where one is missing or not what it should be, or where the
 * current text is not the one its digest was made of, and `read-failed` where the disk does not give one.
 */
export async function readFolder(folder: string): Promise<FolderContent> {
  return { ...(await readDocuments(folder)), status: await readStatus(folder) }
}

/** The same without the reader's status. */
export async function readDocuments(folder: string): Promise<Omit<FolderContent, 'status'>> {
  try {
    const document = await readDocument(join(folder, names.bulletin), bulletinDocument)
    const revision = await readDocument(join(folder, revisionPath(document.revision)), revisionDocument)
    const captureNames = (await readdir(join(folder, names.captures))).sort()
    const captures = await Promise.all(
      captureNames.map(async (name) => {
        const path = `${names.captures}/${name}`
        return { path, capture: await readDocument(join(folder, path), captureDocument) }
      }),
    )
    if (captures.length === 0) throw new AppError('bulletin-damaged', `read ${folder}: no captures`, { file: folder })
    if (!hasItsDigest(revision))
      throw new AppError('bulletin-damaged', `read ${folder}: the text was changed`, { file: folder })
    return { document, revision, captures }
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT')
      throw new AppError(
        'bulletin-damaged',
        `read ${folder}: a document is missing`,
        { file: folder },
        { cause: thrown },
      )
    throw asReadError(thrown, folder)
  }
}

/** The same from the documents of a new bulletin, by path below its folder. Throws where one is not what it should be. */
export function contentOf(documents: ReadonlyMap<string, unknown>): FolderContent {
  const document = bulletinDocument.parse(documents.get(names.bulletin))
  return {
    document,
    revision: revisionDocument.parse(documents.get(revisionPath(document.revision))),
    captures: [...documents]
      .filter(([path]) => path.startsWith(`${names.captures}/`))
      .map(([path, capture]) => ({ path, capture: captureDocument.parse(capture) })),
    status: defaultStatus,
  }
}

/** The reader's status of a bulletin; untouched where there is no file yet. Throws `bulletin-damaged`. */
export async function readStatus(folder: string): Promise<Status> {
  return statusSchema.parse(await readStatusDocument(folder))
}

/** The same with what a newer version keeps beside it, which a change must not drop. */
export async function readStatusDocument(folder: string): Promise<StatusDocument> {
  try {
    return await readDocument(join(folder, names.status), statusDocument)
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return defaultStatus
    throw thrown
  }
}

/** The bytes of a file of the bulletin. Throws `file-not-found` for a name that is not one of FORMAT's or not there, `read-failed`. */
export async function readStoredFile(folder: string, name: string): Promise<Uint8Array> {
  if (!/^[0-9a-f]{32}\.[a-z0-9]{1,8}$/.test(name)) throw new AppError('file-not-found', 'read file: bad name', { name })
  try {
    return await readFile(join(folder, names.files, name))
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT')
      throw new AppError('file-not-found', `read file ${name}: not there`, { name }, { cause: thrown })
    throw asReadError(thrown, join(folder, names.files, name))
  }
}

/** The document shape of the command line and the interface, but for what only the pictures' bytes tell. */
export function bulletinOf({ document, revision, captures, status }: FolderContent): Omit<Bulletin, 'pictures'> {
  const { number, cause, capturedAt, digest, title, summary, author, published, language } = revision
  return {
    id: document.id,
    title,
    summary,
    author,
    publishedAt: published.value,
    published,
    source: document.source,
    url: document.addresses.at(-1)?.url ?? null,
    goneSince: document.addresses.at(-1)?.until ?? null,
    language,
    bodyHtml: revision.bodyHtml,
    bodyText: revision.bodyText,
    figures: revision.figures,
    attachments: revision.attachments,
    missing: revision.missing ?? [],
    repairs: revision.repairs,
    ...(revision.decoding === undefined ? {} : { decoding: revision.decoding }),
    revision: { number, cause, capturedAt, digest },
    currentRevision: document.revision,
    captures: captures.flatMap(({ capture }) =>
      capture.requests
        .filter(({ role }) => role === 'page')
        .map(({ targetUri, ip, status: answered, received, file }) => ({
          capturedAt: capture.capturedAt,
          url: targetUri,
          ip: ip ?? null,
          status: answered,
          sha256: received.sha256,
          bytes: received.bytes,
          file,
          originalFileName: capture.originalFileName,
        })),
    ),
    status,
  }
}

/**
 * What changes whenever a bulletin's current text or its reader's status does: times and sizes of the two documents
 * that say so. Null where there is no such folder; where the disk does not tell, a stamp that no row has. Waits for the
 * disk: a stamp is asked for by the hundred thousand.
 */
export function stampOf(folder: string): string | null {
  try {
    return timesOf(folder)
  } catch (thrown) {
    if (!isReadFailure(thrown)) throw thrown
    return '?'
  }
}

function timesOf(folder: string): string | null {
  const stamps = [names.bulletin, names.status].map((name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false })
    return found === undefined ? '' : `${found.mtimeMs}-${found.size}`
  })
  const isGone = stamps[0] === '' && statSync(folder, { throwIfNoEntry: false }) === undefined
  return isGone ? null : stamps.join(' ')
}

/**
 * What the index keeps of the bulletin in `folder`, a path below the library; null where there is no such folder.
 * Reads what the index needs and no more, and waits for the disk, which takes a third of the time when many are read.
 * Throws `bulletin-damaged`, `read-failed`.
 */
export function readIndexEntry(root: string, folder: string): IndexEntry | null {
  const path = join(root, folder)
  const read = <T extends z.ZodMiniType>(name: string, schema: T): z.output<T> =>
    readDocumentNow(join(path, name), schema)
  try {
    // Before the documents: what changes in between then looks older than it is, and is read again.
    const stamp = timesOf(path)
    if (stamp === null) return null
    const { id, source, revision: number } = read(names.bulletin, bulletinDocument)
    const revision = read(revisionPath(number), revisionDocument)
    const status = stamp.endsWith(' ') ? defaultStatus : read(names.status, statusDocument)
    const dated = revision.published.value ?? firstCapturedAt(path, read) ?? revision.capturedAt
    const { title, summary, author, bodyText, figures, attachments } = revision
    return {
      id,
      folder,
      title,
      summary,
      excerpt: summary === null ? excerptOf(bodyText) : null,
      publishedAt: revision.published.value,
      source,
      order: Math.floor(instantOf(dated) / 1000),
      read: status.read,
      starred: status.starred,
      started: status.position !== null,
      tags: status.tags,
      inTrash: isInTrash(folder),
      readerFolder: status.folder,
      stamp,
      digest: revision.digest,
      revision: number,
      text: {
        title,
        summary,
        author,
        captions: figures.map(({ caption }) => caption ?? '').join('\n'),
        body: bodyText,
      },
      attachments: attachments.length,
      picture: figures.find(({ file }) => file !== null)?.file ?? null,
    }
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT') throw asReadError(thrown, path)
    throw new AppError('bulletin-damaged', `read ${path}: a document is missing`, { file: path }, { cause: thrown })
  }
}

function firstCapturedAt(
  path: string,
  read: (name: string, schema: typeof captureDocument) => CaptureDocument,
): string | null {
  const [first] = readdirSync(join(path, names.captures)).sort()
  return first === undefined ? null : read(`${names.captures}/${first}`, captureDocument).capturedAt
}

const excerptLength = 200

/** Enough of a body for one line of a list. */
function excerptOf(bodyText: string): string | null {
  const start = bodyText.slice(0, excerptLength).replace(/\s+/gu, ' ').trim()
  return start === '' ? null : start
}

/** Milliseconds since 1970 of a stored date; a plain date or month begins at 00:00 +07:00 (Vietnam's one zone). */
function instantOf(value: string): number {
  if (/^\d{4}-\d{2}$/.test(value)) return Date.parse(`${value}-01T00:00:00+07:00`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return Date.parse(`${value}T00:00:00+07:00`)
  return Date.parse(value)
}
