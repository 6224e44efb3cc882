import { AppError } from '../../shared/errors'
import type { ArchivedPage } from './mhtml'

const magic = 'bplist00'
const maxObjects = 200_000
const maxDepth = 16

type PlistValue = string | number | boolean | null | Uint8Array | PlistValue[] | { [key: string]: PlistValue }

/** Whether bytes are a binary property list, the format in which Safari saves web archives. */
export function isWebArchive(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, magic.length)).toString('latin1') === magic
}

/**
 * Opens a web archive of Safari (`.webarchive`). Throws `unsupported-type` (details: name, type) if the bytes are not a
 * web archive with a page.
 */
export function openWebArchive(bytes: Uint8Array, name: string): ArchivedPage {
  const root = readBinaryPlist(bytes)
  const main = isRecord(root) ? readResource(root['WebMainResource']) : null
  if (main === null) throw new AppError('unsupported-type', `open ${name}: not a web archive`, { name, type: '.plist' })
  const frames = isRecord(root) && Array.isArray(root['WebSubframeArchives']) ? root['WebSubframeArchives'] : []
  const lists = [root, ...frames].map((each) => (isRecord(each) ? each['WebSubresources'] : null))
  const parts = lists.flatMap((list) => (Array.isArray(list) ? list : [])).map(readResource)
  const byAddress = new Map(parts.flatMap((part) => (part?.address == null ? [] : [[withoutHash(part.address), part]])))
  const { address, charset } = main
  return {
    bytes: main.bytes,
    address: address !== null && /^https?:/i.test(address) ? address : null,
    declaredCharset: charset,
    savedReferences: [...byAddress.keys()],
    partOf(reference) {
      const url = URL.parse(reference, address ?? undefined)
      const part = url === null ? undefined : byAddress.get(withoutHash(url.href))
      return part === undefined ? null : { bytes: part.bytes, fileName: url?.pathname.split('/').at(-1) || null }
    },
  }
}

function readResource(value: PlistValue | undefined): {
  bytes: Uint8Array
  address: string | null
  charset: string | null
} | null {
  if (!isRecord(value)) return null
  const data = value['WebResourceData']
  const text = (key: string): string | null => {
    const found = value[key]
    return typeof found === 'string' ? found : null
  }
  if (!(data instanceof Uint8Array)) return null
  return { bytes: data, address: text('WebResourceURL'), charset: text('WebResourceTextEncodingName') }
}

function withoutHash(address: string): string {
  return address.replace(/#.*$/s, '')
}

function isRecord(value: PlistValue | undefined): value is { [key: string]: PlistValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

/** Reads a binary property list of Apple. Returns null if the bytes are damaged. */
export function readBinaryPlist(bytes: Uint8Array): PlistValue {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (data.length < 40) return null
  const trailer = data.subarray(data.length - 32)
  const [offsetSize = 0, refSize = 0] = [trailer[6], trailer[7]]
  const [count, top, tableAt] = [8, 16, 24].map((at) => Number(trailer.readBigUInt64BE(at)))
  if (count === undefined || top === undefined || tableAt === undefined || count > maxObjects) return null
  const readInt = (at: number, size: number): number => {
    if (size < 1 || at < 0 || at + size > data.length) throw new RangeError('plist: out of range')
    return size > 6 ? Number(data.readBigUInt64BE(at)) : data.readUIntBE(at, size)
  }
  const readObject = (index: number, depth: number): PlistValue => {
    if (depth > maxDepth || index >= count) throw new RangeError('plist: too deep')
    let at = readInt(tableAt + index * offsetSize, offsetSize)
    const marker = readInt(at, 1)
    at += 1
    const kind = marker >> 4
    if (marker === 8 || marker === 9) return marker === 9
    if (kind === 1) return readInt(at, 2 ** (marker & 15))
    if (kind === 2) return null
    if (kind === 3) return null
    let length = marker & 15
    if (length === 15) {
      const size = 2 ** (readInt(at, 1) & 15)
      length = readInt(at + 1, size)
      at += 1 + size
    }
    if (kind === 4) return data.subarray(at, at + length)
    if (kind === 5) return data.toString('latin1', at, at + length)
    if (kind === 6)
      return Buffer.from(data.subarray(at, at + length * 2))
        .swap16()
        .toString('utf16le')
    const readRef = (n: number): PlistValue => readObject(readInt(at + n * refSize, refSize), depth + 1)
    const readKey = (n: number): string => {
      const key = readRef(n)
      return typeof key === 'string' ? key : ''
    }
    if (kind === 10 || kind === 12) return Array.from({ length }, (_item, n) => readRef(n))
    if (kind !== 13) return null
    return Object.fromEntries(Array.from({ length }, (_item, n) => [readKey(n), readRef(length + n)]))
  }
  try {
    return readObject(top, 0)
  } catch (thrown) {
    if (thrown instanceof RangeError) return null
    throw thrown
  }
}
