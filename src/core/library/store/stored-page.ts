import { basename } from 'node:path'
import type { Encoding } from '../../../shared/text/encodings'
import { AppError } from '../../../shared/errors'
import { contentType, headerOf } from '../../fetch/response-headers'
import { type FolderContent, readStoredFile } from './bulletin-folder'
import type { CaptureDocument } from './documents'

/** A page that a bulletin keeps, ready to be extracted again. */
export interface StoredPage {
  bytes: Uint8Array
  name: string
  /** Where it came from, and the charset its server named; null for a file the reader handed in. */
  address: string | null
  declaredCharset: string | null
  /** Chosen by the reader for its current text; `auto`: decided by content. */
  encoding: Encoding
  /** How it refers to what was saved with it. */
  savedReferences: readonly string[]
  /** Bytes of a kept picture or attached file by the address it came from; null where it is not kept. */
  readFileByAddress(address: string): Promise<Uint8Array | null>
}

/** The page of the current revision's capture. `path` is the bulletin's folder. Throws `bulletin-damaged`, `file-not-found`. */
export async function readStoredPage(
  path: string,
  { revision, captures }: Pick<FolderContent, 'revision' | 'captures'>,
): Promise<StoredPage> {
  const capture = captures.find((each) => each.path === revision.capture)?.capture
  const page = capture?.requests.find(({ role }) => role === 'page')
  if (capture === undefined || page === undefined)
    throw new AppError('bulletin-damaged', `reread: ${revision.capture} has no page`, { file: revision.capture })
  const file = basename(page.file)
  return {
    bytes: await readStoredFile(path, file),
    name: capture.originalFileName ?? file,
    address: page.targetUri,
    declaredCharset: declaredCharsetOf(page.responseHeaders),
    encoding: revision.decoding?.chosen ?? 'auto',
    savedReferences: listReferences(captures),
    readFileByAddress: createStoredFileReader(path, captures),
  }
}

/** How a page refers to what was saved with it. */
export function listReferences(captures: FolderContent['captures']): string[] {
  return captures.flatMap(({ capture }) =>
    capture.requests.flatMap(({ reference }) => (reference === undefined ? [] : [reference])),
  )
}

/** Finds what a bulletin keeps by the address it came from; the latest of several. */
export function createStoredFileReader(
  path: string,
  captures: FolderContent['captures'],
): StoredPage['readFileByAddress'] {
  const files = new Map<string, string>()
  for (const { capture } of captures)
    for (const request of capture.requests)
      for (const address of addressesOf(request))
        if (request.role !== 'page') files.set(address, basename(request.file))
  return async (address) => {
    const file = files.get(normalizeAddress(address))
    return file === undefined ? null : readStoredFile(path, file)
  }
}

/** An address as it was asked for: written as a URL writes it, without the place in the file. */
function normalizeAddress(address: string): string {
  const url = URL.parse(address)
  if (url === null) return address
  url.hash = ''
  return url.href
}

/** What the page says of it, the address that was asked, and every one a redirect led over. */
function addressesOf({ targetUri, redirects = [], reference }: CaptureDocument['requests'][number]): string[] {
  return [
    ...(reference === undefined ? [] : [normalizeAddress(reference)]),
    ...(targetUri === null ? [] : [targetUri, ...redirects.map(({ url }) => url)]),
  ]
}

/** The charset that the headers of a page name, lower case; null where they name none. */
export function declaredCharsetOf(headers: readonly (readonly [string, string])[] = []): string | null {
  return contentType(headerOf(headers, 'content-type')).charset
}
