import { extname, join } from 'node:path'
import type { ResponseFacts } from '../../fetch/fetch-result'
import { exists } from '../../files'
import { names, type StoredCapture } from './bulletin-folder'
import type { CaptureDocument } from './documents'
import { sha256 } from './identity'

/** A page as the network sent it. */
export interface NetworkPage {
  facts: ResponseFacts
  /** The bytes of the response as received, which may be compressed. */
  received: Uint8Array
}

/** A picture or attached file that was received together with a page. */
export interface AdditionFile {
  role: 'picture' | 'attachment'
  /** The address of the file in the page. Null for a file whose bytes are inside the page (a `data:` URL). */
  address: string | null
  /** The name of the stored file in the bulletin's `files/`. */
  file: string
  kind: { type: string }
  bytes: Uint8Array
  received: Uint8Array
  /** The request and the response of the download. Null if the file was not downloaded. */
  facts: ResponseFacts | null
  /** The file name that the server gave. Null if the server gave none. */
  fileName: string | null
}

/** The content of a new capture. `page` is null if only pictures or attached files were received. */
export interface Captured {
  page: { bytes: Uint8Array; name: string; charset: string; network: NetworkPage | null } | null
  files: readonly AdditionFile[]
}

type CapturedRequest = CaptureDocument['requests'][number]

/**
 * Creates the document of a capture and lists the files that the document refers to. The key of a file is its path
 * relative to the bulletin's folder, and the value is its bytes.
 */
export function createCapture(
  { page, files }: Captured,
  now: Date,
  program: string,
): { document: CaptureDocument; files: Map<string, Uint8Array> } {
  const stored = new Map<string, Uint8Array>()
  const addRequest = (
    role: CapturedRequest['role'],
    name: string,
    { bytes, received, facts }: Pick<AdditionFile, 'bytes' | 'received' | 'facts'>,
    { charset, ...others }: { charset: string | null } & Record<string, unknown>,
  ): CapturedRequest => {
    const file = `${names.files}/${name}`
    stored.set(file, bytes)
    const size = sizeOf(bytes)
    const decoded = { ...size, charset }
    if (facts === null) {
      const receivedSize = received === bytes ? size : sizeOf(received)
      return { role, targetUri: null, status: null, received: receivedSize, decoded, file, ...others }
    }
    const receivedFile = receivedFileOf(facts, received)
    if (receivedFile !== null) stored.set(receivedFile, received)
    return { ...facts, tls: facts.tls === null ? null : { ...facts.tls }, role, decoded, file, receivedFile, ...others }
  }
  const requests = files.map((file) =>
    addRequest(file.role, file.file, file, {
      charset: null,
      type: file.kind.type,
      originalFileName: file.fileName,
      ...referenceOf(file),
    }),
  )
  if (page !== null) {
    const facts = page.network?.facts ?? null
    const received = page.network?.received ?? page.bytes
    const name = pageFileName(page.bytes, facts === null ? page.name : 'page.html')
    requests.unshift(addRequest('page', name, { bytes: page.bytes, received, facts }, { charset: page.charset }))
  }
  const isFromNetwork = page === null || page.network !== null
  return {
    files: stored,
    document: {
      capturedAt: now.toISOString(),
      via: isFromNetwork ? 'network' : 'file',
      originalFileName: isFromNetwork ? null : page.name,
      program,
      requests,
    },
  }
}

/**
 * Returns the field `reference` with the text by which the page refers to a file. Returns no field if this text is the
 * requested address.
 */
function referenceOf({ address, facts }: AdditionFile): { reference?: string } {
  return address === null || (facts !== null && /^https?:/i.test(address)) ? {} : { reference: address }
}

/** Returns a path that no capture of the bulletin has yet, relative to the bulletin's folder. */
export async function findFreeCapturePath(folder: string, now: Date): Promise<string> {
  for (let n = 1; ; n++) {
    const path = formatCapturePath(now, n)
    if (!(await exists(join(folder, path)))) return path
  }
}

/**
 * Formats the path of a capture, for example `captures/20200910T031500Z.json`. `n` is the number of the capture among
 * the captures of the same second.
 */
export function formatCapturePath(at: Date, n = 1): string {
  const time = at.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')
  return `${names.captures}/${time}${n === 1 ? '' : `-${n}`}.json`
}

/** Whether the bulletin lacks any of `files`. `captures` are the captures that the bulletin has. */
export function hasNewFiles(files: readonly Pick<AdditionFile, 'file'>[], captures: readonly StoredCapture[]): boolean {
  const stored = listStoredPaths(captures)
  return files.some(({ file }) => !stored.has(`${names.files}/${file}`))
}

/** Returns those files of a new capture that the bulletin does not store yet. Stored files are never written again. */
export function selectNewFiles(
  files: ReadonlyMap<string, Uint8Array>,
  captures: readonly StoredCapture[],
): Map<string, Uint8Array> {
  const stored = listStoredPaths(captures)
  return new Map([...files].filter(([path]) => !stored.has(path)))
}

function listStoredPaths(captures: readonly StoredCapture[]): Set<string> {
  return new Set(
    captures.flatMap(({ capture }) =>
      capture.requests.flatMap(({ file, receivedFile }) => (receivedFile == null ? [file] : [file, receivedFile])),
    ),
  )
}

function sizeOf(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.byteLength, sha256: sha256(bytes) }
}

function pageFileName(bytes: Uint8Array, name: string): string {
  const extension = /^\.[a-z0-9]{1,5}$/.exec(extname(name).toLowerCase())?.[0] ?? '.txt'
  return `${sha256(bytes).slice(0, 32)}${extension}`
}

const codingExtensions: Readonly<Record<string, string>> = { gzip: 'gz', 'x-gzip': 'gz', br: 'br', zstd: 'zst' }

/**
 * Returns the path at which the compressed bytes of a response are stored. Returns null if the response was not
 * compressed, because then `file` has the received bytes.
 */
function receivedFileOf({ received, decoded, contentEncoding }: ResponseFacts, bytes: Uint8Array): string | null {
  if (received.sha256 === decoded.sha256) return null
  const extension = codingExtensions[(contentEncoding ?? '').trim().toLowerCase()] ?? 'coded'
  return `${names.files}/${sha256(bytes).slice(0, 32)}.${extension}`
}
