import { decodeWestern } from './windows-1252'

/** The result of decoding UTF-8 that contains invalid bytes. */
export interface LooseUtf8 {
  text: string
  /** The number of bytes that were decoded as windows-1252. */
  strayBytes: number
}

/**
 * The limits for a file that is mostly UTF-8. The file needs at least `characters` multi-byte characters, and at most
 * one invalid byte for every `perBad` multi-byte characters.
 */
const evidence = { characters: 3, perBad: 4 }
const secondByte: Readonly<Record<number, readonly [min: number, max: number]>> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
}
const strictly = new TextDecoder('utf-8', { fatal: true })
const leniently = new TextDecoder('utf-8')

/**
 * Decodes a file that is mostly UTF-8. A piece is the text between two tags or line ends. A piece without any UTF-8
 * sequence is decoded as windows-1252, because a page may be joined from files in several encodings. Single invalid
 * bytes, for example of pasted curly quotes, are also decoded as windows-1252. An incomplete sequence becomes U+FFFD.
 * Returns null if the file is not mostly UTF-8. With `isSure`, the function skips this check, because the byte order
 * mark or the user says that the file is UTF-8.
 */
export function decodeUtf8Leniently(
  bytes: Uint8Array,
  { isSure = false, areStrayBytesLost = false } = {},
): LooseUtf8 | null {
  const { whole, bad, isCutOff } = countSequences(bytes)
  if (whole === 0 && !isSure) return null
  const isMain = whole >= evidence.characters && bad * evidence.perBad <= whole
  const isOnlyCut = isCutOff && bad === 1 && whole > 0
  const pieces = splitPieces(bytes)
  if (!isSure && !isMain && !isOnlyCut && !areMixed(pieces, whole)) return null
  let strayBytes = 0
  const parts = pieces.map((piece) => {
    if (piece.isValid) return leniently.decode(piece.bytes)
    if (countSequences(piece.bytes).whole === 0 && !(isOnlyCut && piece.isLast)) {
      const high = piece.bytes.filter((byte) => byte >= 0x80)
      // If the bytes include letters, the piece is decoded as a text in an old encoding. A later step finds out which
      // one.
      if (high.some((byte) => byte >= 0xc0)) return decodeWestern(piece.bytes)
      strayBytes += high.length
      return areStrayBytesLost ? leniently.decode(piece.bytes) : decodeWestern(piece.bytes)
    }
    const read = readPiece(piece.bytes, areStrayBytesLost)
    strayBytes += read.strayBytes
    return read.text
  })
  return { text: parts.join('').replace(/^\ufeff/, ''), strayBytes }
}

interface Piece {
  bytes: Uint8Array
  isValid: boolean
  isLast: boolean
}

/**
 * Tells whether a page mixes pieces in UTF-8 with pieces in another encoding. Such a page was joined from several
 * files.
 */
function areMixed(pieces: readonly Piece[], whole: number): boolean {
  const valid = pieces.filter(({ bytes, isValid }) => isValid && bytes.some((byte) => byte >= 0x80)).length
  const mixed = pieces.filter(({ bytes, isValid }) => !isValid && countSequences(bytes).whole > 0).length
  return whole >= evidence.characters && valid >= 2 && valid > mixed
}

/** Splits a file at "<", ">" and line ends. These signs have the same bytes in UTF-8 and in every old encoding. */
function splitPieces(bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = []
  for (let start = 0; start < bytes.byteLength;) {
    let end = start + 1
    while (end < bytes.byteLength && ![0x0a, 0x0d, 0x3c, 0x3e].includes(bytes[end] ?? 0)) end += 1
    const part = bytes.subarray(start, end)
    pieces.push({ bytes: part, isValid: isUtf8(part), isLast: end === bytes.byteLength })
    start = end
  }
  return pieces
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictly.decode(bytes)
    return true
  } catch {
    return false // the bytes are invalid in UTF-8
  }
}

/**
 * Returns the number of bytes in a UTF-8 sequence that begins with this byte. Returns 0 if no sequence can begin with
 * this byte.
 */
function getExpectedLength(first: number): number {
  if (first < 0x80) return 1
  if (first >= 0xc2 && first <= 0xdf) return 2
  if (first >= 0xe0 && first <= 0xef) return 3
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0
}

/** Returns the length of the complete and valid sequence at an index. Returns 0 if the index has no such sequence. */
function getSequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const length = getExpectedLength(first)
  if (length < 2) return length
  const second = bytes[at + 1] ?? 0
  // The limits exclude overlong forms, surrogates, and code points above U+10FFFF (RFC 3629).
  const [min, max] = secondByte[first] ?? [0x80, 0xbf]
  if (second < min || second > max) return 0
  for (let next = at + 2; next < at + length; next++) {
    const byte = bytes[next] ?? 0
    if (byte < 0x80 || byte > 0xbf) return 0
  }
  return length
}

function countSequences(bytes: Uint8Array): { whole: number; bad: number; isCutOff: boolean } {
  let [whole, bad, isCutOff] = [0, 0, false]
  for (let at = 0; at < bytes.byteLength;) {
    const length = getSequenceLength(bytes, at)
    if (length > 1) whole += 1
    if (length === 0) {
      bad += 1
      const isStart = getExpectedLength(bytes[at] ?? 0) > bytes.byteLength - at
      isCutOff = isStart && bytes.subarray(at + 1).every((byte) => byte >= 0x80 && byte < 0xc0)
      if (isCutOff) break
    }
    at += Math.max(1, length)
  }
  return { whole, bad, isCutOff }
}

function readPiece(bytes: Uint8Array, areStrayBytesLost: boolean): LooseUtf8 {
  let [text, strayBytes] = ['', 0]
  for (let at = 0; at < bytes.byteLength;) {
    const length = getSequenceLength(bytes, at)
    if (length > 0) {
      text += leniently.decode(bytes.subarray(at, at + length))
      at += length
      continue
    }
    // A lead byte with only some of its continuation bytes is a letter that was cut off. Any other invalid byte is a
    // sign in windows-1252.
    let end = at + 1
    while (end < bytes.byteLength && (bytes[end] ?? 0) >= 0x80 && (bytes[end] ?? 0) < 0xc0 && end - at < 3) end += 1
    const isCut = getExpectedLength(bytes[at] ?? 0) > 1 && (end > at + 1 || end === bytes.byteLength)
    if (isCut) text += '\ufffd'
    else {
      text += areStrayBytesLost ? '\ufffd' : decodeWestern(bytes.subarray(at, at + 1))
      strayBytes += 1
      end = at + 1
    }
    at = end
  }
  return { text, strayBytes }
}
