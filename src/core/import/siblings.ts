import type { ImportPart } from './saved-page-parts'

/** A file in an imported folder or archive. */
export interface SiblingFile {
  path: string
  read(): Promise<Uint8Array>
}

/**
 * Finds the file for a reference in a page. `page` is the path of the page. Returns null if there is no
 * such file.
 */
export type FindSibling = (page: string, reference: string) => (ImportPart & Pick<SiblingFile, 'path'>) | null

/** Matches an attribute of a page that refers to a picture or file. */
const referenceAttribute =
  /\b(?:src|href|data-src|data-original|poster|srcset)\s*=\s*(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s"'>]{1,4000}))/gi
/** Matches the names of pages, style sheets and scripts, which are not parts of a bulletin. */
const otherFile = /\.(?:x?html?|php|aspx?|jsp|css|js|mjs|json|xml|rss)(?:[?#@%].*)?$|\/$/i
const mediaFile = /\.(?:png|jpe?g|gif|webp|bmp|svg|avif|pdf|docx?|xlsx?|pptx?|rtf|zip|rar|mp3|mp4)$/i
const maxReferences = 2_000
/**
 * Matches the name of a folder that is the name of a host. HTTrack and wget create such folders when they copy a site.
 */
const hostFolder = /^(?:[a-z\d-]+\.)+(?:vn|com|net|org|info|asia|edu|gov)$/i

/**
 * Creates a function that finds files in the copy of a site that HTTrack or wget has made. Only the given files are
 * found, so nothing outside the imported folder is read. `root` is the path of the folder.
 */
export function createSiblingFinder(files: readonly SiblingFile[], root: string): FindSibling {
  const byPath = new Map(files.map((file) => [keyOf(file.path), file]))
  const rootKey = keyOf(root)
  return (page, reference) => {
    if (/^(?:data|cid|javascript|mailto|tel|about):/i.test(reference) || isOtherFile(reference)) return null
    const folder = keyOf(page).split('/').slice(0, -1)
    const url = /^https?:|^\/\//i.test(reference) ? URL.parse(reference, 'http://page.invalid/') : null
    const hosts = rootsOf(folder, rootKey)
    const bases =
      url !== null
        ? hosts.map((base) => [...base, url.host])
        : reference.startsWith('/')
          ? hosts.flatMap((base) => [base, [...base, ...hostIn(folder)]])
          : [folder]
    const target = url === null ? reference : `${url.pathname}${url.search}`
    for (const base of bases)
      for (const path of spellingsOf(target)) {
        const file = byPath.get(joinPath(base, path))
        if (file !== undefined) return { reference, path: file.path, read: () => file.read() }
      }
    return null
  }
}

/** Lists the references in a page that may lead to files saved with it. */
export function listPageReferences(bytes: Uint8Array): string[] {
  const html = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const found = new Set<string>()
  for (const [whole, double, single, bare] of html.matchAll(referenceAttribute)) {
    const value = (double ?? single ?? bare ?? '').replaceAll('&amp;', '&').trim()
    const all = /^srcset/i.test(whole) ? value.split(/\s*,\s+/).map((each) => each.split(/\s+/)[0] ?? '') : [value]
    for (const each of all) if (each !== '' && found.size < maxReferences) found.add(each)
  }
  return [...found]
}

/**
 * Returns the address of a page in the copy of a site, in which a folder has the name of the host. Returns null if no
 * folder has such a name.
 */
export function addressInMirror(path: string): string | null {
  const segments = path.split(/[/\\]/)
  const at = segments.slice(0, -1).findLastIndex((segment) => hostFolder.test(segment))
  if (at < 0) return null
  const rest = segments
    .slice(at + 1)
    .join('/')
    .replace(/(?:%3F|[?@])(?=[\w-]+=)/i, '?')
    .replace(/^(.*\?.*)\.html$/i, '$1')
    .replace(/(^|\/)index\.html$/i, '$1')
  return URL.parse(`https://${segments[at]}/${rest}`)?.href ?? null
}

function isOtherFile(reference: string): boolean {
  return otherFile.test(reference) && !mediaFile.test(reference)
}

function rootsOf(folder: readonly string[], rootKey: string): string[][] {
  const root = rootKey === '' ? [] : rootKey.split('/')
  const at = folder.findLastIndex((segment) => hostFolder.test(segment))
  return at < root.length ? [root] : [folder.slice(0, at), root]
}

function hostIn(folder: readonly string[]): string[] {
  const host = folder.findLast((segment) => hostFolder.test(segment))
  return host === undefined ? [] : [host]
}

/**
 * Returns the file paths that a reference may mean. wget writes the query into the file name, after "?", "@" or "%3F".
 */
function spellingsOf(reference: string): string[] {
  const [withQuery = ''] = reference.split('#')
  const [bare = ''] = withQuery.split('?')
  const decoded = [withQuery, bare].flatMap((text) => [decode(text), text])
  return [...new Set([...decoded, withQuery.replace('?', '@')])].filter((text) => text !== '')
}

function joinPath(base: readonly string[], path: string): string {
  const joined = [...base]
  for (const segment of keyOf(path).split('/')) {
    if (segment === '..') joined.pop()
    else if (segment !== '' && segment !== '.') joined.push(segment)
  }
  return joined.join('/')
}

function keyOf(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/')
    .normalize('NFC')
    .toLowerCase()
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // The "%" does not begin an escape.
  }
}
