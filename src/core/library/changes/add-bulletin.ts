import { join } from 'node:path'
import type { BulletinText, RepairName } from '../../../shared/bulletin'
import { canonicalAddress } from '../../fetch/url'
import { endLongTurn } from '../../threads/event-loop'
import { toSlug } from '../../text/slug'
import { findFreeFolder } from '../store/bulletin-folders'
import {
  type FolderContent,
  createFolderPath,
  isInTrash,
  readFolder,
  revisionPath,
  maxSlugLength,
} from '../store/bulletin-folder'
import {
  type Captured,
  createCapture,
  formatCapturePath,
  findFreeCapturePath,
  hasNewFiles,
  selectNewFiles,
} from '../store/captures'
import { type Change, commitChange, type WriteContext } from '../store/commit'
import { digestOf } from '../store/digest'
import type { BulletinDocument } from '../store/documents'
import { idRule, sha256 } from '../store/identity'
import { markOwnPage } from '../store/own-pages'
import { nextRevisionNumber } from '../store/revisions'
import { createStoredFileReader, declaredCharsetOf, listReferences, type StoredPage } from '../store/stored-page'
import { type Addition, type ExtractAgain, idOfAddition, type StoredAddition } from './addition'
import { createRevision, withMissingReasons } from './create-revision'

/**
 * Minimum length, in characters, of a text for which two pages with this text count as one bulletin. A shorter text,
 * such as "Đang cập nhật", may stand on many pages.
 */
const minSameTextLength = 200

/** The dependencies of {@link storeAddition}. */
export interface AdditionContext {
  now: Date
  program: string
  /**
   * Extracts a page again. Called if the user has undone a repair of the bulletin or chosen an encoding for the
   * bulletin, or if a file could not be downloaded.
   */
  extractAgain: ExtractAgain
  /** Returns the id of a bulletin whose text has this digest, or null if the library has no such bulletin. */
  findByDigest(digest: string): Promise<string | null>
  /**
   * Whether a refresh adds the page. False if the user adds the page. A refresh that finds the same text creates no
   * capture.
   */
  isAutomatic: boolean
}

/**
 * Stores a received page as a new bulletin or as a new revision of a stored bulletin. Stores only a capture if the
 * stored bulletin has the same text. `findFolder` finds the folder of a stored bulletin by its id. Throws `disk-full`,
 * `library-read-only`, `write-failed`, `bulletin-damaged`.
 */
export async function storeAddition(
  writing: WriteContext,
  findFolder: (id: string) => Promise<string | null>,
  addition: Addition,
  context: AdditionContext,
): Promise<StoredAddition> {
  const pageHash = sha256(addition.bytes)
  const baseId = idOfAddition(addition)
  await endLongTurn()
  for (let n = 1; ; n++) {
    const id = n === 1 ? baseId : `${baseId}~${n}`
    const folder = await findFolder(id)
    if (folder === null) {
      const other = await storeAtOtherAddress(writing, findFolder, addition, context)
      return other ?? storeNew(writing, id, addition, context)
    }
    const stored = await readFolder(join(writing.root, folder))
    const isKnownPage = stored.captures.some(({ capture }) =>
      capture.requests.some(({ received, decoded }) => received.sha256 === pageHash || decoded.sha256 === pageHash),
    )
    if (isKnownPage && !hasNewFiles(addition.files ?? [], stored.captures))
      return { outcome: 'unchanged', id, title: stored.revision.title, folder }
    // A text with a very different title and a very different body is stored as another bulletin, because the portal
    // has used the address again.
    if (!isClearlyDifferent(stored.revision, addition.text))
      return storeAgain(writing, { folder, stored }, addition, context)
  }
}

