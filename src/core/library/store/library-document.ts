import { join } from 'node:path'
import type * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'
import type { WriteContext } from './commit'
import { exists, makeFolder, moveDurably, randomName, writeDurably } from '../../files'
import { libraryDocument, readDocument } from './documents'
import { readmeText } from './readme'
import { nodeCrypto } from '../../node-crypto'

/** What `library.json` says. */
export type LibraryDocument = z.infer<typeof libraryDocument>

const format = 'bantin-library/1.0'

/** `library.json`, or null where there is none. Throws `library-newer`, `bulletin-damaged`. */
export async function readLibraryDocument(root: string): Promise<LibraryDocument | null> {
  const path = join(root, 'library.json')
  if (!(await exists(path))) return null
  const about = await readDocument(path, libraryDocument)
  const major = Number(/^bantin-library\/(\d+)\.\d+$/.exec(about.format)?.[1] ?? 0)
  if (major === 0) throw new AppError('bulletin-damaged', `open: no format ${about.format}`, { file: path })
  if (major > 1) throw new AppError('library-newer', `open: format ${about.format}`, { format: about.format })
  return about
}

/** Whether a library lies here: one that lost its `library.json` is one all the same. Throws `read-failed`. */
export async function isLibrary(root: string): Promise<boolean> {
  return (await exists(join(root, 'library.json'))) || (await exists(join(root, 'bulletins')))
}

/** Writes `library.json` and `README.txt` of a new library. Throws as writes do. */
export async function createLibraryDocument(
  { root, staging, writeDocument }: WriteContext,
  now: Date,
): Promise<LibraryDocument> {
  const about = { format, id: nodeCrypto().randomUUID(), created: now.toISOString() }
  await writeDurably(staging, join(root, 'README.txt'), Buffer.from(readmeText))
  await writeDocument(join(root, 'library.json'), about)
  return about
}

/** Moves a damaged `library.json` to `damaged/`, so that a new one can take its place. */
export async function setAsideLibraryDocument(root: string): Promise<void> {
  await makeFolder(root, join(root, 'damaged'))
  await moveDurably(join(root, 'library.json'), join(root, 'damaged', `library-${randomName()}.json`))
}
