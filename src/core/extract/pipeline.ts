import { parseHTML } from 'linkedom'
import type { BulletinSource, Published } from '../../shared/bulletin'
import { isPartReference } from '../../shared/saved-pages'
import { findDate, unknownDate } from '../text/dates'
import type { PageRepair } from '../text/repair/page-repair'
import { baseOf, parseAddress } from './html/resolve-address'
import { findAuthorNearTitle, findDateInRawLines, dateInProperties, findDateNearTitle } from './fields/date'
import { findAttachments, linkFramedFiles } from './fields/attachments'
import { joinAuthors } from './fields/author'
import { blocksOf } from './html/blocks'
import { readBodyItems, type BodyItem } from './body/body-items'
import { unwrapDeferredContent } from './html/deferred-content'
import { removeBoilerplate } from './removals/boilerplate'
import { removeLinkLists } from './removals/link-lists'
import { findBody } from './body/find-body'
import { repairDocumentEncoding } from './html/repair-encoding'
import { readLabelledFields } from './fields/labelled-fields'
import { joinCaptions } from './fields/html-captions'
import { removeImprint } from './removals/imprint'
import { checkHtmlLimits } from './limits'
import { readMetadata } from './fields/metadata'
import { splitInlineText } from './html/split-inline-text'
import {
  replaceWithDeclaredText,
  takeSignature,
  removeRelatedArticles,
  removeRepeated,
} from './removals/repeated-items'
import { dumpOfLines, linesOfPage, rawLines } from './html/page-lines'
import { createPageQuery } from './html/page-query'
import type { PageMedia } from './page-media'
import { convertPictureTables } from './html/picture-tables'
import { preparePictures } from './html/prepare-pictures'
import { type DumpParts, readPageDump } from './dump/page-dump'
import { matchPack, type PackParts, readParts } from './portals/apply-pack'
import type { Pack } from './portals/pack'
import { createRemovalLog, type Removal } from './removals/removal-log'
import { findSavedFromUrl } from './html/saved-from-url'
import { describedSummary, findLead, summaryBetween } from './fields/summary'
import { isPortalName, isSame, findTitle, findTitleInDocumentTitle } from './fields/title'
import { canStartDump, findTitleAboveBody } from './fields/title-above-body'
import { cleanWordPaste } from './html/clean-word-paste'

/** An HTML page taken apart; strings as received, the body's HTML not yet sanitised. */
export interface PageParts {
  title: string
  summary: string | null
  author: string | null
  published: Published
  items: BodyItem[]
  /** See {@link ./body/body-items.BodyParts}. */
  pictures: string[]
  attachments: PageMedia['attachments']
  address: string | null
  source: BulletinSource
  log: readonly Removal[]
  /** Id and version of the pack that read the page (`liferay/1`); null for general extraction. */
  pack: string | null
}

/** What is known of a page besides its HTML. */
export interface PageContext {
  name: string
  /** Address the bytes came from; null for files. */
  address: string | null
  /** Packs to try, in their order. */
  packs: readonly Pack[]
  /** What was saved with the page: references beside it, absolute addresses in its archive. */
  savedReferences: readonly string[]
  /** Makes the letters of old encodings right, before anything is read from the tree. */
  repair: PageRepair
}

const structure = 'p, div, h1, h2, h3, table, article, section, ul, li, td, img, figure'
const noParts: PackParts = { title: null, summary: null, author: null, date: null, source: null, body: null }
/** A result with less of the page's best block than this is read again, more gently. */
const minKeptShare = 0.4
const minProseForSecondReading = 400

