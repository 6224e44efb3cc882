import { parseHTML } from 'linkedom'
import type { BulletinSource, Published } from '../../shared/bulletin'
import { findDate, isDateLine, unknownDate } from '../text/dates'
import { labelledAuthor, splitAuthor } from './author'
import { baseOf } from './addresses'
import { attachmentsOf, linkFramedFiles } from './attachments'
import { blocksOf } from './blocks'
import { bodyItems, type BodyItem } from './body-items'
import { isDateStamp, isOthersHeading, isPromotion, kindOfLine } from './chrome'
import { removeChrome } from './boxes'
import { cleanBody } from './clean-body'
import { findBody } from './find-body'
import { preparePictures } from './pictures'
import { createRemovals, type Removal, type Removals } from './removals'
import { joinCaptions } from './html-captions'
import { labelledPlaces } from './labelled'
import { checkHtmlLimits } from './limits'
import { isSiteName, readMetadata } from './metadata'
import type { PageMedia } from './page-media'
import { dumpOfLines, linesOfPage, type PageLine } from './page-lines'
import { type DumpParts, readPageDump } from './plain-text'
import { describedSummary, summaryBetween } from './summary'
import { isSame, titleOf } from './title'

/** An HTML page taken apart; strings as received, the body's HTML not yet sanitised. */
export interface PageParts {
  title: string
  summary: string | null
  author: string | null
  published: Published
  items: BodyItem[]
  /** See {@link ./body-items.BodyParts}. */
  pictures: string[]
  attachments: PageMedia['attachments']
  address: string | null
  source: BulletinSource
  log: readonly Removal[]
}

const structure = 'p, div, h1, h2, h3, table, article, section, ul, li, td, img, figure'
const titlePlaces =
  'h1, [itemprop="headline"]:not(meta), .title-detail, .detail-title, .article-title, .news-title, #news-title, .entry-title, .post-title'
const summaryPlaces =
  '[itemprop="description"]:not(meta), [data-role="sapo"], .sapo, .hometext, .lead, .news-sapo, p.description, .summary, .standfirst, .dek, .deck, [class*="abstract"], [class*="standfirst"], .article-summary, .article__summary, .article-sapo, .news-summary, .trich-dan, .tom-tat, #divArticleDescription1, #divArticleDescription, #news-des, h2.sapo'
const authorPlaces =
  '[itemprop="author"]:not(meta), [rel="author"], .author, .tac-gia, .tacgia, .detail-author, .news-author'
const datePlaces =
  '[data-role="publishdate"], .date, .pdate, .post-time, .assetPublishDate, .ngay-dang, .ngaydang, .publish-date, .time, time, [id$="_pnHide"]'
const longestTitle = 300
const summaryLengths = { least: 30, most: 900 }
const longestLabel = 120
/** The body repeats title, date and summary among its first items, the author among its last. */
const headItems = 6
const tailItems = 4
/** Titles of other articles are shorter. */
const longestOther = 200

/**
 * Takes a simple HTML page apart. The order matters: 1. limits before any parser; 2. a page without structure is a text
 * dump; 3. what the page says of itself, while everything is there; 4. labelled places, before boxes are removed;
 * 5. the portal's own boxes and controls go; 6. the title: a page that names it nowhere is read like a dump; 7. the
 * block that holds the body; 8. the summary; 9. what the body repeats of title, date, summary and author goes, and the
 * list of other articles; 10. captions join their pictures; 11. the signature. Throws `too-complex`.
 */
