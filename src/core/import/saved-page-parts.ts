import type { PageMedia } from '../extract/page-media'
import type { ResolveMedia } from '../media/collect-media'
import { createNotBesideError } from '../media/media-errors'

/** A file that a browser saved with a page. */
export interface ImportPart {
  /** The path of the file, relative to the folder of the page, with forward slashes. */
  reference: string
  /** Reads the file. Throws `unreadable`, `too-large`. */
  read(): Promise<Uint8Array>
}

/**
 * Creates a function that finds the pictures and files of a saved page among the files that were saved with it. The
 * page may write a file name percent-encoded, with composed or decomposed letters, in another case, or with an old name
 * of the folder. `address` is the address against which the references in the page were resolved. The function throws
 * `not-beside` if no saved file has the reference.
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
 * Returns the paths that an address in a page may mean, relative to the page's folder. Returns an empty array if the
 * address leads outside this folder.
 */
function listReferences(address: string): string[] {
  if (/^[a-z][a-z\d+.-]+:|^[/\\]/i.test(address)) return []
  const [withQuery = ''] = address.split('#')
  const [bare = ''] = withQuery.split('?')
  const all = [withQuery, bare].flatMap((text) => [decodePercent(text), text])
  return [...new Set(all.map(keyOf))].filter((key) => !key.split('/').includes('..'))
}

/** Returns a text that is the same for all spellings of a path. */
function keyOf(reference: string): string {
  return reference
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '.' && segment !== '')
    .join('/')
    .normalize('NFC')
    .toLowerCase()
}

/** Returns a path without its first folder. For a path without a folder, returns a text that no path contains. */
function pathInFolder(key: string): string {
  const at = key.indexOf('/')
  return at < 0 ? '\u0000' : key.slice(at + 1)
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // The bytes are not UTF-8, so each byte becomes one character.
    return text.replace(/%([\da-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
}
