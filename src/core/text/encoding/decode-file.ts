import type { Encoding } from '../../../shared/text/encodings'
import { AppError } from '../../../shared/errors'
import { declaredCharset } from './declared-charset'
import { type Decoded, unicodeText } from './decoded'
import { isLegacy, legacyEncodings, findLegacyEncoding } from './legacy-encodings'
import { decodeUtf8Leniently } from './lenient-utf8'
import { decodeUtf16, decodeUtf32 } from './utf16-utf32'
import { detectLegacyEncoding, scoreText } from './vietnamese-score'
import { decodeWestern } from './windows-1252'

/** Hints about the encoding of a file that do not come from its content. */
export interface DecodeHints {
  /** The charset of the Content-Type header, as the server sent it. */
  declaredCharset?: string | null
  /** The encoding that the user chose. If the field is absent or `auto`, the content decides the encoding. */
  encoding?: Encoding
  /** Whether invalid bytes in UTF-8 become U+FFFD. If not, these bytes are decoded as windows-1252. */
  areStrayBytesLost?: boolean
}

/** The first bytes of file types that are not text. */
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
/** A file with more than one control character in this many characters is binary. */
const charactersPerControl = 50
/**
 * The limits for a wrong declaration. A declared charset is wrong if a text has at least `minScore` in a Vietnamese
 * encoding and at most `maxDeclaredScore` in the declared charset.
 */
const wrongDeclaration = { minScore: 0.7, maxDeclaredScore: 0.3 }
/** The minimum number of plain letters for each accented letter or sign in a western text. */
const lettersPerAccent = 6
/** The size of the sample from which the encoding of a file is detected, in bytes. */
const sampleBytes = 65_536

/**
 * Decodes a file (docs/text.md). First tries a byte order mark, and then UTF-16 without a mark. Then tries valid UTF-8
 * whatever charset is declared, because text in other encodings is practically never valid UTF-8. Then tries UTF-8 with
 * a few invalid bytes, and then the charset of the header or the page. Then tries an encoding in which the text is
 * Vietnamese, and finally a western language. Refuses all other files, so that no unreadable text is stored. Throws
 * `empty-file`, `binary-file` and `not-utf8` with the detail `name`.
 */
export function decodeFile(bytes: Uint8Array, name: string, hints: DecodeHints = {}): Decoded {
  if (bytes.byteLength === 0) throw new AppError('empty-file', `decode ${name}: no bytes`, { name })
  const magic = magicNumbers.find(([, ...start]) => start.every((byte, at) => bytes[at] === byte))
  if (magic !== undefined) throw new AppError('binary-file', `decode ${name}: ${magic[0]}`, { name })
  const decoded = decodeUtf32(bytes) ?? decodeUtf16(bytes) ?? decodeNarrow(bytes, name, hints)
  if (decoded.text.trim() === '') throw new AppError('empty-file', `decode ${name}: only white space`, { name })
  checkControls(decoded, name)
  return decoded
}

