import { mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type * as z from 'zod/mini'
import { bulletinDocument, captureDocument, readDocument, revisionDocument } from './documents'
import { digestOf, type Reread, revisionOf } from './additions'
import { names, readFolder, readStatus, revisionPath } from './bulletin-folder'
import { commitChange, filesBelow, type Writing } from './commit'
import { idOf, idRule, sha256 } from './identity'

/** What became of a damaged bulletin. */
export interface Mended {
  /** Folder of the rebuilt bulletin below the library; null where its captures did not suffice. */
  folder: string | null
  /** Where the damaged one was put, below the library. */
  setAside: string
}

/**
 * Sets a bulletin whose documents can't be read aside, to `damaged/`, and rebuilds it from its captures (cause
 * `rebuilt`): every file that still has its hash, every document that still parses, and the reader's status are
 * kept. Nothing is deleted. `folder` is below the library.
 */
export async function mendBulletin(writing: Writing, folder: string, reread: Reread, now: Date): Promise<Mended> {
  const setAside = `damaged/${basename(folder)}-${now.getTime()}`
  await mkdir(join(writing.root, 'damaged'), { recursive: true })
  if (await onlyStatusIsDamaged(join(writing.root, folder))) {
    await rename(join(writing.root, folder, names.status), join(writing.root, `${setAside}-${names.status}`))
    return { folder, setAside: `${setAside}-${names.status}` }
  }
  await rename(join(writing.root, folder), join(writing.root, setAside))
  const rebuilt = await rebuild(writing, join(writing.root, setAside), folder, reread, now)
  return { folder: rebuilt ? folder : null, setAside }
}

async function onlyStatusIsDamaged(folder: string): Promise<boolean> {
  const statusIsFine = await readStatus(folder).then(
    () => true,
    () => false,
  )
  if (statusIsFine) return false
  const bulletin = await readDocument(join(folder, names.bulletin), bulletinDocument).catch(() => null)
  if (bulletin === null) return false
  return readDocument(join(folder, revisionPath(bulletin.revision)), revisionDocument).then(
    () => true,
    () => false,
  )
}

async function rebuild(writing: Writing, from: string, folder: string, reread: Reread, now: Date): Promise<boolean> {
  const captures = await intactDocuments(from, names.captures, captureDocument)
  // A revision that parses but lost its digest has been changed: it is not carried over as if it were kept.
  const revisions = (await intactDocuments(from, names.revisions, revisionDocument)).filter(
    ({ value }) => digestOf(value) === value.digest,
  )
  const files = await intactFiles(from)
  const page = captures
    .flatMap(({ value }) => value.requests.map((request) => ({ ...request, name: value.originalFileName })))
    .findLast(({ role, file }) => role === 'page' && files.has(file))
  // Without a readable capture document, a file that still has the hash in its name is the page.
  const file = page?.file ?? [...files.keys()].find((path) => /\.(txt|html?)$/.test(path))
  const bytes = file === undefined ? undefined : files.get(file)
  if (file === undefined || bytes === undefined) return false

  const undone = revisions.at(-1)?.value.repairs.filter((repair) => repair.undone) ?? []
  const encoding = revisions.at(-1)?.value.decoding?.chosen ?? 'auto'
  const addition = await reread({ bytes, name: page?.name ?? basename(file), encoding, undone })
  const known = await readDocument(join(from, names.bulletin), bulletinDocument).catch(() => null)
  const number = Math.max(0, ...revisions.map(({ value }) => value.number)) + 1
  const capturePath = captures.at(-1)?.path ?? `${names.captures}/rebuilt.json`
  const rebuiltCapture = {
    capturedAt: now.toISOString(),
    via: 'file',
    originalFileName: page?.name ?? null,
    program: 'bantin',
    requests: [
      {
        role: 'page',
        targetUri: null,
        status: null,
        received: { bytes: bytes.byteLength, sha256: sha256(bytes) },
        decoded: { bytes: bytes.byteLength, sha256: sha256(bytes), charset: addition.charset },
        file,
      },
    ],
  }
  await commitChange(writing, join(writing.root, folder), {
    files,
    documents: new Map<string, Record<string, unknown>>([
      ...captures.map(({ path, value }) => [path, value] as const),
      ...(captures.length === 0 ? [[capturePath, rebuiltCapture] as const] : []),
      ...revisions.map(({ path, value }) => [path, value] as const),
      [revisionPath(number), revisionOf(addition, number, 'rebuilt', capturePath, now)],
    ]),
    bulletin: {
      ...(known ?? {
        id: idOf(addition.address === null ? { fileSha256: sha256(bytes) } : { address: addition.address }),
        idRule,
        addresses: [],
        source: addition.source,
        relations: [],
      }),
      revision: number,
    },
  })
  const status = await readStatus(from).catch(() => null)
  if (status !== null) await writing.writeDocument(join(writing.root, folder, names.status), { ...status })
  await readFolder(join(writing.root, folder))
  return true
}

/** The documents of a folder that still parse. */
async function intactDocuments<T extends z.ZodMiniType>(
  from: string,
  folder: string,
  schema: T,
): Promise<{ path: string; value: z.output<T> }[]> {
  const found = await readdir(join(from, folder)).catch(() => [])
  const read = found.sort().map(async (name) => {
    const path = `${folder}/${name}`
    const value = await readDocument(join(from, path), schema).catch(() => null)
    return value === null ? [] : [{ path, value }]
  })
  return (await Promise.all(read)).flat()
}

/** The received files that still have the hash they are named by. */
async function intactFiles(from: string): Promise<Map<string, Uint8Array>> {
  const paths = (await filesBelow(from)).filter((path) => path.startsWith(`${names.files}/`))
  const files = new Map<string, Uint8Array>()
  for (const path of paths) {
    const bytes = await readFile(join(from, path)).catch(() => null)
    if (bytes !== null && basename(path).startsWith(sha256(bytes).slice(0, 32))) files.set(path, bytes)
  }
  return files
}
