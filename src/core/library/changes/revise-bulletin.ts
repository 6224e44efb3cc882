import { join } from 'node:path'
import { readFolder, revisionPath } from '../store/bulletin-folder'
import { type AdditionFile, createCapture, findFreeCapturePath, selectNewFiles } from '../store/captures'
import { commitChange, type WriteContext } from '../store/commit'
import { nextRevisionNumber } from '../store/revisions'
import type { Addition } from './addition'
import { createRevision } from './create-revision'

/** A new revision of a bulletin, extracted from its stored page. */
export interface NewRevision {
  /** The number of the revision that was current when the caller read the page. */
  baseRevision: number
  addition: Pick<Addition, 'text' | 'extractor'>
  cause: 're-extracted' | 're-decoded' | 'repair-undone'
  /** Pictures and attached files that were missing until now. They are stored with a new capture. */
  files: readonly AdditionFile[]
  /** The text that the event in the library's journal gets as its detail. */
  detail: string
}

/**
 * Stores a revision in a bulletin's folder and returns the number of the revision. Writes nothing and returns null if
 * `baseRevision` is no longer the current revision. Throws `bulletin-damaged`, and the errors of a write.
 */
export async function reviseBulletin(
  writing: WriteContext,
  folder: string,
  { baseRevision, addition, cause, files }: NewRevision,
  { now, program }: { now: Date; program: string },
): Promise<number | null> {
  const path = join(writing.root, folder)
  const { document, revision, captures } = await readFolder(path)
  if (document.revision !== baseRevision) return null
  const number = await nextRevisionNumber(path, document.revision)
  const capture = files.length === 0 ? null : createCapture({ page: null, files }, now, program)
  await commitChange(writing, path, {
    files: capture === null ? new Map() : selectNewFiles(capture.files, captures),
    documents: new Map<string, Record<string, unknown>>([
      ...(capture === null ? [] : [[await findFreeCapturePath(path, now), capture.document] as const]),
      [revisionPath(number), createRevision(addition, number, cause, revision.capture, now)],
    ]),
    bulletin: { ...document, revision: number },
  })
  return number
}
