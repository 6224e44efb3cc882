import { AppError } from '../../shared/errors'

/** A part of a MIME message that has content (RFC 2045, 2046). */
export interface MimePart {
  /** The headers by their names in lower case, with joined lines. If a header is repeated, this is its first value. */
  headers: ReadonlyMap<string, string>
  /** The media type of the part, in lower case. */
  type: string
  /** The parameters of the Content-Type header, by their names in lower case. */
  parameters: ReadonlyMap<string, string>
  /** Returns the content of the part, with its transfer encoding decoded. */
  read(): Uint8Array
}

/** A MIME message: its headers, and its parts in order. */
export interface MimeMessage {
  head: Omit<MimePart, 'read'>
  parts: readonly MimePart[]
}

const maxParts = 5000
const maxDepth = 8
const maxHeadBytes = 64 * 1024

/**
 * Parses a MIME message with its nested parts. Accepts a part without headers and a message that is cut off, as
 * browsers do. Takes linear time for each level of nesting. Throws `too-complex` (details: name).
 */
export function readMime(bytes: Uint8Array, name: string): MimeMessage {
  // The text has one character for each byte, so a position in the text is also a position in the bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const parts: MimePart[] = []
  const readPart = (from: number, to: number, depth: number): Omit<MimePart, 'read'> => {
    const { head, bodyAt } = readHead(text, from, to)
    const boundary = head.type.startsWith('multipart/') ? head.parameters.get('boundary') : undefined
    if (boundary === undefined || boundary === '') {
      const encoding = (head.headers.get('content-transfer-encoding') ?? '').trim().toLowerCase()
      if (parts.length >= maxParts) throw createTooComplexError(name, 'too many parts')
      parts.push({ ...head, read: () => decodeTransfer(text.slice(bodyAt, to), encoding) })
      return head
    }
    if (depth >= maxDepth) throw createTooComplexError(name, 'nested too deeply')
    for (const { start, end } of sectionsOf(text, bodyAt, to, boundary)) readPart(start, end, depth + 1)
    return head
  }
  const start = /^(?:\xef\xbb\xbf)?\s*/.exec(text.slice(0, 1000))?.[0].length ?? 0
  const head = readPart(start, text.length, 0)
  return { head, parts }
}

function createTooComplexError(name: string, what: string): AppError {
  return new AppError('too-complex', `mime ${name}: ${what}`, { name })
}

function readHead(text: string, from: number, to: number): { head: Omit<MimePart, 'read'>; bodyAt: number } {
  const window = text.slice(from, Math.min(to, from + maxHeadBytes))
  const isBare = /^\r?\n/.exec(window)
  const end = isBare ?? /\r?\n\r?\n/.exec(window)
  const headText = isBare === null ? window.slice(0, end?.index ?? window.length) : ''
  const headers = new Map<string, string>()
  for (const line of headText.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    const key = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (key !== '' && !headers.has(key)) headers.set(key, line.slice(colon + 1).trim())
  }
  const contentType = headers.get('content-type') ?? ''
  const parameters = new Map<string, string>()
  for (const [, key = '', quoted, bare = ''] of contentType.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s;"]+))/g))
    parameters.set(key.toLowerCase(), quoted ?? bare)
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  return { head: { headers, type, parameters }, bodyAt: end === null ? to : from + end.index + end[0].length }
}

/**
 * Returns the sections between the lines that repeat the boundary. If the message is cut off, its last section extends
 * to the end.
 */
function* sectionsOf(
  text: string,
  from: number,
  to: number,
  boundary: string,
): Generator<{ start: number; end: number }> {
  const delimiter = `--${boundary}`
  let start: number | null = null
  for (let at = text.indexOf(delimiter, from); at >= 0 && at < to; at = text.indexOf(delimiter, at + 1)) {
    if (at > from && text[at - 1] !== '\n') continue
    const after = at + delimiter.length
    const isLast = text.startsWith('--', after)
    const lineEnd = endOfLine(text, after, to)
    if (text.slice(isLast ? after + 2 : after, Math.min(lineEnd, after + 200)).trim() !== '') continue
    if (start !== null) yield { start, end: withoutLineEnd(text, start, at) }
    if (isLast) return
    start = Math.min(lineEnd + 1, to)
  }
  if (start !== null && start < to) yield { start, end: to }
}

function endOfLine(text: string, from: number, to: number): number {
  const at = text.indexOf('\n', from)
  return at < 0 || at > to ? to : at
}

/**
 * Returns the position at which a section ends. The line break before a boundary is a part of the boundary, not of the
 * section.
 */
function withoutLineEnd(text: string, start: number, at: number): number {
  const end = text[at - 2] === '\r' ? at - 2 : at - 1
  return Math.max(end, start)
}

function decodeTransfer(content: string, encoding: string): Uint8Array {
  if (encoding === 'base64') return Buffer.from(content, 'base64')
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(content) : Buffer.from(content, 'latin1')
}

/** Decodes quoted-printable (RFC 2045, section 6.7). Invalid escapes stay unchanged. */
function decodeQuotedPrintable(content: string): Uint8Array {
  const result = Buffer.alloc(content.length)
  const escape = /=(?:[ \t]{0,80}(?:\r\n|\n|\r|$)|([\da-f]{2}))/iy
  let length = 0
  for (let at = 0; at < content.length; at++) {
    const code = content.charCodeAt(at)
    escape.lastIndex = at
    const found = code === 0x3d ? escape.exec(content) : null
    if (found === null) result[length++] = code
    else {
      if (found[1] !== undefined) result[length++] = Number.parseInt(found[1], 16)
      at += found[0].length - 1
    }
  }
  return result.subarray(0, length)
}
