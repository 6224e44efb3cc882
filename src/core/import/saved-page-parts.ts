import type { PageMedia } from '../extract/page-media'
import type { ResolveMedia } from '../media/collect-media'
import { createNotBesideError } from '../media/media-errors'

/** A file that a browser saved with a page. */
export interface ImportPart {
  /** The path relative to the page's folder, with forward slashes. */
  reference: string
  /** Throws `unreadable`, `too-large`. */
  read(): Promise<Uint8Array>
}

/**
 * Resolves the pictures and files of a saved page to the files that were saved with the page. The page may write a file
 * name percent-encoded, with composed or decomposed letters, in another case, or below a former name of the folder.
 * `address` is the address of the page, against which the page's references were resolved. Throws `not-beside` for a
 * reference to any other place.
 */
export function createSavedPartResolver(
  parts: readonly ImportPart[],
  media: PageMedia,
  address: string | null = null,
): ResolveMedia {
  const byAddress = new Map(
    parts.flatMap((part): [string, ImportPart][] => {
      const url = address === null ? null : URL.parse(part.reference, address)
      return [[part.reference, part], ...(url === null ? [] : [[url.href, part] satisfies [string, ImportPart]])]
    }),
  )
  const byReference = new Map(parts.map((part) => [keyOf(part.reference), part]))
  const byPathInFolder = new Map(parts.map((part) => [pathInFolder(keyOf(part.reference)), part]))
  const fileByAddress = new Map(
    media.attachments.flatMap(({ address, file }) => (file === undefined ? [] : [[address, file] as const])),
  )
  return async (wanted) => {
    const file = fileByAddress.get(wanted) ?? wanted
    const references = listReferences(file)
    const part =
      byAddress.get(file) ??
      references.map((reference) => byReference.get(reference)).find((each) => each !== undefined) ??
      references.map((reference) => byPathInFolder.get(pathInFolder(reference))).find((each) => each !== undefined)
    if (part === undefined) throw createNotBesideError(wanted)
    const bytes = await part.read()
    return { bytes, received: bytes, facts: null, fileName: part.reference.split('/').at(-1) ?? null }
  }
}

/**
 * Returns the paths that an address may mean, relative to the page's folder. Returns an empty array if the address
 * leads to a place outside that folder.
 */
function listReferences(address: string): string[] {
  if (/^[a-z][a-z\d+.-]+:|^[/\\]/i.test(address)) return []
  const [withQuery = ''] = address.split('#')
  const [bare = ''] = withQuery.split('?')
  const all = [withQuery, bare].flatMap((text) => [decodePercent(text), text])
  return [...new Set(all.map(keyOf))].filter((key) => !key.split('/').includes('..'))
}

/** Returns a key that is the same for all spellings of a path. */
function keyOf(reference: string): string {
  return reference
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '.' && segment !== '')
    .join('/')
    .normalize('NFC')
    .toLowerCase()
}

/** A path without its first folder. A path without a folder becomes a key that matches no path. */
function pathInFolder(key: string): string {
  const at = key.indexOf('/')
  return at < 0 ? '\u0000' : key.slice(at + 1)
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // If the bytes are not UTF-8, each byte becomes one character.
    return text.replace(/%([\da-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
}
