import { join } from 'node:path'
import type { RereadResult } from '../../shared/contract/api'
import type { BulletinText, RepairName } from '../../shared/bulletin'
import { type Encoding, encodings } from '../../shared/text/encodings'
import { hasNewFiles, selectNewFiles, type Reread, revisionOf, withReasons } from '../library/changes/add-bulletin'
import { readFolder, revisionPath } from '../library/store/bulletin-folder'
import { type AdditionFile, captureOf, freeCapturePath } from '../library/store/captures'
import { commitChange, type WriteContext } from '../library/store/commit'
import { digestOf } from '../library/store/digest'
import { readStoredPage } from '../library/store/stored-page'

/** What reading a kept page again needs. */
export interface RereadParts {
  /** Pictures and attached files that were missing so far. */
  files: readonly AdditionFile[]
  reread: Reread
  now: Date
  program: string
}

/**
 * Extracts the kept page of a bulletin again, with files that were missing until now: a new revision (cause
 * `re-extracted`) where that gives anything else, and a capture of the files. Throws `bulletin-damaged`, and as writes
 * do.
 */
export async function rereadBulletin(
  writing: WriteContext,
  folder: string,
  { files, reread, now, program }: RereadParts,
): Promise<{ number: number; isChanged: boolean }> {
  const path = join(writing.root, folder)
  const content = await readFolder(path)
  const { document, revision } = content
  const page = await readStoredPage(path, content)
  const fresh = new Map(files.flatMap(({ address, bytes }) => (address === null ? [] : [[address, bytes] as const])))
  const addition = await reread({
    ...page,
    readFileByAddress: async (address) => fresh.get(address) ?? (await page.readFileByAddress(address)),
    undone: revision.repairs.filter(({ undone }) => undone),
  })
  const text = withReasons(addition.text, revision)
  if (!hasNewFiles({ files }, content) && isSameReading(text, revision))
    return { number: document.revision, isChanged: false }
  const number = document.revision + 1
  const capture = files.length === 0 ? null : captureOf({ page: null, files }, now, program)
  const next = revisionOf({ ...addition, text }, number, 're-extracted', revision.capture, now)
  await commitChange(writing, path, {
    files: capture === null ? new Map() : selectNewFiles(capture.files, content),
    documents: new Map<string, Record<string, unknown>>([
      ...(capture === null ? [] : [[await freeCapturePath(path, now), capture.document] as const]),
      [revisionPath(number), next],
    ]),
    bulletin: { ...document, revision: number },
  })
  return { number, isChanged: true }
}

/**
 * Reads a bulletin's kept page in another encoding, as a new revision (`re-decoded`). Repairs of the encoding begin
 * anew; others that its reader took back stay so. Where it is read so already nothing is written. Throws
 * `bulletin-damaged`, what extraction throws, and as writes do.
 */
export async function redecode(
  writing: WriteContext,
  folder: string,
  encoding: Encoding,
  { reread, now }: { reread: Reread; now: Date },
): Promise<RereadResult> {
  const path = join(writing.root, folder)
  const content = await readFolder(path)
  const { document, revision } = content
  const undone = revision.repairs.filter((repair) => repair.undone && !concernsEncoding(repair))
  const page = await readStoredPage(path, content)
  const addition = await reread({ ...page, encoding, undone })
  const text = withReasons(addition.text, revision)
  const { title } = text
  if (digestOf(text) === revision.digest && encoding === page.encoding)
    return { id: document.id, title, revision: document.revision, changed: false }
  const number = document.revision + 1
  await commitChange(writing, path, {
    files: new Map(),
    documents: new Map([
      [revisionPath(number), revisionOf({ ...addition, text }, number, 're-decoded', revision.capture, now)],
    ]),
    bulletin: { ...document, revision: number },
  })
  return { id: document.id, title, revision: number, changed: true }
}

function concernsEncoding({ kind }: RepairName): boolean {
  return kind === 'double-utf-8' || encodings.some((encoding) => encoding === kind)
}

/** Whether two readings of a page show the reader the same. */
function isSameReading(a: BulletinText, b: BulletinText): boolean {
  const shown = ({
    title,
    summary,
    author,
    published,
    bodyHtml,
    figures,
    attachments,
    missing = [],
  }: BulletinText): string =>
    JSON.stringify([title, summary, author, published.value, bodyHtml, figures, attachments, missing])
  return shown(a) === shown(b)
}
