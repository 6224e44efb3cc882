import { extname } from 'node:path'
import type { BulletinSource, BulletinText, RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { decodeFile } from '../text/charsets'
import { findDate, unknownDate } from '../text/dates'
import { bulletinText } from './bulletin-text'
import { type PageContext, type PageParts, readHtmlPage } from './html'
import type { PageMedia } from './page-media'
import { type DumpParts, readPageDump } from './plain-text'
import type { Pack } from './portals/pack'
import { builtInPacks } from './portals/packs'
import type { Removal } from './removals'

/** A page as received. */
export interface ReceivedPage {
  bytes: Uint8Array
  /** File name as the reader knows it. */
  name: string
  /** Repairs its reader does not want. */
  undone?: readonly RepairName[]
  /** Address the bytes came from, after redirects; null for files. */
  address?: string | null
  /** The reader's own packs; they come before the program's. */
  packs?: readonly Pack[]
}

/** What a page says: the text of a revision and where it comes from. */
export interface Extraction {
  text: BulletinText
  /** Canonical http(s) address the page names for itself, else null. */
  address: string | null
  source: BulletinSource
  charset: { name: 'utf-8'; bom: boolean }
  media: PageMedia
  /** What was left out of the page, by which step and why. */
  log: readonly Removal[]
  /** `pack`: id and version of the pack that read the page (`liferay/1`), null where none fits. */
  extractor: { name: 'page-dump' | 'simple-html'; version: number; pack: string | null }
}

/** Raised whenever the same bytes would be read differently (FORMAT, revisions). */
const extractorVersion = 2

/**
 * Extracts a bulletin from a file: decodes it, takes a text dump or HTML page apart, repairs each field, sanitises
 * the body. What a file is, its content says; its extension only names kinds that are not read yet. Throws
 * `empty-file`, `binary-file`, `not-utf8`, `unsupported-type` (details: also type), `no-text`, `too-complex`; details:
 * name.
 */
export function extractBulletin({ bytes, name, undone = [], address = null, packs = [] }: ReceivedPage): Extraction {
  const { text, charset } = decodeFile(bytes, name)
  const kind = kindOf(text, extname(name).toLowerCase())
  if (kind !== 'html' && kind !== 'text')
    throw new AppError('unsupported-type', `extract ${name}: ${kind}`, { name, type: kind })
  const parts =
    kind === 'html' ? readHtmlBounded(text, { name, address, packs: [...packs, ...builtInPacks] }) : readPageDump(text)
  const page = 'items' in parts ? parts : pageOfDump(parts)
  const { text: read, media } = bulletinText(page, name, undone)
  return {
    text: read,
    media,
    address: page.address,
    source: page.source,
    charset,
    log: page.log,
    extractor: { name: 'items' in parts ? 'simple-html' : 'page-dump', version: extractorVersion, pack: page.pack },
  }
}

/** `html`, `text`, or the name of a kind that this version can't take apart: refused rather than stored as garbage. */
function kindOf(text: string, extension: string): string {
  if (/^\.(?:mhtml?|json)$/.test(extension)) return extension === '.mht' ? '.mhtml' : extension
  const head = text.slice(0, 4000).trimStart()
  if (/^<\?xml\b/i.test(head) && !/<(?:!doctype\s+)?html\b/i.test(head)) return '.xml'
  if (/^<(?:rss|feed|rdf:rdf|urlset|sitemapindex)\b/i.test(head)) return '.xml'
  if (/^\{\\rtf/.test(head)) return '.rtf'
  if (/^(?:From|MIME-Version|Subject|Date|Content-Type):/i.test(head) && /^MIME-Version:/im.test(head)) return '.mhtml'
  if (/^\.x?html?$/.test(extension)) return 'html'
  const start = head.replace(/^<\?xml[^>]{0,200}\?>\s*/i, '').replace(/^(?:<!--[\s\S]{0,2000}?-->\s*){1,5}/, '')
  return /^<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|table|article|section|meta|title)\b/i.test(start)
    ? 'html'
    : 'text'
}

function readHtmlBounded(text: string, context: PageContext): PageParts | DumpParts {
  try {
    return readHtmlPage(text, context)
  } catch (thrown) {
    // The depth of the tree is bounded; what still exhausts the stack is no page anyone reads.
    if (thrown instanceof RangeError)
      throw new AppError(
        'too-complex',
        `parse ${context.name}: ${thrown.message}`,
        { name: context.name },
        { cause: thrown },
      )
    throw thrown
  }
}

function pageOfDump({ title, summary, author, date, content }: DumpParts): PageParts {
  const found = date === null ? null : findDate(date)
  return {
    title,
    summary,
    author,
    published: found === null ? unknownDate : { ...found, from: 'text' },
    items: content.map(({ kind, text }) => ({ kind, text, html: null })),
    pictures: [],
    attachments: [],
    address: null,
    source: { id: null, name: null, host: null },
    log: [],
    pack: null,
  }
}
