import { extname, join } from 'node:path'
import type { ResponseFacts } from '../../fetch/fetch-result'
import { names } from './bulletin-folder'
import { exists } from '../../files'
import type { CaptureDocument } from './documents'
import { sha256 } from './identity'

/** What the network told of a page. */
export interface NetworkPage {
  facts: ResponseFacts
  /** As it came over the wire; the same bytes where nothing was compressed. */
  received: Uint8Array
}

/** A picture or attached file of a bulletin, as it was had. */
export interface AdditionFile {
  role: 'picture' | 'attachment'
  /** As the page refers to it; null for what the page itself carried (`data:`). */
  address: string | null
  /** Name in the bulletin's `files/`. */
  file: string
  kind: { type: string }
  bytes: Uint8Array
  received: Uint8Array
  /** Null where no network was asked. */
  facts: ResponseFacts | null
  /** The name its server gives it. */
  fileName: string | null
}

/** What a capture is made of; without a page only files were had. */
export interface Captured {
  page: { bytes: Uint8Array; name: string; charset: string; network: NetworkPage | null } | null
  files: readonly AdditionFile[]
}

type CapturedRequest = CaptureDocument['requests'][number]

/** A capture's document, and the bytes it speaks of by path below the bulletin's folder. */
export function captureOf(
  { page, files }: Captured,
  now: Date,
  program: string,
): { document: CaptureDocument; files: Map<string, Uint8Array> } {
  const stored = new Map<string, Uint8Array>()
  const request = (
    role: CapturedRequest['role'],
    name: string,
    { bytes, received, facts }: Pick<AdditionFile, 'bytes' | 'received' | 'facts'>,
    more: { charset: string | null } & Record<string, unknown>,
  ): CapturedRequest => {
    const file = `${names.files}/${name}`
    stored.set(file, bytes)
    const { charset, ...others } = more
    const size = sizeOf(bytes)
    const decoded = { ...size, charset }
    if (facts === null) {
      const came = received === bytes ? size : sizeOf(received)
      return { role, targetUri: null, status: null, received: came, decoded, file, ...others }
    }
    const receivedFile = receivedFileOf(facts, received)
    if (receivedFile !== null) stored.set(receivedFile, received)
    return { ...facts, tls: facts.tls === null ? null : { ...facts.tls }, role, decoded, file, receivedFile, ...others }
  }
  const requests = files.map((file) =>
    request(file.role, file.file, file, {
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
    requests.unshift(request('page', name, { bytes: page.bytes, received, facts }, { charset: page.charset }))
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

/** How the page refers to a file, where that is not the address that was asked. */
function referenceOf({ address, facts }: AdditionFile): { reference?: string } {
  return address === null || (facts !== null && /^https?:/i.test(address)) ? {} : { reference: address }
}

/** A capture's path below its bulletin's folder that no other has. */
export async function freeCapturePath(folder: string, now: Date): Promise<string> {
  for (let n = 1; ; n++) {
    const path = formatCapturePath(now, n)
    if (!(await exists(join(folder, path)))) return path
  }
}

/** `captures/20200910T031500Z.json`; the n-th of that second. */
export function formatCapturePath(at: Date, n = 1): string {
  const time = at.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')
  return `${names.captures}/${time}${n === 1 ? '' : `-${n}`}.json`
}

function sizeOf(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.byteLength, sha256: sha256(bytes) }
}

function pageFileName(bytes: Uint8Array, name: string): string {
  const extension = /^\.[a-z0-9]{1,5}$/.exec(extname(name).toLowerCase())?.[0] ?? '.txt'
  return `${sha256(bytes).slice(0, 32)}${extension}`
}

const codingExtensions: Readonly<Record<string, string>> = { gzip: 'gz', 'x-gzip': 'gz', br: 'br', zstd: 'zst' }

/** Where the bytes as they came go when they were compressed; null where they are the file itself. */
function receivedFileOf({ received, decoded, contentEncoding }: ResponseFacts, bytes: Uint8Array): string | null {
  if (received.sha256 === decoded.sha256) return null
  const extension = codingExtensions[(contentEncoding ?? '').trim().toLowerCase()] ?? 'coded'
  return `${names.files}/${sha256(bytes).slice(0, 32)}.${extension}`
}
