import { AppError } from '../../shared/errors'
import { decodeUtf16, decodeUtf32 } from '../text/encoding/utf16-utf32'

/** Maximum number of elements in one file. */
const maxElements = 10_000
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c]
const opening = new Set([0x5b, 0x7b])
const closing = new Set([0x5d, 0x7d])

/**
 * Splits a JSON array into the bytes of its elements, so that each bulletin keeps the bytes that were received. Returns
 * null if the bytes are not an array. Converts UTF-16 and UTF-32 to UTF-8, because brackets and quotes must be single
 * ASCII bytes here. If the array is cut off, its last element is incomplete. Throws `too-complex` (details: name).
 */
export function splitJsonArray(received: Uint8Array, name: string): Uint8Array[] | null {
  const wide = decodeUtf32(received) ?? decodeUtf16(received)
  const bytes = wide === null ? received : Buffer.from(wide.text)
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (isBlank(bytes[at])) at += 1
  if (bytes[at] !== 0x5b) return null
  const elements: Uint8Array[] = []
  const take = (from: number, to: number): void => {
    const element = bytes.subarray(from, to)
    if (element.every(isBlank)) return
    if (elements.length >= maxElements) throw new AppError('too-complex', `json ${name}: too many elements`, { name })
    elements.push(element)
  }
  let start = at + 1
  let [depth, isInString] = [1, false]
  for (at += 1; at < bytes.length && depth > 0; at++) {
    const byte = bytes[at] ?? 0
    if (isInString) {
      if (byte === backslash) at += 1
      else if (byte === quote) isInString = false
    } else if (byte === quote) isInString = true
    else if (opening.has(byte)) depth += 1
    else if (closing.has(byte)) {
      depth -= 1
      if (depth === 0) take(start, at)
    } else if (byte === comma && depth === 1) {
      take(start, at)
      start = at + 1
    }
  }
  if (depth > 0) take(start, bytes.length)
  return elements
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
}
