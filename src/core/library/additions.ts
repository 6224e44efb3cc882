import { extname, join } from 'node:path'
import type { BulletinSource, BulletinText, Repair, RepairName } from '../../shared/bulletin'
import { slugOf } from '../text/slug'
import { folderPathOf, type FolderContent, names, readFolder, revisionPath, slugLength } from './bulletin-folder'
import { type Change, commitChange, type Writing } from './commit'
import { exists } from './disk'
import type { BulletinDocument, CaptureDocument, RevisionDocument } from './documents'
import { canonicalAddress, idOf, idRule, sha256 } from './identity'

/** A page as received and what extraction made of it. */
export interface Addition {
  bytes: Uint8Array
  /** File name as the reader knows it. */
  name: string
  /** Canonical address, null where the page has none. */
  address: string | null
  source: BulletinSource
  text: BulletinText
  charset: string
  extractor: { name: string; version: number; pack?: string | null }
}

/** What became of an addition. `revised`: the text differs from the kept one; `unchanged`: it was there already. */
export interface Added {
  outcome: 'added' | 'revised' | 'unchanged'
  id: string
  title: string
  /** The bulletin's folder below the library. */
  folder: string
}

/** Extracts a kept page again; supplied by the joiner, since the library knows no extraction. */
export type Reread = (page: {
  bytes: Uint8Array
  name: string
  /** Repairs its reader does not want. */
  undone?: readonly RepairName[]
}) => Promise<Addition>

/** What storing an addition needs beside it. */
export interface AdditionContext {
  now: Date
  program: string
  /** Extracts the page again where its reader does not want some repair. */
  reread: Reread
}

/** Name of the digest's rule; changes whenever {@link digestOf} does. */
const digestRule = 'text/1'

