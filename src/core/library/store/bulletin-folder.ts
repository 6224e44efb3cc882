import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bulletin, type BulletinText, type Status, statusSchema, defaultStatus } from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { hasValidDigest } from './digest'
import { asReadError, systemCode } from '../../files'
import { readPlainFile } from '../../trust/plain-files'
import type { BulletinDocument, CaptureDocument, RevisionDocument, StatusDocument } from './documents'
import { bulletinDocument, captureDocument, readDocument, revisionDocument, statusDocument } from './documents'

/** Whether a bulletin's folder is in the trash. `folder` is a path relative to the library. */
export function isInTrash(folder: string): boolean {
  return folder.startsWith('trash/')
}

/** The names of the files and folders inside a bulletin's folder (`docs/format/library-1.md`). */
export const names = {
  bulletin: 'bulletin.json',
  status: 'status.json',
  page: 'index.html',
  revisions: 'revisions',
  captures: 'captures',
  files: 'files',
} as const

/**
 * Maximum length, in characters, of the slug: the readable part of a folder's name. This limit keeps every path below
 * the library at 120 characters or less (`docs/format/library-1.md`).
 */
export const maxSlugLength = 36

/** Returns the path of a revision's document, relative to the bulletin's folder. */
export function revisionPath(number: number): string {
  return `${names.revisions}/${String(number).padStart(4, '0')}.json`
}

/**
 * Returns the path of a new bulletin's folder, relative to the library. The path contains the year and month of
 * publication, or the year of the first capture if the page has no date. The folder's name has the slug, which makes it
 * readable, and the first characters of the id, which make it unique.
 */
export function createFolderPath(
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

/** A capture document with its path, relative to the bulletin's folder. */
export interface StoredCapture {
  path: string
  capture: CaptureDocument
}

/** All documents of one bulletin, as read from its folder. */
export interface FolderContent {
  document: BulletinDocument
  revision: RevisionDocument
  /** All captures of the bulletin, the oldest first. */
  captures: StoredCapture[]
  status: Status
}

/**
 * Reads a bulletin's documents. Throws `bulletin-damaged` if a document is missing or invalid, or if the current text
 * does not match its digest. Throws `read-failed` if the disk can't read a document.
 */
export async function readFolder(folder: string): Promise<FolderContent> {
  return { ...(await readDocuments(folder)), status: await readStatus(folder) }
}

/** Reads a bulletin's documents without its status. Throws the errors of {@link readFolder}. */
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
    if (!hasValidDigest(revision))
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

/**
 * Builds the content of a new bulletin that is not on disk yet, in the form of {@link readFolder}. `documents` has the
 * bulletin's documents. Each key is a path relative to the bulletin's folder. Throws zod's error for an invalid
 * document.
 */
export function toFolderContent(documents: ReadonlyMap<string, unknown>): FolderContent {
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

/**
 * Reads the status of a bulletin. Returns the default status if the bulletin has no `status.json` yet. Throws
 * `bulletin-damaged`, `read-failed`.
 */
export async function readStatus(folder: string): Promise<Status> {
  return statusSchema.parse(await readStatusDocument(folder))
}

/**
 * Reads the status together with the fields that a newer version of the program wrote. A caller that changes the status
 * must write these fields back.
 */
export async function readStatusDocument(folder: string): Promise<StatusDocument> {
  try {
    return await readDocument(join(folder, names.status), statusDocument)
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return defaultStatus
    throw thrown
  }
}

/**
 * Reads the bytes of a file in the bulletin's `files/`. Throws `file-not-found` for an invalid or unknown name. Throws
 * `read-failed` if the disk can't read the file.
 */
export async function readStoredFile(folder: string, name: string): Promise<Uint8Array> {
  if (!/^[0-9a-f]{32}\.[a-z0-9]{1,8}$/.test(name)) throw new AppError('file-not-found', 'read file: bad name', { name })
  try {
    return await readPlainFile(join(folder, names.files, name))
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT')
      throw new AppError('file-not-found', `read file ${name}: not found`, { name }, { cause: thrown })
    throw asReadError(thrown, join(folder, names.files, name))
  }
}

/** Converts the documents of a bulletin to the form of the contract, without the sizes of the pictures. */
export function toBulletin({ document, revision, captures, status }: FolderContent): Omit<Bulletin, 'pictures'> {
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
    otherUrls: [...new Set(document.addresses.slice(0, -1).map(({ url }) => url))],
    language,
    bodyHtml: revision.bodyHtml,
    bodyText: revision.bodyText,
    figures: revision.figures,
    attachments: revision.attachments,
    missing: revision.missing ?? [],
    repairs: revision.repairs,
    ...(revision.official === undefined ? {} : { official: revision.official }),
    ...(revision.decoding === undefined ? {} : { decoding: revision.decoding }),
    ...(revision.leftOut === undefined ? {} : { leftOut: revision.leftOut }),
    ...(revision.keepsAll === undefined ? {} : { keepsAll: revision.keepsAll }),
    revision: { number, cause, capturedAt, digest },
    currentRevision: document.revision,
    captures: captures.flatMap(({ capture }) =>
      capture.requests
        .filter(({ role }) => role === 'page')
        .map(({ targetUri, ip, status: httpStatus, received, file }) => ({
          capturedAt: capture.capturedAt,
          url: targetUri,
          ip: ip ?? null,
          status: httpStatus,
          sha256: received.sha256,
          bytes: received.bytes,
          file,
          originalFileName: capture.originalFileName,
        })),
    ),
    status,
  }
}
