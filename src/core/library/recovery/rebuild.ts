import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type * as z from 'zod/mini'
import { type Addition, type Reread, revisionOf } from '../changes/add-bulletin'
import { names, readDocuments, readStatusDocument, revisionPath } from '../store/bulletin-folder'
import { type Change, filesBelow, storeFolder, writeNew, writeNewPage, type WriteContext } from '../store/commit'
import { hasItsDigest } from '../store/digest'
import { exists, makeFolder, moveDurably } from '../../files'
import {
  type BulletinDocument,
  bulletinDocument,
  type CaptureDocument,
  captureDocument,
  readDocument,
  revisionDocument,
  type StatusDocument,
} from '../store/documents'
import { canonicalAddress } from '../../fetch/url'
import { idOf, idRule, sha256 } from '../store/identity'
import { declaredCharsetOf, createStoredFileReader } from '../store/stored-page'
import { readManifest } from '../store/manifest'

/** What became of a damaged bulletin. */
export interface RepairOutcome {
  /** Folder of the rebuilt bulletin below the library; null where its captures did not suffice. */
  folder: string | null
  /** Where the damaged one was put, below the library. */
  setAside: string
}

/** What mending needs beside the library. */
export interface RepairOptions {
  reread: Reread
  now: Date
  /** Under which id the index knows the bulletin; null where it does not. */
  knownId: string | null
}

/**
 * Sets a bulletin whose documents or manifest can't be read aside, to `damaged/`, and rebuilds it from its captures
 * (cause `rebuilt`): every file that still has its hash, every document that still parses, and the reader's status are
 * kept. Nothing is deleted; the damaged folder leaves its place only when the rebuilt one can take it, or when nothing
 * can. `folder` is below the library. Throws as writes do; the damaged one then stays where it was.
 */
export async function repairBulletin(
  writing: WriteContext,
  folder: string,
  options: RepairOptions,
): Promise<RepairOutcome> {
  const path = join(writing.root, folder)
  const setAside = await freeName(writing.root, `damaged/${basename(folder)}-${options.now.getTime()}`)
  await makeFolder(writing.root, join(writing.root, 'damaged'))
  if (await onlyStatusIsDamaged(path)) {
    await moveDurably(join(path, names.status), join(writing.root, `${setAside}-${names.status}`))
    return { folder, setAside: `${setAside}-${names.status}` }
  }
  const rebuilt = await rebuild(path, folder, options)
  const leave = (): Promise<void> => moveDurably(path, join(writing.root, setAside))
  if (rebuilt === null) {
    await leave()
    return { folder: null, setAside }
  }
  try {
    await storeFolder(writing, path, {
      fill: (staged) => writeRebuilt(writing, staged, rebuilt),
      duringSync: (staged) => writeNewPage(staged, rebuilt.change),
      beforeMove: leave,
    })
  } catch (thrown) {
    if (!(await exists(path))) await moveDurably(join(writing.root, setAside), path)
    throw thrown
  }
  return { folder, setAside }
}