async function storeNew(
  writing: WriteContext,
  id: string,
  addition: Addition,
  { now, program, findByDigest }: AdditionContext,
): Promise<StoredAddition> {
  const path = formatCapturePath(now)
  await endLongTurn()
  const revision = createRevision(addition, 1, 'first-capture', path, now)
  await endLongTurn()
  const sameText = await findByDigest(revision.digest)
  const slug = toSlug(addition.text.title, maxSlugLength)
  // The new bulletin gets a folder that does not exist. Otherwise the change would be written into the folder of
  // another bulletin.
  const folder = await findFreeFolder(writing.root, createFolderPath(addition.text.published, slug, id, now))
  const capture = createOwnCapture(writing, addition, { now, program })
  await endLongTurn()
  const bulletin: BulletinDocument = {
    id,
    idRule,
    addresses: listAddresses(addition, now),
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

/**
 * Stores a page whose text another bulletin already has. The other bulletin gets the address and a capture of the page.
 * Returns null if no other bulletin has the text, or if the text is too short to show that both pages are one bulletin.
 */
async function storeAtOtherAddress(
  writing: WriteContext,
  findFolder: (id: string) => Promise<string | null>,
  addition: Addition,
  { now, program, findByDigest }: AdditionContext,
): Promise<StoredAddition | null> {
  const { address, text } = addition
  if (address === null || text.bodyText.length < minSameTextLength) return null
  const id = await findByDigest(digestOf(text))
  const folder = id === null ? null : await findFolder(id)
  if (folder === null || isInTrash(folder)) return null
  const path = join(writing.root, folder)
  // A damaged bulletin gets no second address. In this case, the page is stored as a separate bulletin.
  const stored = await readFolder(path).catch(() => null)
  const last = stored?.document.addresses.at(-1)
  if (stored === null || last === undefined || digestOf(stored.revision) !== digestOf(text)) return null
  const { document, captures } = stored
  const known = new Set(document.addresses.map(({ url }) => canonicalAddress(url)))
  const added = listAddresses(addition, now)
    .filter(({ url }) => !known.has(canonicalAddress(url)))
    .map((each) => ({ ...each, how: isSameHost(each.url, last.url) ? each.how : ('republished' as const) }))
  const result = { outcome: 'unchanged' as const, id: document.id, title: text.title, folder, isOtherAddress: true }
  if (added.length === 0) return { ...result, isOtherAddress: false }
  const capture = createCapture(toCaptured(addition), now, program)
  await commitChange(writing, path, {
    files: selectNewFiles(capture.files, captures),
    documents: new Map([[await findFreeCapturePath(path, now), capture.document]]),
    // The interface shows and checks the last address of a bulletin, so the new addresses are put before it.
    bulletin: { ...document, addresses: [...added, ...document.addresses] },
  })
  return result
}

function isSameHost(a: string, b: string): boolean {
  return new URL(a).hostname === new URL(b).hostname
}

/** Stores a capture of a page that is received again. Also stores a revision if the text or the files differ. */
async function storeAgain(
  writing: WriteContext,
  { folder, stored }: { folder: string; stored: FolderContent },
  received: Addition,
  { now, program, extractAgain, isAutomatic }: AdditionContext,
): Promise<StoredAddition> {
  const { document, revision: current, captures } = stored
  const path = join(writing.root, folder)
  const choices: StoredChoices = {
    undone: current.repairs.filter(({ undone }) => undone),
    encoding: received.text.decoding?.chosen ?? current.decoding?.chosen ?? 'auto',
    savedReferences: listReferences(captures),
    readFileByAddress: createStoredFileReader(path, captures),
  }
  const addition = await applyStoredChoices(received, choices, extractAgain)
  const capture = createOwnCapture(writing, received, { now, program })
  const capturePath = await findFreeCapturePath(path, now)
  const documents = new Map<string, Record<string, unknown>>([[capturePath, capture.document]])
  const isSameText = digestOf(addition.text) === current.digest
  const isSame = isSameText && !hasNewFiles(received.files ?? [], captures)
  const number = await nextRevisionNumber(path, document.revision)
  if (isSame && isAutomatic) return { outcome: 'unchanged', id: document.id, title: addition.text.title, folder }
  if (!isSame) {
    const { name, version } = current.extractor
    const isSameExtractor = name === addition.extractor.name && version === addition.extractor.version
    const cause = isSameExtractor && !isSameText ? 'source-changed' : 're-extracted'
    documents.set(revisionPath(number), createRevision(addition, number, cause, capturePath, now))
  }
  const change: Change = {
    files: selectNewFiles(capture.files, captures),
    documents,
    bulletin: isSame ? null : { ...document, revision: number },
  }
  await commitChange(writing, path, change)
  return { outcome: isSame ? 'unchanged' : 'revised', id: document.id, title: addition.text.title, folder }
}

/**
 * Creates the capture of an addition. If the page came from a private network address, the capture gets a code made
 * with this user's key.
 */
function createOwnCapture(
  { ownKey }: WriteContext,
  addition: Addition,
  { now, program }: Pick<AdditionContext, 'now' | 'program'>,
): ReturnType<typeof createCapture> {
  const { document, files } = createCapture(toCaptured(addition), now, program)
  return { document: markOwnPage(document, ownKey), files }
}

function toCaptured({ bytes, name, charset, network, files }: Addition): Captured {
  return { page: { bytes, name, charset, network: network ?? null }, files: files ?? [] }
}

/** Returns the addresses of a new bulletin. The last one is the address that the interface shows. */
function listAddresses({ address, network }: Addition, now: Date): BulletinDocument['addresses'] {
  type Address = BulletinDocument['addresses'][number]
  const from = now.toISOString()
  const createAddress = (url: string, how: Address['how']): Address => ({ url, from, until: null, how })
  if (network === undefined) return address === null ? [] : [createAddress(canonicalAddress(address), 'canonical')]
  const { targetUri, redirects } = network.facts
  const [first] = redirects
  const isTarget = address === null || canonicalAddress(address) === canonicalAddress(targetUri)
  return [
    ...(first === undefined ? [] : [createAddress(first.url, 'typed')]),
    createAddress(targetUri, first === undefined ? 'typed' : 'redirect'),
    ...(isTarget ? [] : [createAddress(address, 'canonical')]),
  ]
}

/**
 * The values of a stored bulletin that are used when its page is received again: the user's choices and the stored
 * files.
 */
interface StoredChoices extends Pick<StoredPage, 'encoding' | 'savedReferences' | 'readFileByAddress'> {
  undone: readonly RepairName[]
}

/**
 * Extracts a received page again with the user's choices for the stored bulletin: the encoding and the undone repairs.
 * A file that could not be downloaded is taken from the library. Returns `received` unchanged if there are no such
 * choices and no file is missing.
 */
async function applyStoredChoices(
  received: Addition,
  { undone, encoding, savedReferences, readFileByAddress }: StoredChoices,
  extractAgain: ExtractAgain,
): Promise<Addition> {
  const hasSameChoices = undone.length === 0 && encoding === (received.text.decoding?.chosen ?? 'auto')
  if (hasSameChoices && (received.text.missing ?? []).length === 0) return received
  const fresh = new Map((received.files ?? []).map(({ address, bytes }) => [address, bytes]))
  const extracted = await extractAgain({
    bytes: received.bytes,
    name: received.name,
    address: received.network?.facts.targetUri ?? null,
    declaredCharset: declaredCharsetOf(received.network?.facts.responseHeaders),
    savedReferences: [...savedReferences, ...[...fresh.keys()].filter((address) => address !== null)],
    readFileByAddress: async (address) => fresh.get(address) ?? (await readFileByAddress(address)),
    encoding,
    undone,
  })
  return { ...extracted, text: withMissingReasons(extracted.text, received.text) }
}

/**
 * Whether two bulletins share less than a third of the words of their titles, and less than a third of the words of
 * their bodies.
 */
function isClearlyDifferent(a: BulletinText, b: BulletinText): boolean {
  return shareOfWords(a.title, b.title) < 1 / 3 && shareOfWords(a.bodyText, b.bodyText) < 1 / 3
}

function shareOfWords(a: string, b: string): number {
  const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/\p{L}+/gu))
  const [left, right] = [wordsOf(a), wordsOf(b)]
  const total = left.union(right).size
  return total === 0 ? 1 : left.intersection(right).size / total
}
