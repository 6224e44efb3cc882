import { join } from 'node:path'
import type { BulletinSource, BulletinText, Repair, RepairName } from '../../../shared/bulletin'
import { canonicalAddress } from '../../fetch/url'
import { toSlug } from '../../text/slug'
import { folderPathOf, type FolderContent, names, readFolder, revisionPath, slugLength } from '../store/bulletin-folder'
import { type Change, commitChange, type WriteContext } from '../store/commit'
import {
  type AdditionFile,
  captureOf,
  type Captured,
  formatCapturePath,
  freeCapturePath,
  type NetworkPage,
} from '../store/captures'
import { digestOf, digestRule } from '../store/digest'
import type { BulletinDocument, RevisionDocument } from '../store/documents'
import { idOf, idRule, sha256 } from '../store/identity'
import { listReferences, declaredCharsetOf, createStoredFileReader, type StoredPage } from '../store/stored-page'

/** A page as received and what extraction made of it. */
export interface Addition {
  bytes: Uint8Array
  /** File name as the reader knows it. */
  name: string
  /** Canonical address, null where the page has none. */
  address: string | null
  source: BulletinSource
  /** sha256 of the page that a document of ours was made from; absent where `bytes` are the page itself. */
  origin?: string | null
  text: BulletinText
  charset: string
  extractor: { name: string; version: number; pack?: string | null }
  /** What the network told of the page; absent for a file the reader handed in. */
  network?: NetworkPage
  /** Pictures and attached files that `text` refers to and that may not be kept yet. */
  files?: readonly AdditionFile[]
}

/** What became of an addition. `revised`: the text differs from the kept one; `unchanged`: it was there already. */
export interface StoredAddition {
  outcome: 'added' | 'revised' | 'unchanged'
  id: string
  title: string
  /** The bulletin's folder below the library. */
  folder: string
}

/**
 * Extracts a kept page again and puts the pictures and files that are kept in their places; supplied by the joiner,
 * since the library knows no extraction.
 */
export type Reread = (
  page: Pick<StoredPage, 'bytes' | 'name'> &
    Partial<StoredPage> & {
      /** Repairs its reader does not want. */
      undone?: readonly RepairName[]
    },
) => Promise<Addition>

/** What storing an addition needs beside it. */
export interface AdditionContext {
  now: Date
  program: string
  /** Extracts the page again where its reader does not want some repair, or chose its encoding. */
  reread: Reread
  /** A bulletin here whose text has this digest, or null. */
  withText(digest: string): Promise<string | null>
  /** A program looked, not a reader: that it found the same text is no capture. */
  isAutomatic?: boolean
}

/**
 * Stores an addition: a new bulletin, a new revision of a known one, or nothing but the capture where the text is
 * the same. `folderOf` finds the folder of a known id. Throws `disk-full`, `library-read-only`, `write-failed`,
 * `bulletin-damaged`.
 */
export async function storeAddition(
  writing: WriteContext,
  folderOf: (id: string) => Promise<string | null>,
  addition: Addition,
  context: AdditionContext,
): Promise<StoredAddition> {
  const pageHash = sha256(addition.bytes)
  const baseId = idOfAddition(addition)
  for (let n = 1; ; n++) {
    const id = n === 1 ? baseId : `${baseId}~${n}`
    const folder = await folderOf(id)
    if (folder === null) return storeNew(writing, id, addition, context)
    const kept = await readFolder(join(writing.root, folder))
    const isKnownPage = kept.captures.some(({ capture }) =>
      capture.requests.some(({ received, decoded }) => received.sha256 === pageHash || decoded.sha256 === pageHash),
    )
    if (isKnownPage && !hasNewFiles(addition, kept))
      return { outcome: 'unchanged', id, title: kept.revision.title, folder }
    // A reused address whose title and text are clearly different is another bulletin, not a revision.
    if (!isClearlyDifferent(kept.revision, addition.text)) return storeAgain(writing, folder, kept, addition, context)
  }
}

/** The id that an addition has where no other bulletin was found at its address before. */
export function idOfAddition({ address, bytes, origin }: Pick<Addition, 'address' | 'bytes' | 'origin'>): string {
  return idOf(address === null ? { fileSha256: origin ?? sha256(bytes) } : { address })
}

async function storeNew(
  writing: WriteContext,
  id: string,
  addition: Addition,
  { now, program, withText }: AdditionContext,
): Promise<StoredAddition> {
  const path = formatCapturePath(now)
  const revision = revisionOf(addition, 1, 'first-capture', path, now)
  const sameText = await withText(revision.digest)
  const folder = folderPathOf(addition.text.published, toSlug(addition.text.title, slugLength), id, now)
  const capture = captureOf(capturedOf(addition), now, program)
  const bulletin: BulletinDocument = {
    id,
    idRule,
    addresses: addressesOf(addition, now),
    source: addition.source,
    relations: sameText === null ? [] : [{ type: 'sameTextAs', id: sameText }],
    revision: 1,
  }
  await commitChange(writing, join(writing.root, folder), {
    files: capture.files,
    documents: new Map<string, Record<string, unknown>>([
      [path, capture.document],
      [revisionPath(1), revision],
    ]),
    bulletin,
  })
  return { outcome: 'added', id, title: addition.text.title, folder }
}

