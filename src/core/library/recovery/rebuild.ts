import { basename, join } from 'node:path'
import { exists, makeFolder, moveDurably } from '../../files'
import type { ExtractAgain } from '../changes/addition'
import { createRevision } from '../changes/create-revision'
import { names, readDocuments, readStatusDocument, revisionPath } from '../store/bulletin-folder'
import { type Change, storeFolder, writeNewFiles, writeNewPage, type WriteContext } from '../store/commit'
import { bulletinDocument, type CaptureDocument, readDocument, type StatusDocument } from '../store/documents'
import { sha256 } from '../store/identity'
import { readManifest } from '../store/manifest'
import { createStoredFileReader, declaredCharsetOf } from '../store/stored-page'
import { type IntactParts, readIntactParts } from './intact-parts'
import { recoverIdentity } from './recover-identity'

/** The result of rebuilding a damaged bulletin. */
export interface RebuildOutcome {
  /**
   * The folder of the rebuilt bulletin, relative to the library. Null if the intact parts were not enough for a
   * rebuild.
   */
  folder: string | null
  /** The new path of the damaged folder or file, relative to the library. */
  setAside: string
}

/** The dependencies of {@link rebuildBulletin}. */
export interface RebuildOptions {
  extractAgain: ExtractAgain
  now: Date
  /** The id in the bulletin's index row. Null if the bulletin has no row. */
  knownId: string | null
}

/**
 * Rebuilds a bulletin whose documents or manifest are damaged. The new revision comes from the captures and has the
 * cause `rebuilt`. Moves the damaged folder to `damaged/`. Keeps every received file whose bytes match the hash in its
 * name, every document that parses, and the status. Deletes nothing. The damaged folder is moved when the rebuilt
 * folder is ready, or when the bulletin can't be rebuilt. `folder` is a path relative to the library. Throws the errors
 * of a write. After an error, the damaged folder is still at its old path.
 */
export async function rebuildBulletin(
  writing: WriteContext,
  folder: string,
  options: RebuildOptions,
): Promise<RebuildOutcome> {
  const path = join(writing.root, folder)
  const setAside = await findFreeName(writing.root, `damaged/${basename(folder)}-${options.now.getTime()}`)
  await makeFolder(writing.root, join(writing.root, 'damaged'))
  if (await isOnlyStatusDamaged(path)) {
    await moveDurably(join(path, names.status), join(writing.root, `${setAside}-${names.status}`))
    return { folder, setAside: `${setAside}-${names.status}` }
  }
  const rebuilt = await createRebuilt(path, folder, options)
  const moveAside = (): Promise<void> => moveDurably(path, join(writing.root, setAside))
  if (rebuilt === null) {
    await moveAside()
    return { folder: null, setAside }
  }
  try {
    await storeFolder(writing, path, {
      fill: (staged) => writeRebuilt(writing, staged, rebuilt),
      duringSync: (staged) => writeNewPage(writing, staged, rebuilt.change),
      beforeMove: moveAside,
    })
  } catch (thrown) {
    if (!(await exists(path))) await moveDurably(join(writing.root, setAside), path)
    throw thrown
  }
  return { folder, setAside }
}

/**
 * Returns a name in `damaged/` that no file or folder has. If the time in the name is not enough, appends a number,
 * because one bulletin may be damaged twice in the same millisecond.
 */
