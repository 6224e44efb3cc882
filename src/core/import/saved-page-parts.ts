import type { PageMedia } from '../extract/page-media'
import type { ResolveMedia } from '../media/collect-media'
import { createNotBesideError } from '../media/media-errors'

/** A file that was saved with a page. */
export interface ImportPart {
  /** Path from the page's own folder, with forward slashes. */
  reference: string
  /** Throws `unreadable`, `too-large`. */
  read(): Promise<Uint8Array>
}

/**
 * Finds pictures and files of a saved page among those that were saved with it, however the page writes their names:
 * percent-encoded, composed or decomposed, in other capitals, or under the name its folder had before. What the page
 * refers to anywhere else is not looked for: throws `not-beside`.
 */
export function createSavedPartResolver(parts: readonly ImportPart[], media: PageMedia): ResolveMedia {
  const byReference = new Map(parts.map((part) => [keyOf(part.reference), part]))
  const byRest = new Map(parts.map((part) => [restOf(keyOf(part.reference)), part]))
  const placed = new Map(
    media.attachments.flatMap(({ address, file }) => (file === undefined ? [] : [[address, file] as const])),
  )
  return async (address) => {
    const references = referencesOf(placed.get(address) ?? address)
    const part =
      references.map((reference) => byReference.get(reference)).find((each) => each !== undefined) ??
      references.map((reference) => byRest.get(restOf(reference))).find((each) => each !== undefined)
    if (part === undefined) throw createNotBesideError(address)
    const bytes = await part.read()
    return { bytes, received: bytes, facts: null, fileName: part.reference.split('/').at(-1) ?? null }
  }
}

/** What an address could mean as a path from the page's folder; nothing where it leads anywhere else. */
function referencesOf(address: string): string[] {
  if (/^[a-z][a-z\d+.-]+:|^[/\\]/i.test(address)) return []
  const [withQuery = ''] = address.split('#')
  const [bare = ''] = withQuery.split('?')
  const all = [withQuery, bare].flatMap((text) => [decoded(text), text])
  return [...new Set(all.map(keyOf))].filter((key) => !key.split('/').includes('..'))
}

function keyOf(reference: string): string {
  return reference
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '.' && segment !== '')
    .join('/')
    .normalize('NFC')
    .toLowerCase()
}

/** A path below the page's folder of parts; a name that stands in no folder has none. */
function restOf(key: string): string {
  const at = key.indexOf('/')
  return at < 0 ? '\u0000' : key.slice(at + 1)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Bytes of an old encoding: each stands for itself.
    return text.replace(/%([\da-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
}
