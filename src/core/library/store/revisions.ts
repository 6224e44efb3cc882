import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckResult } from '../../../shared/contract/api'
import { type Bulletin, type RevisionSummary, defaultStatus } from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { bulletinOf, names, readDocuments, readFolder, readStatus, revisionPath } from './bulletin-folder'
import { asReadError, systemCode } from '../../files'
import { picturesIn } from '../../../shared/picture-types'
import { readDocument, revisionDocument, type RevisionDocument } from './documents'
import { pictureSizesOf } from './picture-sizes'

/** The revisions of a bulletin's folder, oldest first. Throws `bulletin-damaged`. */
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

/** One revision of a bulletin's folder. Throws `revision-not-found` (details: number), `bulletin-damaged`. */
export async function readRevision(folder: string, number: number): Promise<RevisionDocument> {
  try {
    return await readDocument(join(folder, revisionPath(number)), revisionDocument)
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT') throw thrown
    throw new AppError('revision-not-found', `revision ${number}: not there`, { number }, { cause: thrown })
  }
}

/**
 * The revision whose digest begins with `prefix`, looked for in folders of the library: those whose current one does,
 * else the older ones of those that have several. The digest is read from the documents: the index is a cache.
 */
export async function findRevision(
  root: string,
  { current, revised }: { current: readonly string[]; revised: readonly string[] },
  prefix: string,
): Promise<CheckResult> {
  for (const folder of [...current, ...revised].map((path) => join(root, path))) {
    // A damaged bulletin proves nothing; the next may be the same text.
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
 * The bulletin of a folder as it is, or with the text of an older revision; where its status is not needed, a damaged
 * one counts as untouched. Throws `revision-not-found`, `bulletin-damaged`.
 */
export async function readBulletin(
  folder: string,
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
  const bulletin = bulletinOf(isCurrent ? content : { ...content, revision: await readRevision(folder, number) })
  return { ...bulletin, pictures: await pictureSizesOf(join(folder, names.files), picturesIn(bulletin.bodyHtml)) }
}
