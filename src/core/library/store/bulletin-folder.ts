import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bulletin, type BulletinText, type Status, statusSchema, defaultStatus } from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { hasItsDigest } from './digest'
import { asReadError, systemCode } from '../../files'
import type { BulletinDocument, CaptureDocument, RevisionDocument, StatusDocument } from './documents'
import { bulletinDocument, captureDocument, readDocument, revisionDocument, statusDocument } from './documents'

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

/** A capture document with its path below the bulletin's folder. */
export interface StoredCapture {
  path: string
  capture: CaptureDocument
}

/** All documents of one bulletin, as read from its folder. */
export interface FolderContent {
  document: BulletinDocument
  revision: RevisionDocument
  /** Oldest first. */
  captures: StoredCapture[]
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
