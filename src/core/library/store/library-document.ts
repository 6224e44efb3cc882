import { join } from 'node:path'
import type * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'
import type { WriteContext } from './commit'
import { exists, makeFolder, moveDurably, randomName, writeDurably } from '../../files'
import { findLink, readPlainFile } from '../../trust/plain-files'
import { libraryDocument, readDocument } from './documents'
import { readmeText } from './readme'
import { nodeCrypto } from '../../node-crypto'

/** The content of `library.json`. */
export type LibraryDocument = z.infer<typeof libraryDocument>

const format = 'bantin-library/1.0'

/** The names that the format defines in the library's folder. A library in which one of them is a link is refused. */
const ownNames = new Set([
  ...['library.json', 'library.lock', 'library.unsettled', 'README.txt'],
  ...['bulletins', 'trash', 'damaged', 'sources', 'refreshes', 'tombstones', 'log', 'tmp'],
  ...['index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm', 'index.sqlite.new'],
])

/**
 * Reads `library.json`. Returns null if the file is missing. Throws `library-has-link` if a file or folder that the
 * format defines is a link. Throws `library-newer`, `bulletin-damaged`, `read-failed`.
 */
export async function readLibraryDocument(root: string): Promise<LibraryDocument | null> {
  const link = await findLink(root, ownNames)
  if (link !== null) throw new AppError('library-has-link', `open library: ${link} is a link`, { path: link })
  const path = join(root, 'library.json')
  if (!(await exists(path))) return null
  const document = await readDocument(path, libraryDocument)
  const major = Number(/^bantin-library\/(\d+)\.\d+$/.exec(document.format)?.[1] ?? 0)
  if (major === 0)
    throw new AppError('bulletin-damaged', `open library: unknown format ${document.format}`, { file: path })
  if (major > 1)
    throw new AppError('library-newer', `open library: format ${document.format}`, { format: document.format })
  return document
}

/**
 * Whether a folder is a library. A folder with `bulletins/` is a library too, because `library.json` may be lost.
 * Throws `read-failed`.
 */
export async function isLibrary(root: string): Promise<boolean> {
  return (await exists(join(root, 'library.json'))) || (await exists(join(root, 'bulletins')))
}

/**
 * Writes `library.json` and `README.txt` of a new library. Returns the content of `library.json`. Throws the errors of
 * a write.
 */
export async function createLibraryDocument(
  { root, staging, writeDocument }: WriteContext,
  now: Date,
): Promise<LibraryDocument> {
  const document = { format, id: nodeCrypto().randomUUID(), created: now.toISOString() }
  await writeDurably(staging, join(root, 'README.txt'), Buffer.from(readmeText))
  await writeDocument(join(root, 'library.json'), document)
  return document
}

/** Writes `README.txt` again if its text differs from the program's text. Throws the errors of a write. */
export async function renewReadme({ root, staging }: WriteContext): Promise<void> {
  const path = join(root, 'README.txt')
  const stored = await readPlainFile(path).catch(() => null)
  const text = Buffer.from(readmeText)
  if (stored?.equals(text) !== true) await writeDurably(staging, path, text)
}

/** Moves a damaged `library.json` to `damaged/`. */
export async function setAsideLibraryDocument(root: string): Promise<void> {
  await makeFolder(root, join(root, 'damaged'))
  await moveDurably(join(root, 'library.json'), join(root, 'damaged', `library-${randomName()}.json`))
}