/** sha256 of the text of a revision: NFC, white space folded, one field a line; what "the same text" means. */
export function digestOf(text: BulletinText): string {
  const fields = [text.title, text.summary, text.author, text.bodyText, ...text.figures.map(({ caption }) => caption)]
  return sha256(fields.map((field) => (field ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()).join('\n'))
}

/**
 * Stores an addition: a new bulletin, a new revision of a known one, or nothing but the capture where the text is
 * the same. `folderOf` finds the folder of a known id. Throws `disk-full`, `library-read-only`, `write-failed`,
 * `bulletin-damaged`.
 */
export async function storeAddition(
  writing: Writing,
  folderOf: (id: string) => Promise<string | null>,
  addition: Addition,
  context: AdditionContext,
): Promise<Added> {
  const pageHash = sha256(addition.bytes)
  const baseId = idOf(addition.address === null ? { fileSha256: pageHash } : { address: addition.address })
  for (let n = 1; ; n++) {
    const id = n === 1 ? baseId : `${baseId}~${n}`
    const folder = await folderOf(id)
    if (folder === null) return storeNew(writing, id, addition, context)
    const kept = await readFolder(join(writing.root, folder))
    const isKnownPage = kept.captures.some(({ capture }) =>
      capture.requests.some(({ received }) => received.sha256 === pageHash),
    )
    if (isKnownPage) return { outcome: 'unchanged', id, title: kept.revision.title, folder }
    // A reused address whose title and text are clearly different is another bulletin, not a revision.
    if (!isClearlyDifferent(kept.revision, addition.text)) return storeAgain(writing, folder, kept, addition, context)
  }
}

async function storeNew(
  writing: Writing,
  id: string,
  addition: Addition,
  { now, program }: AdditionContext,
): Promise<Added> {
  const folder = folderPathOf(addition.text.published, slugOf(addition.text.title, slugLength), id, now)
  const capture = captureOf(addition, now, program)
  const capturePath = `${names.captures}/${compactTime(now)}.json`
  const bulletin: BulletinDocument = {
    id,
    idRule,
    addresses:
      addition.address === null
        ? []
        : [{ url: canonicalAddress(addition.address), from: now.toISOString(), until: null, how: 'canonical' }],
    source: addition.source,
    relations: [],
    revision: 1,
  }
  const revision = revisionOf(addition, 1, 'first-capture', capturePath, now)
  await commitChange(writing, join(writing.root, folder), {
    files: new Map([[capture.file, addition.bytes]]),
    documents: new Map<string, Record<string, unknown>>([
      [capturePath, capture.document],
      [revisionPath(1), revision],
    ]),
    bulletin,
  })
  return { outcome: 'added', id, title: addition.text.title, folder }
}

async function storeAgain(
  writing: Writing,
  folder: string,
  kept: FolderContent,
  received: Addition,
  { now, program, reread }: AdditionContext,
): Promise<Added> {
  const { document, revision: current } = kept
  const undone = current.repairs.filter((repair) => repair.undone)
  const addition = undone.length === 0 ? received : await reread({ bytes: received.bytes, name: received.name, undone })
  const capture = captureOf(addition, now, program)
  const capturePath = await freeCapturePath(join(writing.root, folder), now)
  const documents = new Map<string, Record<string, unknown>>([[capturePath, capture.document]])
  const isSameText = digestOf(addition.text) === current.digest
  const number = document.revision + 1
  if (!isSameText) {
    const { name, version } = current.extractor
    const isSameExtractor = name === addition.extractor.name && version === addition.extractor.version
    const cause = isSameExtractor ? 'source-changed' : 're-extracted'
    documents.set(revisionPath(number), revisionOf(addition, number, cause, capturePath, now))
  }
  const change: Change = {
    files: new Map([[capture.file, addition.bytes]]),
    documents,
    bulletin: isSameText ? null : { ...document, revision: number },
  }
  await commitChange(writing, join(writing.root, folder), change)
  return { outcome: isSameText ? 'unchanged' : 'revised', id: document.id, title: addition.text.title, folder }
}

/** `revisions/NNNN.json` of an addition. */
export function revisionOf(
  { text, extractor }: Pick<Addition, 'text' | 'extractor'>,
  number: number,
  cause: RevisionDocument['cause'],
  capture: string,
  now: Date,
): RevisionDocument {
  return {
    number,
    cause,
    capturedAt: now.toISOString(),
    capture,
    extractor: { ...extractor, pack: extractor.pack ?? null },
    digest: digestOf(text),
    digestRule,
    ...text,
    repairs: text.repairs.map((repair): Repair => ({ ...repair })),
  }
}

/** `captures/<time>.json` of a file the reader handed in, and where its bytes go below the bulletin's folder. */
function captureOf(
  { bytes, name, charset }: Addition,
  now: Date,
  program: string,
): { file: string; document: CaptureDocument } {
  const hash = sha256(bytes)
  const file = `${names.files}/${hash.slice(0, 32)}${/^\.[a-z0-9]{1,5}$/.exec(extname(name).toLowerCase())?.[0] ?? '.txt'}`
  const size = { bytes: bytes.byteLength, sha256: hash }
  return {
    file,
    document: {
      capturedAt: now.toISOString(),
      via: 'file',
      originalFileName: name,
      program,
      requests: [{ role: 'page', targetUri: null, status: null, received: size, decoded: { ...size, charset }, file }],
    },
  }
}

async function freeCapturePath(folder: string, now: Date): Promise<string> {
  for (let n = 1; ; n++) {
    const path = `${names.captures}/${compactTime(now)}${n === 1 ? '' : `-${n}`}.json`
    if (!(await exists(join(folder, path)))) return path
  }
}

/** 2020-09-10T03:15:00.000Z → 20200910T031500Z. */
function compactTime(at: Date): string {
  return at.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')
}

/** Less than a third of the words in common, in the title and in the body alike. */
function isClearlyDifferent(a: BulletinText, b: BulletinText): boolean {
  return shareOfWords(a.title, b.title) < 1 / 3 && shareOfWords(a.bodyText, b.bodyText) < 1 / 3
}

function shareOfWords(a: string, b: string): number {
  const words = (text: string): Set<string> => new Set(text.toLowerCase().match(/\p{L}+/gu))
  const [left, right] = [words(a), words(b)]
  const all = left.union(right).size
  return all === 0 ? 1 : left.intersection(right).size / all
}