/** Twice damaged in one moment: both are kept. */
async function freeName(root: string, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`
    if (!(await exists(join(root, name)))) return name
  }
}

async function onlyStatusIsDamaged(folder: string): Promise<boolean> {
  const isFine = (reading: Promise<unknown>): Promise<boolean> =>
    reading.then(
      () => true,
      () => false,
    )
  if (await isFine(readStatusDocument(folder))) return false
  const documents = readDocuments(folder)
  return (await isFine(documents)) && (await readManifest(folder).catch(() => null)) !== null
}

/** A bulletin made anew from what is intact of it. */
interface Rebuilt {
  change: Change
  status: StatusDocument | null
}

/** What can be saved of a damaged folder; null where no page is left to extract. */
async function rebuild(from: string, folder: string, { reread, now, knownId }: RepairOptions): Promise<Rebuilt | null> {
  const captures = await intactDocuments(from, names.captures, captureDocument)
  // A revision that parses but lost its digest has been changed: it is not carried over as if it were kept.
  const revisions = (await intactDocuments(from, names.revisions, revisionDocument)).filter(({ value }) =>
    hasItsDigest(value),
  )
  const files = await intactFiles(from)
  const page = captures
    .flatMap(({ path, value }) =>
      value.requests.map((request) => ({ ...request, capture: path, name: value.originalFileName })),
    )
    .findLast(({ role, file }) => role === 'page' && files.has(file))
  // Without a readable capture document, a file that still has the hash in its name is the page.
  const file = page?.file ?? [...files.keys()].find((path) => /\.(txt|html?)$/.test(path))
  const bytes = file === undefined ? undefined : files.get(file)
  if (file === undefined || bytes === undefined) return null

  const undone = revisions.at(-1)?.value.repairs.filter((repair) => repair.undone) ?? []
  const encoding = revisions.at(-1)?.value.decoding?.chosen ?? 'auto'
  const addition = await reread({
    bytes,
    name: page?.name ?? basename(file),
    address: page?.targetUri ?? null,
    declaredCharset: declaredCharsetOf(page?.responseHeaders),
    readFileByAddress: createStoredFileReader(
      from,
      captures.map(({ path, value }) => ({ path, capture: value })),
    ),
    encoding,
    undone,
  })
  const known = await readDocument(join(from, names.bulletin), bulletinDocument).catch(() => null)
  const number = Math.max(0, ...revisions.map(({ value }) => value.number)) + 1
  const capturePath = page?.capture ?? captures.at(-1)?.path ?? `${names.captures}/rebuilt.json`
  const size = { bytes: bytes.byteLength, sha256: sha256(bytes) }
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
        received: size,
        decoded: { ...size, charset: addition.charset },
        file,
      },
    ],
  }
  const change: Change = {
    files,
    documents: new Map<string, Record<string, unknown>>([
      ...captures.map(({ path, value }) => [path, value] as const),
      ...(captures.length === 0 ? [[capturePath, rebuiltCapture] as const] : []),
      ...revisions.map(({ path, value }) => [path, value] as const),
      [revisionPath(number), revisionOf(addition, number, 'rebuilt', capturePath, now)],
    ]),
    bulletin: {
      ...(known ?? identityOf(folder, addition, captures, files)),
      ...(known === null && knownId !== null ? { id: knownId } : {}),
      revision: number,
    },
  }
  return { change, status: await readStatusDocument(from).catch(() => null) }
}

async function writeRebuilt(writing: WriteContext, staged: string, { change, status }: Rebuilt): Promise<string[]> {
  const written = await writeNew(writing, staged, change)
  if (status === null) return written
  await writing.writeDocument(join(staged, names.status), { ...status }, { isStaged: true })
  return [...written, names.status]
}

/**
 * Who a bulletin is that lost its `bulletin.json`: the one of its addresses and bytes whose id begins as its folder's
 * name ends.
 */
function identityOf(
  folder: string,
  { address, source }: Addition,
  captures: readonly { value: CaptureDocument }[],
  files: ReadonlyMap<string, Uint8Array>,
): Omit<BulletinDocument, 'revision'> {
  const asked = captures.flatMap(({ value }) =>
    value.requests.flatMap(({ role, targetUri }) =>
      role === 'page' && targetUri !== null ? [{ address: targetUri, from: value.capturedAt }] : [],
    ),
  )
  const first = captures[0]?.value.capturedAt
  const addresses = [...(address === null || first === undefined ? [] : [{ address, from: first }]), ...asked]
  const [, start, more] = /-?([0-9a-z]{8})(?:-(\d+))?$/.exec(folder) ?? []
  const origins = [
    ...addresses.map((origin) => ({ origin, id: idOf(origin) })),
    ...[...files.values()].map((bytes) => ({ origin: null, id: idOf({ fileSha256: sha256(bytes) }) })),
  ]
  const found = origins.find(({ id }) => id.startsWith(start ?? '')) ?? origins[0]
  const { origin = null, id = '' } = found ?? {}
  return {
    id: more === undefined || start === undefined || !id.startsWith(start) ? id : `${id}~${more}`,
    idRule,
    addresses:
      origin === null
        ? []
        : [{ url: canonicalAddress(origin.address), from: origin.from, until: null, how: 'canonical' }],
    source,
    relations: [],
  }
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
