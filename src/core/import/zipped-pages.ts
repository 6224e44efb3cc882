import { unzipSync } from 'fflate/browser'
import { AppError } from '../../shared/errors'
import { groupSavedPages, isImportableName } from '../../shared/saved-pages'
import { addressInMirror, createSiblingFinder, listPageReferences } from './siblings'

/**
 * Limits of an archive: the maximum number of bytes of all files together (`total`) and of one file (`file`), and the
 * maximum number of files.
 */
const limits = { total: 300 * 1024 * 1024, file: 20 * 1024 * 1024, files: 10_000 }
/** Matches the names of files that only office documents and books have. Their archives are not saved pages. */
const officeFile = /^(?:\[Content_Types\]\.xml|mimetype|META-INF\/.*)$/

/** A page in an archive, with the files that were saved with it. */
export interface ZippedPage {
  /** The path of the page in the archive. */
  path: string
  bytes: Uint8Array
  /** The address from which the page was saved. Null if the archive does not give this address. */
  savedFrom: string | null
  parts: { reference: string; bytes: Uint8Array }[]
}

/**
 * Opens an archive of saved pages: a zip file, or the `.maff` of Firefox. Returns null if the archive is an office
 * document or a book, or if it has no page. Throws `too-large` (details: name, limitMb).
 */
export function openZippedPages(bytes: Uint8Array, name: string): ZippedPage[] | null {
  const files = unzip(bytes, name)
  if (files === null || [...files.keys()].some((path) => officeFile.test(path))) return null
  const pages = groupSavedPages([...files.keys()].map((path) => ({ path })))
    .filter(({ file }) => isImportableName(file.path) && !/\.(?:zip|maff|json)$/i.test(file.path))
    .sort(({ file: a }, { file: b }) => (a.path < b.path ? -1 : Number(a.path > b.path)))
  const read = (path: string): Uint8Array => files.get(path) ?? new Uint8Array()
  const find = createSiblingFinder(
    [...files.keys()].map((path) => ({ path, read: () => Promise.resolve(read(path)) })),
    '',
  )
  const found = pages.map(({ file: { path }, parts }): ZippedPage => {
    const own = parts.map((part) => ({ reference: part.reference, bytes: read(part.file.path) }))
    const known = new Set(own.map(({ reference }) => reference))
    const others = listPageReferences(read(path)).flatMap((reference) => {
      const file = known.has(reference) ? null : find(path, reference)
      return file === null ? [] : [{ reference, bytes: read(file.path) }]
    })
    return {
      path,
      bytes: read(path),
      savedFrom: readOrigin(files, path) ?? addressInMirror(path),
      parts: [...own, ...others],
    }
  })
  return found.length === 0 ? null : found
}

function unzip(bytes: Uint8Array, name: string): Map<string, Uint8Array> | null {
  let [total, count] = [0, 0]
  let isTooLarge = false
  try {
    const files = unzipSync(bytes, {
      filter({ name: path, originalSize }) {
        if (path.endsWith('/') || path.startsWith('__MACOSX/')) return false
        total += originalSize
        count += 1
        isTooLarge ||= total > limits.total || count > limits.files
        return !isTooLarge && originalSize <= limits.file
      },
    })
    if (isTooLarge) throw new AppError('too-large', `unzip ${name}`, { name, limitMb: limits.total / 1024 / 1024 })
    return new Map(Object.entries(files).map(([path, content]) => [path.replaceAll('\\', '/'), content]))
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    return null // The archive is damaged. The caller refuses it as a binary file.
  }
}

/**
 * Returns the address that a `.maff` archive gives for a page, in the file `index.rdf` beside the page. Returns null if
 * there is no such file.
 */
function readOrigin(files: ReadonlyMap<string, Uint8Array>, pagePath: string): string | null {
  const rdf = files.get(`${pagePath.split('/').slice(0, -1).join('/')}/index.rdf`.replace(/^\//, ''))
  if (rdf === undefined) return null
  const found = /originalurl\s[^>]{0,80}resource\s*=\s*"(https?:[^"]{1,4000})"/i.exec(Buffer.from(rdf).toString('utf8'))
  return found?.[1]?.replaceAll('&amp;', '&') ?? null
}