/**
 * Takes an HTML page apart. The order matters: 1. limits before any parser; 2. the tree, with the text that a
 * script would show where the page shows none, its old encodings made right while its fonts are known; 3. a page without
 * structure is a text dump; 4. pictures and framed files get their real addresses while their fallbacks are there, and
 * words that stand apart lines of their own; 5. what the page
 * says of itself, while everything is there; 6. the pack of its family, whose selectors need the whole page; 7. labelled
 * places, before boxes are removed; 8. boxes and controls go, or they would be scored as text; 9. the title, as far
 * as the page names it; 10. the block that holds the body, which stands under it; 11. lists of links in it, which only
 * there are no navigation; 12. files and items; the title of a page that
 * names it nowhere is above them, else it is read like a dump; 13. the summary, which needs title and body; 14. what the body repeats
 * goes, and the list of other articles; 15. captions join their pictures; 16. the signature, from an end that now is
 * the text's own; 17. a result that holds little of the page is read again without rules that go by names.
 * Throws `too-complex`.
 */
export function readHtmlPage(html: string, context: PageContext): PageParts | DumpParts {
  checkHtmlLimits(html, context.name) // 1
  const first = readTree(html, context, false)
  if (!('kept' in first)) return first
  if (first.kept >= minKeptShare) return first.parts
  const second = readTree(html, context, true) // 17
  return 'kept' in second ? second.parts : second
}

