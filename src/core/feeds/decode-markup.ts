import { decodeUtf16, decodeUtf32 } from '../text/encoding/utf16-utf32'

/**
 * Number of bytes at the start of a document in which a declaration of the encoding is looked for. HTML has the same
 * limit.
 */
const maxDeclarationBytes = 1024
/** The encoding of a document that declares no encoding and is not UTF-8. Browsers use the same default. */
const defaultEncoding = 'windows-1252'

/**
 * Decodes markup: a feed, a sitemap or a listing. Never throws, because windows-1252 accepts every byte. Uses the first
 * of these encodings that applies:
 * - UTF-32 and UTF-16
 * - UTF-8, if the bytes are valid UTF-8 and contain characters beyond ASCII (wins over every declaration, because
 *   text in another encoding is almost never valid UTF-8)
 * - `charset`, which comes from the Content-Type header
 * - the encoding that the document declares
 * - windows-1252
 */
export function decodeMarkup(bytes: Uint8Array, charset: string | null = null): string {
  const wide = decodeUtf32(bytes) ?? decodeUtf16(bytes)
  if (wide !== null) return wide.text
  const utf8 = decodeAs('utf-8', bytes, true)
  const isAscii = utf8 !== null && !/[^\0-\x7f]/.test(utf8)
  if (utf8 !== null && !isAscii) return utf8
  for (const label of [charset, declaredEncoding(bytes)]) {
    // A declaration of UTF-8, UTF-16 or UTF-32 is ignored here, because the document was already found to be in none of
    // these encodings.
    if (label === undefined || label === null || /^(?:utf-?(?:8|16|32)|ucs|iso-10646|unicode)/i.test(label)) continue
    const text = decodeAs(label, bytes, false)
    if (text !== null) return text
  }
  return utf8 ?? decodeAs(defaultEncoding, bytes, false) ?? ''
}

/**
 * Decodes bytes in the encoding with the name `label`. Returns null if the encoding is unknown, or if `fatal` is true
 * and the bytes are invalid in this encoding.
 */
function decodeAs(label: string, bytes: Uint8Array, fatal: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes)
  } catch {
    return null // The caller tries the next encoding.
  }
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, maxDeclarationBytes)).toString('latin1')
  // The declaration is searched everywhere in the beginning, because a PHP program may have written a warning before
  // it.
  const xml = /<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)
  return (xml ?? /<meta\s[^>]*?charset\s*=\s*["']?([\w.:-]+)/i.exec(start))?.[1]
}
