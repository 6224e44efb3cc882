/**
 * The characters of bytes 80–9F in windows-1252. The five unused bytes of this encoding become control characters, as
 * WHATWG defines.
 */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const byteOfUpper = new Map([...upper].map((character, at) => [character.charCodeAt(0), 0x80 + at]))

/** Decodes bytes as windows-1252. Every byte becomes one UTF-16 unit, and no byte is lost. */
export function decodeWestern(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => upper[character.charCodeAt(0) - 0x80] ?? character)
}

/**
 * Returns the byte of a character. The character may be in windows-1252, in Latin-1 (U+0080–9F) or in x-user-defined
 * (U+F780–F7FF). Returns -1 if the character has no byte.
 */
export function toWesternByte(code: number): number {
  if (code < 0x100) return code
  if (code >= 0xf780 && code <= 0xf7ff) return code - 0xf700
  return byteOfUpper.get(code) ?? -1
}

/** The characters of windows-1258 that differ from windows-1252, with their bytes. */
const bytesOf1258 = new Map<number, number>([
  [0x102, 0xc3],
  [0x300, 0xcc],
  [0x110, 0xd0],
  [0x309, 0xd2],
  [0x1a0, 0xd5],
  [0x1af, 0xdd],
  [0x303, 0xde],
  [0x103, 0xe3],
  [0x301, 0xec],
  [0x111, 0xf0],
  [0x323, 0xf2],
  [0x1a1, 0xf5],
  [0x1b0, 0xfd],
  [0x20ab, 0xfe],
])

/**
 * Returns the byte of a character in windows-1258. If windows-1258 lacks the character, returns its byte in
 * windows-1252. Returns -1 if neither encoding has the character.
 */
export function toByte1258(code: number): number {
  return bytesOf1258.get(code) ?? toWesternByte(code)
}

/** Returns the character of a byte in windows-1252. */
export function toWesternCharacter(byte: number): string {
  return byte >= 0x80 && byte < 0xa0 ? (upper[byte - 0x80] ?? '') : String.fromCharCode(byte)
}
