import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckResult } from '../../../shared/contract/api'
import { type Bulletin, type RevisionSummary, defaultStatus } from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { toBulletin, names, readDocuments, readFolder, readStatus, revisionPath } from './bulletin-folder'
import { asReadError, systemCode } from '../../files'
import type { SanitizeBody } from '../../text/sanitize-task'
import { picturesIn } from '../../../shared/picture-types'
import { readDocument, revisionDocument, type RevisionDocument } from './documents'
import { readPictureSizes } from './picture-sizes'

/** Lists the revisions in a bulletin's folder, the oldest first. Throws `bulletin-damaged`, `read-failed`. */
export async function listRevisions(folder: string): Promise<RevisionSummary[]> {
  const found = await readdir(join(folder, names.revisions)).catch((thrown: unknown) => {
    throw asReadError(thrown, join(folder, names.revisions))
  })
  const files = found.sort()
  return Promise.all(
    files.map(async (file) => {
      const path = join(folder, names.revisions, file)
      const { number, cause, capturedAt, digest, extractor } = await readDocument(path, revisionDocument)
      return { number, cause, capturedAt, digest, extractor: { name: extractor.name, version: extractor.version } }
    }),
  )
}

/**
 * Returns the number for the next revision of a bulletin. The number is higher than that of every stored revision. The
 * current revision may have a lower number than others, because a restored backup adds older revisions with new
 * numbers.
 */
export async function nextRevisionNumber(folder: string, current: number): Promise<number> {
  const found = await readdir(join(folder, names.revisions)).catch((thrown: unknown) => {
    throw asReadError(thrown, join(folder, names.revisions))
  })
  return Math.max(current, ...found.map((name) => Number.parseInt(name, 10)).filter(Number.isInteger)) + 1
}

/** Reads one revision of a bulletin. Throws `revision-not-found` (details: number), `bulletin-damaged`. */
export async function readRevision(folder: string, number: number): Promise<RevisionDocument> {
  try {
    return await readDocument(join(folder, revisionPath(number)), revisionDocument)
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT') throw thrown
    throw new AppError('revision-not-found', `revision ${number}: not found`, { number }, { cause: thrown })
  }
}

/**
 * Finds a revision by the beginning of its digest. First looks in the folders `current`, whose current revision has the
 * digest according to the index. Then looks in the folders `revised`, which have older revisions. Each digest is read
 * from its document, because the index is only a cache.
 */
export async function findRevision(
  root: string,
  { current, revised }: { current: readonly string[]; revised: readonly string[] },
  prefix: string,
): Promise<CheckResult> {
  for (const folder of [...current, ...revised].map((path) => join(root, path))) {
    // A damaged bulletin is skipped, because another bulletin may have the same text.
    const revisions = await listRevisions(folder).catch(() => [])
    const found = revisions.findLast(({ digest }) => digest.startsWith(prefix))
    if (found === undefined) continue
    const { document } = await readFolder(folder)
    const { title } = await readRevision(folder, found.number)
    const { number: revision, capturedAt } = found
    return { match: true, id: document.id, title, capturedAt, revision, isCurrent: document.revision === revision }
  }
  return { match: false, id: null, title: null, capturedAt: null, revision: null, isCurrent: false }
}

/**
 * Reads the bulletin of a folder. The text is that of the current revision or of revision `number`, and the body is
 * sanitised. If `needsStatus` is false, a damaged status becomes the default status. Throws `revision-not-found`,
 * `bulletin-damaged`, `read-failed`.
 */
export async function readBulletin(
  folder: string,
  sanitize: SanitizeBody,
  number?: number,
  { needsStatus = true }: { needsStatus?: boolean } = {},
): Promise<Bulletin> {
  const documents = await readDocuments(folder)
  const status = await readStatus(folder).catch((thrown: unknown) => {
    if (needsStatus) throw thrown
    return defaultStatus
  })
  const content = { ...documents, status }
  const isCurrent = number === undefined || number === content.document.revision
  const stored = toBulletin(isCurrent ? content : { ...content, revision: await readRevision(folder, number) })
  // Every body is sanitised here, because the library may come from another person (docs/security.md).
  const bulletin = { ...stored, bodyHtml: await sanitize(stored.bodyHtml) }
  return { ...bulletin, pictures: await readPictureSizes(join(folder, names.files), picturesIn(bulletin.bodyHtml)) }
}