async function storeAgain(
  writing: WriteContext,
  folder: string,
  kept: FolderContent,
  received: Addition,
  { now, program, reread, isAutomatic: isUnasked = false }: AdditionContext,
): Promise<StoredAddition> {
  const { document, revision: current } = kept
  const path = join(writing.root, folder)
  const undone = current.repairs.filter((repair) => repair.undone)
  const encoding = received.text.decoding?.chosen ?? current.decoding?.chosen ?? 'auto'
  const { captures } = kept
  const stays = {
    undone,
    encoding,
    carried: listReferences(captures),
    keptFile: createStoredFileReader(path, captures),
  }
  const addition = await rereadWithStored(received, stays, reread)
  const capture = captureOf(capturedOf(received), now, program)
  const capturePath = await freeCapturePath(path, now)
  const documents = new Map<string, Record<string, unknown>>([[capturePath, capture.document]])
  const isSameText = digestOf(addition.text) === current.digest
  const isSame = isSameText && !hasNewFiles(received, kept)
  const number = document.revision + 1
  if (isSame && isUnasked) return { outcome: 'unchanged', id: document.id, title: addition.text.title, folder }
  if (!isSame) {
    const { name, version } = current.extractor
    const isSameExtractor = name === addition.extractor.name && version === addition.extractor.version
    const cause = isSameExtractor && !isSameText ? 'source-changed' : 're-extracted'
    documents.set(revisionPath(number), revisionOf(addition, number, cause, capturePath, now))
  }
  const change: Change = {
    files: selectNewFiles(capture.files, kept),
    documents,
    bulletin: isSame ? null : { ...document, revision: number },
  }
  await commitChange(writing, path, change)
  return { outcome: isSame ? 'unchanged' : 'revised', id: document.id, title: addition.text.title, folder }
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

function capturedOf({ bytes, name, charset, network, files }: Addition): Captured {
  return { page: { bytes, name, charset, network: network ?? null }, files: files ?? [] }
}

/** Where a page was found, the best address last. */
function addressesOf({ address, network }: Addition, now: Date): BulletinDocument['addresses'] {
  const known = (
    url: string,
    how: BulletinDocument['addresses'][number]['how'],
  ): BulletinDocument['addresses'][number] => ({
    url,
    from: now.toISOString(),
    until: null,
    how,
  })
  if (network === undefined) return address === null ? [] : [known(canonicalAddress(address), 'canonical')]
  const { targetUri, redirects } = network.facts
  const [first] = redirects
  const all = [
    ...(first === undefined ? [] : [known(first.url, 'typed')]),
    known(targetUri, first === undefined ? 'typed' : 'redirect'),
    ...(address === null || canonicalAddress(address) === canonicalAddress(targetUri)
      ? []
      : [known(address, 'canonical')]),
  ]
  return all
}

/** Whether an addition has files that the bulletin does not keep yet. */
export function hasNewFiles(
  { files = [] }: Pick<Addition, 'files'>,
  { captures }: Pick<FolderContent, 'captures'>,
): boolean {
  const kept = storedPaths(captures)
  return files.some(({ file }) => !kept.has(`${names.files}/${file}`))
}

/** Those of a capture's files that are not kept yet: what is there is never written again. */
export function selectNewFiles(
  files: ReadonlyMap<string, Uint8Array>,
  { captures }: Pick<FolderContent, 'captures'>,
): Map<string, Uint8Array> {
  const kept = storedPaths(captures)
  return new Map([...files].filter(([path]) => !kept.has(path)))
}

function storedPaths(captures: FolderContent['captures']): Set<string> {
  return new Set(
    captures.flatMap(({ capture }) =>
      capture.requests.flatMap(({ file, receivedFile }) => (receivedFile == null ? [file] : [file, receivedFile])),
    ),
  )
}

/** What of a kept bulletin stays when its page is received again. */
interface StoredChoices extends Pick<StoredPage, 'encoding' | 'carried' | 'keptFile'> {
  undone: readonly RepairName[]
}

/**
 * A page received again, in the encoding its reader chose, without the repairs he took back, and with the kept files
 * it can't be had with now.
 */
async function rereadWithStored(
  received: Addition,
  { undone, encoding, carried, keptFile }: StoredChoices,
  reread: Reread,
): Promise<Addition> {
  const isReadSo = undone.length === 0 && encoding === (received.text.decoding?.chosen ?? 'auto')
  if (isReadSo && (received.text.missing ?? []).length === 0) return received
  const fresh = new Map((received.files ?? []).map(({ address, bytes }) => [address, bytes]))
  const again = await reread({
    bytes: received.bytes,
    name: received.name,
    address: received.network?.facts.targetUri ?? null,
    declaredCharset: declaredCharsetOf(received.network?.facts.responseHeaders),
    carried: [...carried, ...[...fresh.keys()].filter((address) => address !== null)],
    keptFile: async (address) => fresh.get(address) ?? (await keptFile(address)),
    encoding,
    undone,
  })
  return { ...again, text: withReasons(again.text, received.text) }
}

/** A text whose missing files say why as `before` says it. */
export function withReasons(text: BulletinText, before: Pick<BulletinText, 'missing'>): BulletinText {
  if (text.missing === undefined) return text
  const reasons = new Map(before.missing?.map(({ address, code }) => [address, code]))
  return { ...text, missing: text.missing.map((file) => ({ ...file, code: reasons.get(file.address) ?? file.code })) }
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
