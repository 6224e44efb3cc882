/** How far into a document its own word on its encoding is looked for, in bytes (HTML's limit is 1024). */
const declarationBytes = 1024
/** What a server or page that declares nothing, and is no UTF-8, is read as: what browsers do. */
const lastResort = 'windows-1252'

/**
 * Markup (feed, sitemap, listing) as text; never throws, since every byte has a reading. In order: a byte order mark;
 * UTF-16 and UTF-32 by their NULs; valid UTF-8 with letters beyond ASCII, which is never anything else by chance,
 * whatever is declared; `charset`, the Content-Type's; the document's own declaration; windows-1252.
 */
export function decodeMarkup(bytes: Uint8Array, charset: string | null = null): string {
  const wide = wideEncoding(bytes)
  if (wide !== null) return wide.startsWith('utf-32') ? decodeUtf32(bytes, wide) : (decodeAs(wide, bytes, false) ?? '')
  const utf8 = decodeAs('utf-8', bytes, true)
  const isAscii = utf8 !== null && !/[^\0-\x7f]/.test(utf8)
  if (utf8 !== null && !isAscii) return utf8
  const declared = [charset, declaredIn(bytes)]
  for (const label of declared) {
    // A declared UTF-16 in bytes that are not is a wrong declaration; UTF-8 was tried.
    if (label === undefined || label === null || /^(?:utf-?(?:8|16|32)|ucs|iso-10646|unicode)/i.test(label)) continue
    const text = decodeAs(label, bytes, false)
    if (text !== null) return text
  }
  return utf8 ?? decodeAs(lastResort, bytes, false) ?? ''
}

/** The text in this encoding; null where it is unknown, or `fatal` and the bytes are not in it. */
function decodeAs(label: string, bytes: Uint8Array, fatal: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes)
  } catch {
    return null // the caller has another reading
  }
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, declarationBytes)).toString('latin1')
  const xml = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)
  return (xml ?? /<meta\s[^>]*?charset\s*=\s*["']?([\w.:-]+)/i.exec(start))?.[1]
}

function wideEncoding(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes
  if (a === 0 && b === 0 && ((c === 0xfe && d === 0xff) || (c === 0 && d === 0x3c))) return 'utf-32be'
  if (c === 0 && d === 0 && ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0))) return 'utf-32le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be'
  return (a === 0xff && b === 0xfe) || (a === 0x3c && b === 0) ? 'utf-16le' : null
}

/** No decoder of the platform reads UTF-32 (WHATWG Encoding leaves it out); XML allows it. */
function decodeUtf32(bytes: Uint8Array, encoding: string): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pieces: string[] = []
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const point = view.getUint32(at, encoding === 'utf-32le')
    if (point === 0xfeff && at === 0) continue
    pieces.push(point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? '\ufffd' : String.fromCodePoint(point))
  }
  return pieces.join('')
}
