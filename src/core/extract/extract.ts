import { extname } from 'node:path'
import { type BulletinSource, type BulletinText, isSameRepair, type RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { decodeFile } from '../text/encoding/decode-file'
import type { Decoded } from '../text/encoding/decoded'
import { findDate, unknownDate } from '../text/dates'
import { countLostLetters } from '../text/repair/lost-letters'
import type { Encoding } from '../text/encoding/legacy-encodings'
import { createPageRepair } from '../text/repair/page-repair'
import { createBulletinText } from './bulletin-text'
import { type PageContext, type PageParts, readHtmlPage } from './pipeline'
import { readBulletinJson } from './bulletin-json'
import type { PageMedia } from './page-media'
import { type DumpParts, readPageDump } from './dump/page-dump'
import type { Pack } from './portals/pack'
import { builtInPacks } from './portals/built-in-packs'
import type { Removal } from './removals/removal-log'

/** A page as received. */
export interface ReceivedPage {
  bytes: Uint8Array
  /** File name as the reader knows it. */
  name: string
  /** Charset of the Content-Type header, as sent. */
  declaredCharset?: string | null
  /** Chosen by the reader; absent or `auto`: decided by content. */
  encoding?: Encoding
  /** Repairs its reader does not want. */
  undone?: readonly RepairName[]
  /** Address the bytes came from, after redirects; null for files. */
  address?: string | null
  /** What was saved with it: references beside it, absolute addresses in its archive. Absent: nothing is known. */
  savedReferences?: readonly string[]
  /** The reader's own packs; they come before the program's. */
  packs?: readonly Pack[]
}

/** What a page says: the text of a revision and where it comes from. */
export interface Extraction {
  text: BulletinText
  /** Canonical http(s) address the page names for itself, else null. */
  address: string | null
  source: BulletinSource
  /** Of a document of ours: sha256 of the page it was made from, which identifies a bulletin without an address. */
  origin?: string | null
  charset: { name: string; bom: boolean }
  media: PageMedia
  /** What was left out of the page, by which step and why. */
  log: readonly Removal[]
  /** `pack`: id and version of the pack that read the page (`liferay/1`), null where none fits. */
  extractor: { name: 'page-dump' | 'simple-html' | 'own-document'; version: number; pack: string | null }
}

/** Bytes of windows-1252 among UTF-8, read as what they are. */
const strayRepair: RepairName = { kind: 'windows-1252', rule: 'stray-bytes', field: 'body' }

/** Raised whenever the same bytes would be read differently (FORMAT, revisions). */
const extractorVersion = 4

/**
 * Extracts a bulletin from a file: decodes it, takes a text dump or HTML page apart, repairs each field, sanitises
 * the body. What a file is, its content says; its extension only names kinds that are not read yet. Throws
 * `empty-file`, `binary-file`, `not-utf8`, `unsupported-type` (details: also type), `not-a-bulletin`, `no-text`,
 * `too-complex`; details: name.
 */
export function extractBulletin(received: ReceivedPage): Extraction {
  const { bytes, name, encoding = 'auto', undone = [], address = null, savedReferences = [], packs = [] } = received
  const isStrayUndone = undone.some((repair) => isSameRepair(repair, strayRepair))
  const decoded = decodeFile(bytes, name, { ...received, areStrayBytesLost: isStrayUndone })
  const { text, charset } = decoded
  const repair = createPageRepair(decoded, encoding)
  const kind = kindOf(text, extname(name).toLowerCase())
  if (kind === 'document') {
    const json = decoded.isBytes ? repair.repairLines(text, { isData: true }) : text
    const read = readBulletinJson(json, { name, undone, trace: () => repair.trace() })
    const { text: plain, ...found } = read
    return {
      ...found,
      text: withDecoding(plain, { decoded, encoding, isStrayUndone }),
      charset,
      log: [],
      extractor: { name: 'own-document', version: extractorVersion, pack: null },
    }
  }
  if (kind !== 'html' && kind !== 'text')
    throw new AppError('unsupported-type', `extract ${name}: ${kind}`, { name, type: kind })
  const parts =
    kind === 'html'
      ? readHtmlBounded(text, { name, address, savedReferences, packs: [...packs, ...builtInPacks], repair })
      : readPageDump(repair.repairLines(text))
  const page = 'items' in parts ? parts : pageOfDump(parts)
  const { text: read, media } = createBulletinText(page, name, undone, repair)
  return {
    text: withDecoding(read, { decoded, encoding, isStrayUndone }),
    media,
    address: page.address,
    source: page.source,
    charset,
    log: page.log,
    extractor: { name: 'items' in parts ? 'simple-html' : 'page-dump', version: extractorVersion, pack: page.pack },
  }
}

/** How the bytes became this text, and what of it is lost for good. */
function withDecoding(
  text: BulletinText,
  { decoded, encoding, isStrayUndone }: { decoded: Decoded; encoding: Encoding; isStrayUndone: boolean },
): BulletinText {
  const { charset, strayBytes } = decoded
  const stray = { ...strayRepair, ruleVersion: 1, count: strayBytes, undone: isStrayUndone }
  return {
    ...text,
    repairs: strayBytes === 0 ? text.repairs : [...text.repairs, stray],
    decoding: { charset: charset.name, chosen: encoding === 'auto' ? null : encoding, lost: countLostLetters(text) },
  }
}

/** `html`, `text`, `document` (a bulletin as we print it), or the name of a kind that this version can't take apart: refused rather than stored as garbage. */
function kindOf(text: string, extension: string): string {
  const head = text.slice(0, 4000).trimStart()
  if (extension === '.json' && !head.startsWith('<')) return 'document'
  if (/^<\?xml\b/i.test(head) && !/<(?:!doctype\s+)?html\b/i.test(head)) return '.xml'
  if (/^<(?:rss|feed|rdf:rdf|urlset|sitemapindex)\b/i.test(head)) return '.xml'
  if (/^\{\\rtf/.test(head)) return '.rtf'
  if (/^(?:From|MIME-Version|Subject|Date|Content-Type):/i.test(head) && /^MIME-Version:/im.test(head)) return '.mhtml'
  if (/^\.(?:x?html?|mht(?:ml)?)$/.test(extension)) return 'html'
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