function decodeNarrow(
  bytes: Uint8Array,
  name: string,
  { declaredCharset: header, encoding = 'auto', areStrayBytesLost = false }: DecodeHints,
): Decoded {
  if (bytes.includes(0)) throw new AppError('binary-file', `decode ${name}: NUL bytes`, { name })
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const utf8 = decodeStrictly(bytes)
  if (utf8 !== null && !/\u001b[$(]/.test(utf8)) return unicodeText(utf8, 'utf-8', bom)
  const label = header ?? declaredCharset(bytes)
  if (utf8 !== null) {
    // A page that declares ISO 2022 is not decoded as UTF-8. ISO 2022 encodes letters in seven bits after an escape
    // sequence, and UTF-8 would turn them into other letters.
    const declared = label === null || !/^iso-2022/i.test(label) ? null : decodeAs(label, bytes)
    if (declared === null) throw new AppError('not-utf8', `decode ${name}: ISO 2022 that is not declared`, { name })
    return declared
  }
  const isSure = bom || encoding === 'utf-8'
  const loose = isLegacy(encoding) && !bom ? null : decodeUtf8Leniently(bytes, { isSure, areStrayBytesLost })
  if (loose !== null) return { ...unicodeText(loose.text, 'utf-8', bom), strayBytes: loose.strayBytes }
  return decodeBytes(bytes, name, { label, encoding })
}

/** Decodes bytes that are not Unicode. */
function decodeBytes(
  bytes: Uint8Array,
  name: string,
  { label, encoding }: { label: string | null; encoding: Encoding },
): Decoded {
  const declared = label === null ? null : findLegacyEncoding(label)
  const western = { ...unicodeText(decodeWestern(bytes), 'windows-1252', false), isBytes: true, declared }
  if (isLegacy(encoding)) return { ...western, charset: { name: encoding, bom: false } }
  if (declared !== null) return { ...western, charset: { name: declared, bom: false } }
  const sample = removeMarkup(western.text.slice(0, sampleBytes))
  const legacy = detectLegacyEncoding(sample)
  const foreign = label === null || isWestern(label) ? null : decodeAs(label, bytes)
  if (foreign !== null) {
    const own = scoreText(removeMarkup(foreign.text.slice(0, sampleBytes))).value
    const isWrong =
      legacy !== null && legacy.value >= wrongDeclaration.minScore && own <= wrongDeclaration.maxDeclaredScore
    if (!isWrong) return foreign
  }
  if (legacy !== null) return { ...western, charset: { name: legacy.encoding, bom: false }, guessed: legacy.encoding }
  if (looksWestern(sample)) return western
  throw new AppError('not-utf8', `decode ${name}: no encoding fits`, { name })
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null // the bytes are not UTF-8, so the caller tries other encodings
  }
}

/**
 * Decodes bytes according to the WHATWG Encoding Standard. Returns null if the standard does not know the label, or if
 * the label is not that of a real charset.
 */
function decodeAs(label: string, bytes: Uint8Array): Decoded | null {
  try {
    const decoder = new TextDecoder(label)
    if (/^(?:utf-|x-user-defined|replacement)/.test(decoder.encoding)) return null
    return unicodeText(decoder.decode(bytes), decoder.encoding, false)
  } catch {
    return null // an unknown label is treated as no label
  }
}

/** Tells whether a charset label gives no evidence, because pages in all encodings declare this label. */
function isWestern(label: string): boolean {
  return /^(?:(?:x-)?(?:windows-|cp)125[24]|iso-?8859-?(?:1|9|15)|latin-?1|l1|(?:us-)?ascii|ansi[\w.-]*|x-user-defined|utf-?(?:7|8|16)|unicode)$/i.test(
    label.trim(),
  )
}

/** Removes tags, scripts and named entities, and decodes numeric character references. */
function removeMarkup(text: string): string {
  return text
    .replace(/<(?:script|style)\b[\s\S]*?<\/(?:script|style)>|<[^>]{0,2000}>|&[a-z]\w{1,8};/gi, ' ')
    .replace(/&#(\d{1,5});/g, (_entity, code: string) => String.fromCharCode(Number(code)))
    .replace(/&#x([\da-f]{1,4});/gi, (_entity, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/**
 * Tells whether a text may be English, French, German or similar. Such a text has mostly plain letters, some accents
 * and no unused bytes of windows-1252.
 */
function looksWestern(sample: string): boolean {
  const letters = sample.match(/[A-Za-z]/g)?.length ?? 0
  const accents = sample.match(/[\u00a1-\uffff]/g)?.length ?? 0
  return !/[\u0080-\u009f]/.test(sample) && letters >= accents * lettersPerAccent
}

/**
 * Refuses binary files. Some encodings use control characters for capital letters, and these control characters are not
 * counted.
 */
function checkControls({ text, isBytes, charset }: Decoded, name: string): void {
  const hasLetters = isBytes && legacyEncodings.some((each) => each === charset.name)
  const pattern = hasLetters ? /[\u0007-\u0008\u000b\u000e-\u000f\u007f]/g : /(?![\t\n\v\f\r\u0080-\u009f])\p{Cc}/gu
  const controls = text.match(pattern)?.length ?? 0
  if (controls * charactersPerControl > text.length)
    throw new AppError('binary-file', `decode ${name}: ${controls} control characters`, { name })
}
