import { type Decoded, unicodeText } from './decoded'

/**
 * Decodes UTF-16 with a byte order mark. Without a mark, more than a quarter of the first bytes must be NUL. These
 * bytes must all be at even or all at odd indexes, as in Latin text. Returns null if the bytes are not UTF-16.
 */
export function decodeUtf16(bytes: Uint8Array): Decoded | null {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return decodeWide(bytes, 'utf-16le', true)
  if (a === 0xfe && b === 0xff) return decodeWide(bytes, 'utf-16be', true)
  const start = bytes.subarray(0, 64)
  if (start.byteLength < 16) return null
  const nuls = (parity: number): number => start.filter((byte, at) => at % 2 === parity && byte === 0).length
  const [even, odd] = [nuls(0), nuls(1)]
  if (Math.max(even, odd) <= start.byteLength / 4 || Math.min(even, odd) > 0) return null
  return decodeWide(bytes, even > odd ? 'utf-16be' : 'utf-16le', false)
}

/**
 * Decodes UTF-32 with a byte order mark, or markup in UTF-32 without a mark. Returns null for other bytes. The WHATWG
 * Encoding Standard does not include UTF-32.
 */
export function decodeUtf32(bytes: Uint8Array): Decoded | null {
  const [a, b, c, d] = bytes
  const hasLittleMark = a === 0xff && b === 0xfe && c === 0 && d === 0
  const hasBigMark = a === 0 && b === 0 && c === 0xfe && d === 0xff
  const bom = hasLittleMark || hasBigMark
  const isLittle = hasLittleMark || (a === 0x3c && b === 0 && c === 0 && d === 0)
  const isBig = hasBigMark || (a === 0 && b === 0 && c === 0 && d === 0x3c)
  if (!isLittle && !isBig) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  for (let at = bom ? 4 : 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, isLittle)
    const isCharacter = code > 0 && code < 0x110000 && (code < 0xd800 || code > 0xdfff)
    parts.push(isCharacter ? String.fromCodePoint(code) : '\ufffd')
  }
  return unicodeText(parts.join(''), isLittle ? 'utf-32le' : 'utf-32be', true)
}

function decodeWide(bytes: Uint8Array, name: string, bom: boolean): Decoded | null {
  const text = new TextDecoder(name).decode(bytes)
  // A file with NUL characters is not a text. Pictures and programs may begin with the same bytes as UTF-16, but
  // contain such characters.
  return text.includes('\0') ? null : unicodeText(text, name, bom)
}
