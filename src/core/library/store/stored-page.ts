import { basename } from 'node:path'
import { AppError } from '../../../shared/errors'
import type { Encoding } from '../../../shared/text/encodings'
import { contentType, headerOf } from '../../fetch/response-headers'
import { type FolderContent, names, readStoredFile, type StoredCapture } from './bulletin-folder'
import type { CaptureDocument, RevisionDocument } from './documents'

/** The page that a bulletin's current revision was extracted from. */
export interface StoredPage {
  bytes: Uint8Array
  name: string
  /**
   * `address` is the address of the page, and `declaredCharset` is the charset that the server named. Both are null for
   * a file that the user imported.
   */
  address: string | null
  declaredCharset: string | null
  /** The encoding that the user chose for the current text. `auto` means that the program detects the encoding. */
  encoding: Encoding
  /** The texts by which the page refers to the files that were saved with it, for example relative paths. */
  savedReferences: readonly string[]
  /** The current revision. */
  revision: RevisionDocument
  /** The names, in the bulletin's `files/`, of the files that its captures refer to. */
  fileNames: ReadonlySet<string>
  /**
   * Reads the stored picture or attached file that came from an address. Returns null if the bulletin stores no file
   * from this address.
   */
  readFileByAddress(address: string): Promise<Uint8Array | null>
}

/**
 * Reads the page that the current revision was extracted from. `path` is the bulletin's folder. Throws
 * `bulletin-damaged`, `file-not-found`.
 */
export async function readStoredPage(
  path: string,
  { revision, captures }: Pick<FolderContent, 'revision' | 'captures'>,
): Promise<StoredPage> {
  const capture = captures.find((each) => each.path === revision.capture)?.capture
  const page = capture?.requests.find(({ role }) => role === 'page')
  if (capture === undefined || page === undefined)
    throw new AppError('bulletin-damaged', `stored page: ${revision.capture} has no page`, { file: revision.capture })
  const file = basename(page.file)
  const requests = captures.flatMap((each) => each.capture.requests)
  return {
    bytes: await readStoredFile(path, file),
    name: capture.originalFileName ?? file,
    address: page.targetUri,
    declaredCharset: declaredCharsetOf(page.responseHeaders),
    encoding: revision.decoding?.chosen ?? 'auto',
    savedReferences: listReferences(captures),
    revision,
    fileNames: new Set(requests.map((request) => request.file.slice(`${names.files}/`.length))),
    readFileByAddress: createStoredFileReader(path, captures),
  }
}

/** Lists the texts by which the page refers to the files that were saved with it. */
export function listReferences(captures: readonly StoredCapture[]): string[] {
  return captures.flatMap(({ capture }) =>
    capture.requests.flatMap(({ reference }) => (reference === undefined ? [] : [reference])),
  )
}

/**
 * Creates a function that reads a stored file of a bulletin by the address from which the file came. `path` is the
 * bulletin's folder.
 */
export function createStoredFileReader(
  path: string,
  captures: readonly StoredCapture[],
): StoredPage['readFileByAddress'] {
  const findFile = createStoredFileLookup(captures)
  return async (address) => {
    const file = findFile(address)
    return file === null ? null : readStoredFile(path, file)
  }
}

/**
 * Creates a function that finds the latest stored file from an address. The function returns the file's name in
 * `files/`, or null if no file came from this address.
 */
export function createStoredFileLookup(captures: readonly StoredCapture[]): (address: string) => string | null {
  const files = new Map<string, string>()
  for (const { capture } of captures)
    for (const request of capture.requests)
      for (const address of addressesOf(request))
        if (request.role !== 'page') files.set(address, basename(request.file))
  return (address) => files.get(normalizeAddress(address)) ?? null
}

/**
 * Returns an address in the form of the URL standard, without its fragment. Returns a text that is not a URL unchanged.
 */
function normalizeAddress(address: string): string {
  const url = URL.parse(address)
  if (url === null) return address
  url.hash = ''
  return url.href
}

/**
 * Returns every address by which a stored file can be found: the reference in the page, the requested address, and the
 * address of every redirect.
 */
function addressesOf({ targetUri, redirects = [], reference }: CaptureDocument['requests'][number]): string[] {
  return [
    ...(reference === undefined ? [] : [normalizeAddress(reference)]),
    ...(targetUri === null ? [] : [targetUri, ...redirects.map(({ url }) => url)]),
  ]
}

/** Returns the charset in the `content-type` header in lower case, or null if the header has none. */
export function declaredCharsetOf(headers: readonly (readonly [string, string])[] = []): string | null {
  return contentType(headerOf(headers, 'content-type')).charset
}