export function readHtmlPage(html: string, name: string, address: string | null): PageParts | DumpParts {
  checkHtmlLimits(html, name) // 1
  const { document } = parseHTML(/<(?:body|html)[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`)
  const body = document.querySelector('body') ?? document.documentElement
  if (body.querySelector(structure) === null) return readPageDump(dumpTextOf(body)) // 2

  const removals = createRemovals()
  preparePictures(body)
  linkFramedFiles(body)
  const metadata = readMetadata(document) // 3
  const places = labelledPlaces(body, titlePlaces) // 4
  const headings = places.all(titlePlaces, (text) => text.length <= longestTitle)
  const givenSummary = places.first(
    summaryPlaces,
    ({ length }) => length >= summaryLengths.least && length <= summaryLengths.most,
  )
  const givenAuthor = places.first(
    authorPlaces,
    (text) =>
      text.length <= longestLabel && !/\d{4}/.test(text) && !isSiteName(text, metadata.siteName, metadata.address),
  )
  const givenDate = places.first(datePlaces, (text) => text.length <= longestLabel && findDate(text) !== null)

  removeChrome(body, removals) // 5
  const lines = linesOfPage(blocksOf(body))
  const named = titleOf({ headings, declared: metadata.title, documentTitle: document.title, lines: textsOf(lines) }) // 6
  const plain = named === null ? readPageDump(dumpOfLines(lines)) : null
  const title = named ?? (plain === null || plain.title === '' ? document.title.trim() : plain.title)
  const root = findBody(body, removals) // 7
  cleanBody(root, removals)
  const base = baseOf(document, address, metadata.address)
  const attachments = attachmentsOf(root, base)
  const { items, pictures } = bodyItems(root, base)
  const summaries = [
    givenSummary,
    plain === null ? summaryBetween(lines, title, items) : plain.summary,
    describedSummary(metadata.description, title, items),
  ]
  const summary = summaries.find((text) => text !== null && !isSame(text, title)) ?? null // 8
  const own = withoutRepeated(withoutOthers(items), { head: [title, summary, givenDate], tail: givenAuthor }, removals) // 9
  const { items: unsigned, author } = takeSignature(joinCaptions(own)) // 10, 11
  return {
    title,
    summary,
    author: author ?? plain?.author ?? authorNear(lines, title) ?? givenAuthor ?? metadata.author,
    published: metadata.published ?? publishedFrom(givenDate) ?? publishedFrom(dateNear(lines, title)) ?? unknownDate,
    items: unsigned,
    pictures,
    attachments,
    address: metadata.address,
    source: {
      id: null,
      name: metadata.siteName,
      host: metadata.address === null ? null : new URL(metadata.address).hostname,
    },
    log: removals.log,
  }
}

// ---- 2: pages whose only elements are those a text viewer would add

function dumpTextOf(body: Element): string {
  for (const element of body.querySelectorAll('script, style, noscript')) element.remove()
  for (const lineBreak of body.querySelectorAll('br')) lineBreak.replaceWith('\n')
  return body.textContent ?? ''
}

// ---- 6, 8: what stands around the title

function textsOf(lines: readonly PageLine[]): string[] {
  return lines.map(({ text }) => text)
}

/** The lines right below the title, then those above it, the nearest first. */
function around(lines: readonly PageLine[], title: string): string[] {
  const at = lines.findIndex(({ text }) => isSame(text, title))
  const below = lines.slice(at + 1, at + 1 + headItems)
  return textsOf([...below, ...lines.slice(0, Math.max(at, 0)).toReversed()])
}

function dateNear(lines: readonly PageLine[], title: string): string | null {
  for (const line of around(lines, title)) {
    const kind = kindOfLine(line)
    if (kind.kind === 'date') return kind.text
  }
  return null
}

function authorNear(lines: readonly PageLine[], title: string): string | null {
  return (
    around(lines, title)
      .map(labelledAuthor)
      .find((author) => author !== null) ?? null
  )
}

function publishedFrom(text: string | null): Published | null {
  const found = text === null ? null : findDate(text)
  return found === null ? null : { ...found, from: 'text' }
}

// ---- 9, 11: the body

/** Cuts the list of other articles: its heading and what follows, unless a long text does; then only the heading goes. */
function withoutOthers(items: readonly BodyItem[]): BodyItem[] {
  const lastLong = items.findLastIndex(({ kind, text }) => kind !== 'whole' && text.length > longestOther)
  const cutAt = items.findIndex(({ text }, at) => at > lastLong && at > 0 && isOthersHeading(text))
  return items.slice(0, cutAt < 0 ? undefined : cutAt).filter(({ text }) => !isOthersHeading(text))
}

function withoutRepeated(
  items: readonly BodyItem[],
  known: { head: readonly (string | null)[]; tail: string | null },
  removals: Removals,
): BodyItem[] {
  const isHead = (text: string): boolean =>
    isDateLine(text) || isDateStamp(text) || labelledAuthor(text) !== null || known.head.some((part) => part !== null && isSame(part, text))
  return items.filter(({ kind, text }, at) => {
    if (kind === 'figure' || text === '') return true
    const isRepeated = at >= items.length - tailItems && known.tail !== null && isSame(known.tail, text)
    const isAsking = at >= items.length - tailItems && at > 0 && isPromotion(text)
    if (!isRepeated && !isAsking && (at >= headItems || !isHead(text))) return true
    removals.note(text, 10, isAsking ? 'control' : 'repeated')
    return false
  })
}

function takeSignature(items: readonly BodyItem[]): { items: BodyItem[]; author: string | null } {
  // A table or a figure is no signature: as an item of a list it can't be taken for one.
  const texts = items.map(({ kind, text }) => (kind === 'paragraph' ? text : `• ${text};`))
  const { body, author } = splitAuthor(texts)
  const kept = items.slice(0, body.length)
  const last = kept.at(-1)
  const lastText = body.at(-1)
  // The signature stood on the last paragraph's own line: its text goes from there.
  if (author !== null && last?.kind === 'paragraph' && lastText !== undefined && lastText !== last.text)
    kept[kept.length - 1] = { ...last, text: lastText, html: null }
  return { items: kept, author }
}