async function findFreeName(root: string, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`
    if (!(await exists(join(root, name)))) return name
  }
}

async function isOnlyStatusDamaged(folder: string): Promise<boolean> {
  const isReadable = (reading: Promise<unknown>): Promise<boolean> =>
    reading.then(
      () => true,
      () => false,
    )
  if (await isReadable(readStatusDocument(folder))) return false
  const documents = readDocuments(folder)
  return (await isReadable(documents)) && (await readManifest(folder).catch(() => null)) !== null
}

/** The new content of a bulletin that is rebuilt. */
interface Rebuilt {
  change: Change
  status: StatusDocument | null
}

/**
 * Rebuilds a bulletin from its intact parts. Returns null if no page is intact, because the text then can't be
 * extracted.
 */
async function createRebuilt(
  path: string,
  folder: string,
  { extractAgain, now, knownId }: RebuildOptions,
): Promise<Rebuilt | null> {
  const parts = await readIntactParts(path)
  const { captures, revisions, files } = parts
  const page = findPage(parts)
  if (page === null) return null
  const latest = revisions.at(-1)?.value
  const addition = await extractAgain({
    bytes: page.bytes,
    name: page.name,
    address: page.request?.targetUri ?? null,
    declaredCharset: declaredCharsetOf(page.request?.responseHeaders),
    readFileByAddress: createStoredFileReader(
      path,
      captures.map(({ path: at, value }) => ({ path: at, capture: value })),
    ),
    encoding: latest?.decoding?.chosen ?? 'auto',
    undone: latest?.repairs.filter((repair) => repair.undone) ?? [],
  })
  const stored = await readDocument(join(path, names.bulletin), bulletinDocument).catch(() => null)
  const number = Math.max(0, ...revisions.map(({ value }) => value.number)) + 1
  const capturePath = page.capture ?? captures.at(-1)?.path ?? `${names.captures}/rebuilt.json`
  const change: Change = {
    files,
    documents: new Map<string, Record<string, unknown>>([
      ...captures.map(({ path: at, value }) => [at, value] as const),
      ...(captures.length === 0 ? [[capturePath, createCapture(page, addition.charset, now)] as const] : []),
      ...revisions.map(({ path: at, value }) => [at, value] as const),
      [revisionPath(number), createRevision(addition, number, 'rebuilt', capturePath, now)],
    ]),
    bulletin: {
      ...(stored ?? recoverIdentity(folder, addition, parts)),
      ...(stored === null && knownId !== null ? { id: knownId } : {}),
      revision: number,
    },
  }
  return { change, status: await readStatusDocument(path).catch(() => null) }
}

/** The page from which a bulletin is rebuilt. `capture` and `request` are null if the page's capture is not intact. */
interface IntactPage {
  bytes: Uint8Array
  file: string
  name: string
  originalName: string | null
  capture: string | null
  request: CaptureDocument['requests'][number] | null
}

/**
 * Finds the latest captured page. If no intact capture refers to an intact page, returns the first intact file whose
 * extension is that of a page.
 */
function findPage({ captures, files }: IntactParts): IntactPage | null {
  const found = captures
    .flatMap(({ path, value }) =>
      value.requests.map((request) => ({ request, capture: path, originalName: value.originalFileName })),
    )
    .findLast(({ request }) => request.role === 'page' && files.has(request.file))
  const file = found?.request.file ?? [...files.keys()].find((path) => /\.(txt|html?)$/.test(path))
  const bytes = file === undefined ? undefined : files.get(file)
  if (file === undefined || bytes === undefined) return null
  const { request = null, capture = null, originalName = null } = found ?? {}
  return { bytes, file, name: originalName ?? basename(file), originalName, capture, request }
}

/** Creates a new capture document for a page whose own capture document is lost. */
function createCapture({ bytes, file, originalName }: IntactPage, charset: string, now: Date): CaptureDocument {
  const size = { bytes: bytes.byteLength, sha256: sha256(bytes) }
  return {
    capturedAt: now.toISOString(),
    via: 'file',
    originalFileName: originalName,
    program: 'bantin',
    requests: [{ role: 'page', targetUri: null, status: null, received: size, decoded: { ...size, charset }, file }],
  }
}

async function writeRebuilt(writing: WriteContext, staged: string, { change, status }: Rebuilt): Promise<string[]> {
  const written = await writeNewFiles(writing, staged, change)
  if (status === null) return written
  await writing.writeDocument(join(staged, names.status), { ...status }, { isStaged: true })
  return [...written, names.status]
}
