import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type * as z from 'zod/mini'
import { defaultStatus, type ListItem } from '../../../shared/bulletin'
import { AppError } from '../../../shared/errors'
import { asReadError, isReadFailure, systemCode } from '../../files'
import { isInTrash, names, revisionPath } from '../store/bulletin-folder'
import {
  bulletinDocument,
  captureDocument,
  type CaptureDocument,
  readDocumentNow,
  revisionDocument,
  statusDocument,
} from '../store/documents'
import { parseStoredTime } from '../store/stored-time'
import type { TextKeys } from '../../text/text-keys'

/** The texts of a bulletin that are searched, as stored in the revision. */
export interface SearchedText {
  title: string
  summary: string | null
  author: string | null
  captions: string
  body: string
}

/** Lists the fields of a searched text in the order of the columns of the index. */
export function listFields({ title, summary, author, captions, body }: SearchedText): string[] {
  return [title, summary ?? '', author ?? '', captions, body]
}

/** The index entry of one bulletin: its list item, the values for filters and paths, and the searched text. */
export interface IndexEntry extends ListItem {
  /** The path of the bulletin's folder, relative to the library, with forward slashes. */
  folder: string
  /**
   * The time by which the lists are sorted, in seconds since 1970: the time of publication, or the time of the first
   * capture if the page has no date.
   */
  order: number
  tags: readonly string[]
  inTrash: boolean
  /** The folder that the user put the bulletin in. */
  readerFolder: string | null
  /**
   * A text that changes when the bulletin's documents change (see {@link readStamp}). An index row with another stamp
   * is outdated.
   */
  stamp: string
  /** The digest of the current text, by the rule `text/1`. */
  digest: string
  /** The number of the current revision. */
  revision: number
  text: SearchedText
  /** The words of a long text. Absent if they are found when the row is written. */
  keys?: TextKeys
}

/**
 * Returns the stamp of a bulletin: a text that changes when the current revision or the status changes. The stamp
 * contains the times and sizes of `bulletin.json` and `status.json`. Returns null if the folder does not exist. Returns
 * `?`, which no index row has, if the disk can't read the folder. This function is synchronous, because it is called
 * for up to 100,000 folders and must be fast.
 */
export function readStamp(folder: string): string | null {
  try {
    return readTimes(folder)
  } catch (thrown) {
    if (!isReadFailure(thrown)) throw thrown
    return '?'
  }
}

function readTimes(folder: string): string | null {
  const stamps = [names.bulletin, names.status].map((name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false })
    return found === undefined ? '' : `${found.mtimeMs}-${found.size}`
  })
  const isMissing = stamps[0] === '' && statSync(folder, { throwIfNoEntry: false }) === undefined
  return isMissing ? null : stamps.join(' ')
}

/**
 * Reads the index entry of a bulletin from the documents that the index needs. `folder` is relative to the library.
 * Returns null if the folder does not exist. This function is synchronous, because asynchronous reads of many bulletins
 * take three times as long. Throws `bulletin-damaged`, `read-failed`.
 */
export function readIndexEntry(root: string, folder: string): IndexEntry | null {
  const path = join(root, folder)
  const read = <T extends z.ZodMiniType>(name: string, schema: T): z.output<T> =>
    readDocumentNow(join(path, name), schema)
  try {
    // The stamp is read before the documents. If the documents change in between, the entry has the older stamp, so a
    // later update reads the entry again.
    const stamp = readTimes(path)
    if (stamp === null) return null
    const { id, source, revision: number } = read(names.bulletin, bulletinDocument)
    const revision = read(revisionPath(number), revisionDocument)
    const status = stamp.endsWith(' ') ? defaultStatus : read(names.status, statusDocument)
    const dated = revision.published.value ?? readFirstCaptureTime(path, read) ?? revision.capturedAt
    const { title, summary, author, bodyText, figures, attachments } = revision
    return {
      id,
      folder,
      title,
      summary,
      excerpt: summary === null ? createExcerpt(bodyText) : null,
      publishedAt: revision.published.value,
      source,
      order: Math.floor((parseStoredTime(dated) ?? 0) / 1000),
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

function readFirstCaptureTime(
  path: string,
  read: (name: string, schema: typeof captureDocument) => CaptureDocument,
): string | null {
  const [first] = readdirSync(join(path, names.captures)).sort()
  return first === undefined ? null : read(`${names.captures}/${first}`, captureDocument).capturedAt
}

const maxExcerptLength = 200

/** Returns the beginning of a body, as one line for a list. Returns null if the body is empty. */
function createExcerpt(bodyText: string): string | null {
  const start = bodyText.slice(0, maxExcerptLength).replace(/\s+/gu, ' ').trim()
  return start === '' ? null : start
}