/** `kept`: share of the best block's prose that is in the items. */
function readTree(
  html: string,
  { name, address, savedReferences, packs, repair }: PageContext,
  isGentle: boolean,
): Reading | DumpParts {
  const { document } = parseHTML(/<(?:body|html)[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`) // 2
  const body = document.querySelector('body') ?? document.querySelector('html') ?? document.documentElement
  unwrapDeferredContent(body, name)
  if (repair.isNeeded(html)) repairDocumentEncoding(document, repair, { namesFonts: repair.namesOldFont(html) })
  if (body.querySelector(structure) === null) return readPageDump(dumpTextOf(body)) // 3

  const removals = createRemovalLog()
  preparePictures(body, createIsSavedWithPage(savedReferences, address)) // 4
  convertPictureTables(body)
  linkFramedFiles(body)
  cleanWordPaste(body)
  splitInlineText(body)
  const metadata = readMetadata(document) // 5
  const documentTitle = titleElementOf(document)
  const noted = address === null ? findSavedFromUrl(html) : null
  const own = ownAddress(address ?? noted, metadata.address)
  const host = own === null ? null : new URL(own).hostname
  const page = createPageQuery(body)
  const pack = matchPack(packs, page, host) // 6
  const packed = pack === null ? noParts : readParts(pack, page)
  const given = readLabelledFields(page, metadata) // 7
  const isDated = packed.date !== null || metadata.published?.precision === 'minute'
  const received = isDated ? [] : rawLines(body)
  const before = removeBoilerplate(body, page, { drop: pack?.drop ?? [], keep: pack?.keep ?? [], isGentle }, removals) // 8
  const lines = linesOfPage(removeImprint(blocksOf(body), removals))
  const named =
    packed.title ??
    findTitle({
      headings: given.headings,
      declared: metadata.title,
      documentTitle,
      lines: lines.map(({ text }) => text),
    }) // 9
  const root =
    bodyOfPack(packed, body) ?? findBody(body, lines.find(({ text }) => text === named)?.element ?? null, removals) // 10
  if (!isGentle) removeLinkLists(root, pack?.keep ?? [], removals) // 11
  const base = baseOf(document, address, noted ?? metadata.address)
  const attachments = findAttachments(root, base) // 12
  const { items: found, pictures } = readBodyItems(root, base)
  const items = replaceWithDeclaredText(found, metadata.text)
  const visibleTitle =
    named ?? findTitleAboveBody(lines, items) ?? given.headings.find((heading) => !isPortalName(heading)) ?? null
  const plain = visibleTitle === null ? readPageDump(dumpOfLines(lines.filter(canStartDump))) : null
  const knownTitle = visibleTitle ?? findTitleInDocumentTitle(documentTitle, items)
  const title = knownTitle ?? (plain === null || plain.title === '' ? documentTitle : plain.title)
  const isSummary = (text: string | null): text is string => text !== null && !isSame(text, title)
  const summary =
    [packed.summary, given.summary, plain === null ? summaryBetween(lines, title, items) : plain.summary].find(
      isSummary,
    ) ??
    [findLead(lines, title, items), describedSummary(metadata.description, title, items)].find(isSummary) ??
    null // 13
  const known = { head: [title, summary, packed.date, given.date], author: packed.author ?? given.author }
  const unrepeated = removeRepeated(removeRelatedArticles(items, removals), known, removals) // 14
  const { items: unsigned, author: signed } = takeSignature(joinCaptions(unrepeated)) // 15, 16
  const near = findAuthorNearTitle(lines, title, items)
  const parts: PageParts = {
    title,
    summary,
    author: joinAuthors(signed, packed.author ?? plain?.author ?? near ?? given.author ?? metadata.author),
    published: publishedOf([
      dated(packed.date, 'pack'),
      metadata.published,
      dated(findDateInRawLines(received, title), 'text'),
      dated(given.date, 'text'),
      dated(findDateNearTitle(lines, title), 'text'),
      dated(dateInProperties(root), 'text'),
    ]),
    items: unsigned,
    pictures,
    attachments,
    address: own,
    source: { id: null, name: packed.source ?? metadata.siteName, host },
    log: removals.log,
    pack: pack === null ? null : `${pack.id}/${pack.version}`,
  }
  const length = unsigned.reduce((sum, { text }) => sum + text.length, 0)
  if (length === 0 && pictures.length + attachments.length === 0) return { parts, kept: 0 }
  return { parts, kept: before < minProseForSecondReading ? 1 : length / before }
}

interface Reading {
  parts: PageParts
  kept: number
}

// ---- 3: pages whose only elements are those a text viewer would add

function dumpTextOf(body: Element): string {
  for (const element of body.querySelectorAll('script, style, noscript')) element.remove()
  for (const lineBreak of body.querySelectorAll('br')) lineBreak.replaceWith('\n')
  return body.textContent ?? ''
}

// ---- 4: what was saved with a page; only names tell what lies in the folder beside it

function createIsSavedWithPage(
  savedReferences: readonly string[],
  address: string | null,
): (address: string) => boolean {
  const known = new Set(savedReferences)
  return (asked) => {
    if (known.size === 0) return false
    const url = parseAddress(asked, address)
    if (url !== null) url.hash = ''
    return known.has(asked) || isPartReference(asked) || (url !== null && known.has(url.href))
  }
}

// ---- 5: a page's own name for itself counts only on its own host

function ownAddress(received: string | null, canonical: string | null): string | null {
  const from = received === null ? null : parseAddress(received)
  if (from === null || !/^https?:$/.test(from.protocol)) return canonical
  const named = canonical === null ? null : parseAddress(canonical)
  return named?.hostname === from.hostname ? named.href : from.href
}

/** The title element's text, wherever a broken head left it; pictures have titles too. */
function titleElementOf(document: Document): string {
  const element = [...document.querySelectorAll('title')].find((title) => title.closest('svg') === null)
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim()
}

// ---- 10: the place a pack names is the body only while something is left in it

function bodyOfPack({ body: place }: PackParts, body: Element): Element | null {
  if (place === null || !body.contains(place)) return null
  return (place.textContent ?? '').trim() === '' && place.querySelector('img, a[href]') === null ? null : place
}

// ---- dates: the first; of the same day one that knows the minute

type Dated = Published & { value: string }

function dated(text: string | null, from: 'pack' | 'text'): Dated | null {
  const found = text === null ? null : findDate(text)
  return found === null ? null : { ...found, from }
}

function publishedOf(received: readonly (Dated | null)[]): Published {
  const found = received.filter((date) => date !== null)
  const [first] = found
  if (first === undefined) return unknownDate
  // Another day's minute is another date: today's, or another article's.
  return found.find(({ value, precision }) => precision === 'minute' && value.startsWith(first.value)) ?? first
}
