import { escapeHtml } from '../text/escape-html'
import type { MimeMessage, MimePart } from './mime'

/** An attached file of a mail, and the text with which the page of the mail refers to this file. */
export interface MailAttachment {
  reference: string
  name: string
  part: MimePart
}

/**
 * The folder in the references to attached files. The name is that of a folder with the files of a saved page, so the
 * extraction keeps links to this folder.
 */
const attachmentFolder = 'dinh-kem_files'
/**
 * Minimum number of characters of a line that the mail program has wrapped. A shorter line ends where its writer ended
 * it.
 */
const minWrappedLength = 60

/** Whether a MIME message is a mail and not the archive of a page. */
export function isMail({ headers }: MimeMessage['head']): boolean {
  const from = headers.get('from') ?? ''
  if (headers.has('snapshot-content-location') || headers.has('content-location')) return false
  if (/<saved by/i.test(from) || !from.includes('@')) return false
  return ['to', 'date', 'message-id', 'received', 'subject'].some((name) => headers.has(name))
}

/** Lists the attached files of a mail: the parts with a file name, except those that the text of the mail shows. */
export function listAttachments(parts: readonly MimePart[], main: MimePart): MailAttachment[] {
  return parts.flatMap((part, at) => {
    const disposition = part.headers.get('content-disposition') ?? ''
    const name = readParameter(disposition, 'filename') ?? readParameter(part.headers.get('content-type') ?? '', 'name')
    const isShown = /^inline/i.test(disposition) || (part.headers.has('content-id') && /^image\//.test(part.type))
    if (part === main || name === null || (isShown && !/^attachment/i.test(disposition))) return []
    const bare = name.split(/[/\\]/).at(-1) ?? name
    return [{ reference: `${attachmentFolder}/${at}/${bare}`, name: bare, part }]
  })
}

/**
 * Creates an HTML page from a mail: subject, sender, date, text, and links to the attached files. `html` is the text of
 * the mail.
 */
export function createMailPage(
  { headers }: MimeMessage['head'],
  html: string,
  attachments: readonly MailAttachment[],
): Uint8Array {
  const subject = decodeWords(headers.get('subject') ?? '').trim()
  const sender = readSender(decodeWords(headers.get('from') ?? ''))
  const moment = Date.parse((headers.get('date') ?? '').replace(/\s*\([^)]*\)\s*$/, ''))
  const date = Number.isNaN(moment) ? null : new Date(moment).toISOString()
  const body = /<body[^>]*>([\s\S]*?)(?:<\/body>|$)/i.exec(html)?.[1] ?? html.replace(/<head[\s\S]*?<\/head>/gi, '')
  const links = attachments.map(
    ({ reference, name }) => `<li><a href="${escapeHtml(encodeURI(reference))}">${escapeHtml(name)}</a></li>`,
  )
  return Buffer.from(
    [
      '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">',
      `<title>${escapeHtml(subject)}</title>`,
      date === null ? '' : `<meta property="article:published_time" content="${date}">`,
      `</head><body><h1>${escapeHtml(subject)}</h1>`,
      sender === '' ? '' : `<p>Tác giả: ${escapeHtml(sender)}</p>`,
      `<div class="noi-dung">${body}</div>`,
      links.length === 0 ? '' : `<div class="tep-dinh-kem"><p>Tệp đính kèm:</p><ul>${links.join('')}</ul></div>`,
      '</body></html>',
    ].join('\n'),
  )
}

/**
 * Converts the plain text of a mail to HTML. An empty line ends a paragraph. Lines that the mail program has wrapped
 * are joined.
 */
export function convertPlainMail(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => {
      const joined = lines.map((line, at) => {
        const isWrapped = line.endsWith(' ') || line.length >= minWrappedLength
        return `${escapeHtml(line.trim())}${at === lines.length - 1 ? '' : isWrapped ? ' ' : '<br>'}`
      })
      return `<p>${joined.join('')}</p>`
    })
    .join('\n')
}

/** Decodes the encoded words in a header (RFC 2047). The text between them is read as UTF-8. */
export function decodeWords(value: string): string {
  const raw = Buffer.from(value, 'latin1').toString('utf8')
  const plain = raw.includes('\ufffd') ? value : raw
  return plain
    .replace(/(=\?[^?\s]{1,40}\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1')
    .replace(
      /=\?([^?*\s]{1,40})(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi,
      (whole, charset: string, kind: string, word: string) => {
        const bytes =
          kind.toLowerCase() === 'b'
            ? Buffer.from(word, 'base64')
            : Buffer.from(
                word
                  .replaceAll('_', ' ')
                  .replace(/=([\da-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
                'latin1',
              )
        return decodeAs(charset, bytes) ?? whole
      },
    )
}

function decodeAs(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return null // The charset is unknown, so the word stays as it was received.
  }
}

/** Returns the name of the sender, or the address if the mail gives no name. */
function readSender(from: string): string {
  const name = from.replace(/<[^>]*>/g, '').replace(/^[\s"']+|[\s"']+$/g, '')
  return name === '' ? (/<([^>]+)>/.exec(from)?.[1] ?? '') : name
}

/**
 * Returns a parameter of a header, also in the forms of RFC 2231 (`filename*=utf-8''…`, `filename*0=…`). Returns null
 * if the header has no such parameter.
 */
function readParameter(header: string, name: string): string | null {
  const pieces = new Map<string, string>()
  for (const [, key = '', quoted, bare = ''] of header.matchAll(
    /;\s*([\w*.-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/g,
  ))
    pieces.set(key.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare)
  const plain = pieces.get(name)
  const numbered = [...Array(20).keys()].map((at) => pieces.get(`${name}*${at}*`) ?? pieces.get(`${name}*${at}`))
  const extended = pieces.get(`${name}*`) ?? (numbered[0] === undefined ? undefined : numbered.join(''))
  if (extended === undefined) return plain === undefined ? null : decodeWords(plain)
  const [, charset = 'utf-8', value = extended] = /^([\w-]*)'[^']*'(.*)$/s.exec(extended) ?? []
  const bytes = Buffer.from(
    value.replace(/%([\da-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  return decodeAs(charset === '' ? 'utf-8' : charset, bytes) ?? value
}
