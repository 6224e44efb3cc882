import { basename, join } from 'node:path'
import type { RereadResult } from '../../shared/api'
import type { RepairName } from '../../shared/bulletin'
import { type Encoding, encodings } from '../../shared/encodings'
import { AppError } from '../../shared/errors'
import { type Addition, digestOf, type Reread, revisionOf } from './additions'
import { type FolderContent, readFolder, readStoredFile, revisionPath } from './bulletin-folder'
import { commitChange, type Writing } from './commit'

/** Name and bytes of a kept page. */
export interface KeptPage {
  name: string
  bytes: Uint8Array
}

/** The page that a bulletin's current text was extracted from. `path` is its folder. Throws `bulletin-damaged`. */
export async function readKeptPage(path: string, { revision, captures }: FolderContent): Promise<KeptPage> {
  const capture = captures.find((each) => each.path === revision.capture)?.capture
  const page = capture?.requests.find(({ role }) => role === 'page')
  if (page === undefined)
    throw new AppError('bulletin-damaged', `reread: ${revision.capture} has no page`, { file: revision.capture })
  const file = basename(page.file)
  return { name: capture?.originalFileName ?? file, bytes: await readStoredFile(path, file) }
}

/** The encoding that the reader chose for a bulletin's current text. */
export function chosenEncoding({ revision }: Pick<FolderContent, 'revision'>): Encoding {
  return revision.decoding?.chosen ?? 'auto'
}

/** Extracts the kept page of a bulletin again, in the encoding its reader chose, without the repairs he does not want. */
export async function rereadKept(
  path: string,
  content: FolderContent,
  reread: Reread,
  undone: readonly RepairName[],
): Promise<Addition> {
  return reread({ ...(await readKeptPage(path, content)), encoding: chosenEncoding(content), undone })
}

/**
 * Reads a bulletin's kept page in another encoding, as a new revision (`re-decoded`). Repairs of the encoding begin
 * anew; others that its reader took back stay so. Where it is read so already nothing is written. Throws
 * `bulletin-damaged`, what extraction throws, and as writes do.
 */
export async function redecode(
  writing: Writing,
  folder: string,
  encoding: Encoding,
  { reread, now }: { reread: Reread; now: Date },
): Promise<RereadResult> {
  const path = join(writing.root, folder)
  const content = await readFolder(path)
  const { document, revision } = content
  const undone = revision.repairs.filter((repair) => repair.undone && !concernsEncoding(repair))
  const addition = await reread({ ...(await readKeptPage(path, content)), encoding, undone })
  const { title } = addition.text
  if (digestOf(addition.text) === revision.digest && encoding === chosenEncoding(content))
    return { id: document.id, title, revision: document.revision, changed: false }
  const number = document.revision + 1
  await commitChange(writing, path, {
    files: new Map(),
    documents: new Map([[revisionPath(number), revisionOf(addition, number, 're-decoded', revision.capture, now)]]),
    bulletin: { ...document, revision: number },
  })
  return { id: document.id, title, revision: number, changed: true }
}

function concernsEncoding({ kind }: RepairName): boolean {
  return kind === 'double-utf-8' || encodings.some((encoding) => encoding === kind)
}
