import { AppError } from '../../shared/errors'
import { decodeMarkup } from '../feeds/decode-markup'
import { convertPlainMail, createMailPage, isMail, listAttachments } from './mail'
import { type MimePart, readMime } from './mime'

/** The page in a web archive, which is a MIME message (RFC 2557). */
export interface ArchivedPage {
  bytes: Uint8Array
  /** The web address from which the page was saved. Null if the archive contains no such address. */
  address: string | null
  /** The charset in the Content-Type header of the page. Null if the header has none. */
  declaredCharset: string | null
  /** The addresses by which the parts of the archive can be found. */
  savedReferences: readonly string[]
  /**
   * Returns the part for an address in the page. The address is `cid:…`, absolute, or relative to the page. Returns
   * null if there is no such part.
   */
  partOf(address: string): { bytes: Uint8Array; fileName: string | null } | null
}

/** Whether bytes begin like a MIME message that may contain a page. */
export function isMhtml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16_384))
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s+/, '')
  if (!/^[A-Za-z][\w-]{0,60}:[ \t]/.test(head)) return false
  const [fields = ''] = head.split(/\r?\n\r?\n/, 1)
  if (/^from:.*@/im.test(fields) && /^(?:message-id|received|date):/im.test(fields) && /^subject:/im.test(fields))
    return true
  return /^content-type:\s*(?:multipart\/(?:related|alternative|mixed)|text\/html|application\/xhtml)/im.test(fields)
}

/**
 * Opens a mail, or a web archive of Chrome, Edge, Internet Explorer or Word. The page is the part that `start` names,
 * or else the first HTML part, or else the first plain text. Throws `no-text` if the archive has no page. Throws
 * `too-complex` (details: name).
 */
export function openMhtml(bytes: Uint8Array, name: string): ArchivedPage {
  const { head, parts } = readMime(bytes, name)
  const start = head.parameters.get('start')
  const isPage = ({ type }: MimePart): boolean => type === 'text/html' || type === 'application/xhtml+xml'
  const main =
    parts.find(
      (part) => start !== undefined && isPage(part) && contentId(part)?.toLowerCase() === bareId(start).toLowerCase(),
    ) ??
    parts.find(isPage) ??
    parts.find(({ type }) => type === 'text/plain')
  if (main === undefined) throw new AppError('no-text', `mhtml ${name}: no page`, { name })
  const attachments = isMail(head) ? listAttachments(parts, main) : []
  const rootLocation = locationOf(head, 'snapshot-content-location') ?? locationOf(head, 'content-location')
  const location = absoluteAddress(locationOf(main, 'content-location'), rootLocation) ?? rootLocation
  const byAddress = new Map<string, MimePart>()
  for (const part of parts) {
    const written = locationOf(part, 'content-location')
    const keys = [`cid:${(contentId(part) ?? '').toLowerCase()}`, written, absoluteAddress(written, location)]
    for (const key of keys) if (key !== null && key !== 'cid:' && !byAddress.has(key)) byAddress.set(key, part)
  }
  for (const { reference, part } of attachments) byAddress.set(reference, part)
  const names = new Map(attachments.map(({ part, name: fileName }) => [part, fileName]))
  return {
    bytes: isMail(head) ? createMailPage(head, readMailText(main), attachments) : main.read(),
    address: location !== null && /^https?:/i.test(location) ? location : null,
    declaredCharset: isMail(head) ? 'utf-8' : (main.parameters.get('charset') ?? null),
    savedReferences: [...byAddress.keys()],
    partOf(address) {
      const keys = [address, decodePercent(address), absoluteAddress(address, location), contentKey(address)]
      const part = keys.map((key) => (key === null ? undefined : byAddress.get(key))).find((each) => each !== undefined)
      return part === undefined || part === main
        ? null
        : { bytes: part.read(), fileName: names.get(part) ?? fileNameOf(part) }
    },
  }
}

/**
 * Returns the key of a `cid:` address such as `CID:Hop%401`. The key is in lower case, because mail programs change the
 * case. Returns null for any other address.
 */
function contentKey(address: string): string | null {
  if (!/^cid:/i.test(address)) return null
  return `cid:${bareId(decodePercent(address.slice(4)) ?? address.slice(4)).toLowerCase()}`
}

/** Returns the text of a mail as HTML. */
function readMailText(main: MimePart): string {
  const text = decodeMarkup(main.read(), main.parameters.get('charset') ?? null)
  return main.type === 'text/plain' ? convertPlainMail(text) : text
}

function contentId({ headers }: Pick<MimePart, 'headers'>): string | null {
  const id = headers.get('content-id')
  return id === undefined ? null : bareId(id)
}

function bareId(id: string): string {
  return id.trim().replace(/^<|>$/g, '')
}

/**
 * Returns the address in a header, with decoded words (RFC 2047) and joined lines. Returns null if the header is absent
 * or too long.
 */
function locationOf({ headers }: Pick<MimePart, 'headers'>, name: string): string | null {
  const value = headers.get(name)
  if (value === undefined || value.length > 16_384) return null
  const text = value.replace(/=\?utf-8\?([bq])\?([^?]*)\?=\s*/gi, (_whole, kind: string, word: string) =>
    kind.toLowerCase() === 'b'
      ? Buffer.from(word, 'base64').toString('utf8')
      : (decodePercent(
          word
            .replaceAll('%', '%25')
            .replaceAll('_', ' ')
            .replace(/=(?=[\da-f]{2})/gi, '%'),
        ) ?? word),
  )
  return /^https?:/i.test(text) ? text.replace(/\s+/g, '') : text
}

/** Resolves an address to an absolute address without its fragment. Returns null if the address is invalid. */
function absoluteAddress(address: string | null, base: string | null): string | null {
  const url = address === null ? null : URL.parse(address, base ?? undefined)
  if (url === null) return null
  url.hash = ''
  return url.href
}

function fileNameOf(part: MimePart): string | null {
  const name = URL.parse(locationOf(part, 'content-location') ?? '', 'http://page.invalid')
    ?.pathname.split('/')
    .at(-1)
  return name === undefined || name === '' ? null : (decodePercent(name) ?? name)
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null // The percent encoding is invalid, so the caller tries the text as it is.
  }
}
