import { AppError } from '../../shared/errors'

/** Received bytes as text. */
export interface Decoded {
  text: string
  charset: { name: 'utf-8'; bom: boolean }
}

/** First bytes of files that are no text at all. */
const magicNumbers: readonly (readonly [kind: string, ...bytes: number[]])[] = [
  ['pdf', 0x25, 0x50, 0x44, 0x46, 0x2d],
  ['zip', 0x50, 0x4b, 0x03, 0x04],
  ['empty zip', 0x50, 0x4b, 0x05, 0x06],
  ['ole', 0xd0, 0xcf, 0x11, 0xe0],
  ['png', 0x89, 0x50, 0x4e, 0x47],
  ['jpeg', 0xff, 0xd8, 0xff],
  ['gif', 0x47, 0x49, 0x46, 0x38],
  ['rar', 0x52, 0x61, 0x72, 0x21, 0x1a],
  ['7z', 0x37, 0x7a, 0xbc, 0xaf],
  ['gzip', 0x1f, 0x8b, 0x08],
  ['exe', 0x4d, 0x5a, 0x90],
  ['elf', 0x7f, 0x45, 0x4c, 0x46],
]
/** More control characters than one in this many make a file binary. */
const charactersPerControl = 50

/**
 * Decodes a file. UTF-8 with or without its mark only: any other encoding is refused as `not-utf8`, so that nothing
 * is ever stored as garbage; what a page declares is not asked, since valid UTF-8 is never by chance anything else.
 * Throws `empty-file`, `binary-file`, `not-utf8`; details: name.
 */
export function decodeFile(bytes: Uint8Array, name: string): Decoded {
  if (bytes.byteLength === 0) throw new AppError('empty-file', `decode ${name}: no bytes`, { name })
  const magic = magicNumbers.find(([, ...start]) => start.every((byte, at) => bytes[at] === byte))
  if (magic !== undefined) throw new AppError('binary-file', `decode ${name}: ${magic[0]}`, { name })
  if (isUtf16(bytes)) throw new AppError('not-utf8', `decode ${name}: UTF-16 or UTF-32`, { name })
  if (bytes.includes(0)) throw new AppError('binary-file', `decode ${name}: NUL bytes`, { name })
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const text = decodeStrictly(bytes, name)
  if (text.trim() === '') throw new AppError('empty-file', `decode ${name}: only white space`, { name })
  // ISO 2022 hides its letters in seven bits behind an escape; as UTF-8 they would be read as other letters.
  if (text.includes('\u001b$') || text.includes('\u001b('))
    throw new AppError('not-utf8', `decode ${name}: ISO 2022`, { name })
  const controls = text.match(/(?![\t\n\v\f\r\u0080-\u009f])\p{Cc}/gu)?.length ?? 0
  if (controls * charactersPerControl > text.length)
    throw new AppError('binary-file', `decode ${name}: ${controls} control characters`, { name })
  return { text, charset: { name: 'utf-8', bom } }
}

function decodeStrictly(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new AppError('not-utf8', `decode ${name}: not UTF-8`, { name }, { cause })
  }
}

/** A UTF-16 mark, or every other byte NUL at the beginning, as Latin letters have it. */
function isUtf16(bytes: Uint8Array): boolean {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true
  const start = bytes.subarray(0, 64)
  const nuls = (parity: number): number => start.filter((byte, at) => at % 2 === parity && byte === 0).length
  return start.byteLength >= 16 && Math.max(nuls(0), nuls(1)) > start.byteLength / 4 && Math.min(nuls(0), nuls(1)) === 0
}
