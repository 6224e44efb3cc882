import { extname } from 'node:path'
import { type BulletinText, isSameRepair, type RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { decodeFile } from '../text/encoding/decode-file'
import type { Decoded } from '../text/encoding/decoded'
import { findDate, unknownDate } from '../text/dates'
import { countLostLetters } from '../text/repair/lost-letters'
import type { Encoding } from '../../shared/text/encodings'
import { createPageRepair } from '../text/repair/page-repair'
import { createBulletinText } from './bulletin-text'
import { limitTexts } from './text-limits'
import type { Extraction, ReceivedPage } from './extraction'
import { detectPageKind } from './page-kind'
import type { PageContext, PageParts } from './page-parts'
import { readHtmlPage } from './pipeline'
import { readBulletinJson } from './bulletin-json'
import { type DumpParts, readPageDump } from './dump/page-dump'
import { chooseOfficialTitle, readOfficialDocument } from './fields/official/official-document'
import { builtInPacks } from './portals/built-in-packs'

/** Name of the repair that replaces single windows-1252 bytes in a UTF-8 page. */
const strayRepair: RepairName = { kind: 'windows-1252', rule: 'stray-bytes', field: 'body' }

/**
 * Version of the extraction rules, which the library stores with each revision (`docs/format/library-1.md`). A
 * developer must increase the version with every change of the rules after which the same bytes give another result.
 */
const extractorVersion = 7

/**
 * Extracts a bulletin from the bytes of one page: an HTML page, a text dump, or a bulletin that was exported as JSON.
 * Decodes the bytes, finds the parts, repairs each field and sanitises the body. Throws `empty-file`, `binary-file`,
 * `not-utf8`, `unsupported-type`, `not-a-bulletin`, `no-text` or `too-complex`. The error details contain the name. For
 * `unsupported-type` they also contain the type.
 */
export function extractBulletin(received: ReceivedPage): Extraction {
  return limitTexts(extractWhole(received), received.name)
}

function extractWhole(received: ReceivedPage): Extraction {
  const {
    bytes,
    name,
    encoding = 'auto',
    undone = [],
    address = null,
    savedReferences = [],
    packs = [],
    savedFrom = null,
    keepsAll = false,
  } = received
  const isStrayUndone = undone.some((repair) => isSameRepair(repair, strayRepair))
  const decoded = decodeFile(bytes, name, { ...received, areStrayBytesLost: isStrayUndone })
  const { text, charset } = decoded
  const repair = createPageRepair(decoded, encoding)
  const kind = detectPageKind(text, extname(name).toLowerCase())
  if (kind === 'document') {
    const json = decoded.isBytes ? repair.repairLines(text, { isData: true }) : text
    const read = readBulletinJson(json, { name, undone, trace: () => repair.trace() })
    const { text: plain, ...found } = read
    return {
      ...found,
      text: addDecoding(plain, { decoded, encoding, isStrayUndone }),
      charset,
      morePages: [],
      log: [],
      account: null,
      extractor: { name: 'own-document', version: extractorVersion, pack: null },
    }
  }
  if (kind !== 'html' && kind !== 'text')
    throw new AppError('unsupported-type', `extract ${name}: ${kind}`, { name, type: kind })
  const repaired = kind === 'html' ? null : repair.repairLines(text)
  const parts =
    repaired === null
      ? readHtmlSafely(text, {
          ...{ name, address, savedFrom, savedReferences, keepsAll, repair },
          packs: [...packs, ...builtInPacks],
        })
      : readPageDump(repaired)
  const page = 'items' in parts ? parts : convertDumpParts(parts, repaired?.split('\n') ?? [])
  const { text: read, media } = createBulletinText(page, name, undone, repair)
  const marked = keepsAll ? { ...read, keepsAll: true as const } : read
  return {
    text: addDecoding(marked, { decoded, encoding, isStrayUndone }),
    media,
    morePages: page.morePages,
    address: page.address,
    source: page.source,
    charset,
    log: page.log,
    account: page.account,
    extractor: { name: 'items' in parts ? 'simple-html' : 'page-dump', version: extractorVersion, pack: page.pack },
  }
}

/**
 * Adds the charset of the page, the repair of stray bytes and the number of unrecoverable letters to the text of a
 * bulletin.
 */
function addDecoding(
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

/** Reads an HTML page. Throws `too-complex` if the page exhausts the stack. */
function readHtmlSafely(text: string, context: PageContext): PageParts | DumpParts {
  try {
    return readHtmlPage(text, context)
  } catch (thrown) {
    // A page that exhausts the stack is refused, because such a page is not an article. Only few pages reach this
    // point, because `checkHtmlLimits` has already limited the depth of the tree.
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

/** Converts a text dump to the parts of a page. A dump has no pictures, files, address or source. */
function convertDumpParts(dump: DumpParts, lines: readonly string[]): PageParts {
  const { summary, author, date, content } = dump
  const official = readOfficialDocument(lines)
  const found = findDate(date ?? official?.facts?.date ?? '')
  const officialTitle = chooseOfficialTitle(dump.title, official)
  // The first line of an official document is a part of the document's head, so this line stays in the text.
  const headline = officialTitle === null ? [] : [{ kind: 'paragraph' as const, text: dump.title }]
  return {
    title: officialTitle ?? dump.title,
    summary,
    author,
    published: found === null ? unknownDate : { ...found, from: 'text' },
    items: [...headline, ...content].map(({ kind, text }) => ({ kind, text, html: null })),
    pictures: [],
    morePages: [],
    attachments: [],
    address: null,
    source: { id: null, name: null, host: null },
    official: official?.facts ?? null,
    log: [],
    account: null,
    pack: null,
  }
}
