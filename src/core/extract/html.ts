import { parseHTML } from 'linkedom'
import type { BulletinSource, Published } from '../../shared/bulletin'
import { findDate, isDateLine, unknownDate } from '../text/dates'
import { fold } from '../text/fold'
import { splitAuthor } from './author'
import { type Block, blocksOf, textOfNodes } from './blocks'
import { bodyItems, type BodyItem } from './body-items'
import { findBody, removeChrome } from './content-block'
import { checkHtmlLimits } from './limits'
import { isSiteName, readMetadata } from './metadata'
import { type DumpParts, readPageDump } from './plain-text'

/** An HTML page taken apart; strings as received, the body's HTML not yet sanitised. */
export interface PageParts {
  title: string
  summary: string | null
  author: string | null
  published: Published
  items: BodyItem[]
  address: string | null
  source: BulletinSource
}

const summaryPlaces =
  '[itemprop="description"]:not(meta), [data-role="sapo"], .sapo, .hometext, .lead, .news-sapo, p.description, .summary, #divArticleDescription1, #divArticleDescription, #news-des, h2.sapo'
const authorPlaces =
  '[itemprop="author"]:not(meta), [rel="author"], .author, .tac-gia, .tacgia, .detail-author, .news-author'
const datePlaces =
  '[data-role="publishdate"], .date, .pdate, .post-time, .assetPublishDate, .ngay-dang, .ngaydang, .publish-date, .time, time, [id$="_pnHide"]'
/** Headings of lists of other articles: what follows them is not this bulletin. */
const otherArticles =
  /^(?:các\s+)?(?:tin|bài)(?:\s+viết)?\s+(?:liên quan|khác|cùng chuyên mục|mới hơn|cũ hơn|đã đưa)|^xem thêm|^các tin khác/iu
const longestSummary = 900

/**
 * Takes a simple HTML page apart. The order matters: 1. limits before any parser; 2. what the page says of itself,
 * while everything is there; 3. labelled places of summary, author and date, before boxes are removed; 4. the
 * portal's own boxes go; 5. the title; 6. the block that holds the body; 7. what stands between title and body;
 * 8. what of title, date and summary the body repeats goes; 9. lists of other articles go; 10. the signature.
 * Returns the parts of a text dump where the file has no elements that mean anything. Throws `too-complex`.
 */
export function readHtmlPage(html: string, name: string): PageParts | DumpParts {
  checkHtmlLimits(html, name) // 1
  const { document } = parseHTML(/<body|<html/i.test(html) ? html : `<html><body>${html}</body></html>`)
  const body = document.querySelector('body') ?? document.documentElement
  if (isTextDump(body)) return readPageDump(dumpTextOf(body))

  const metadata = readMetadata(document) // 2
  const first = (places: string, accept: (text: string) => boolean): string | null => {
    const texts = [...body.querySelectorAll(places)].map((element) => textOfNodes([element]))
    return texts.find((text) => text !== '' && accept(text)) ?? null
  }
  const labelledSummary = first(summaryPlaces, (text) => text.length >= 30 && text.length <= longestSummary) // 3
  const labelledAuthor = first(
    authorPlaces,
    (text) => text.length <= 120 && !/\d{4}/.test(text) && !isSiteName(text, metadata.siteName, metadata.address),
  )
  const labelledDate = first(datePlaces, (text) => text.length <= 120 && findDate(text) !== null)
  const headings = [...body.querySelectorAll('h1')]
    .map((heading) => textOfNodes([heading]))
    .filter((text) => text !== '')

  removeChrome(body) // 4
  const pageBlocks = blocksOf(body).map((block) => ({ block, text: textOfBlock(block) }))
  const title = titleOf(headings, metadata.title, document.title, pageBlocks) // 5
  const items = bodyItems(findBody(body), metadata.address) // 6
  const head = betweenTitleAndBody(pageBlocks, title, items) // 7
  const summary = labelledSummary ?? head.summary ?? describedSummary(metadata.description, items)

  const known = [title, summary].filter((text) => text !== null)
  const headDate = head.date ?? items.slice(0, 4).find(({ text }) => isDateLine(text))?.text ?? null
  const own = items
    .filter((item, at) => at > 5 || !(isDateLine(item.text) || known.some((text) => isSame(text, item.text)))) // 8
    .filter((_item, at, all) => !all.slice(0, at + 1).some(({ text }) => otherArticles.test(text))) // 9
  const { items: unsigned, author } = takeSignature(own) // 10

  return {
    title,
    summary: summary === title ? null : summary,
    author: author ?? labelledAuthor ?? metadata.author,
    published: metadata.published ?? publishedFrom(labelledDate) ?? publishedFrom(headDate) ?? unknownDate,
    items: unsigned,
    address: metadata.address,
    source: {
      id: null,
      name: metadata.siteName,
      host: metadata.address === null ? null : new URL(metadata.address).hostname,
    },
  }
}

/** A page whose only elements are those a text viewer would add: no structure to go by. */
function isTextDump(body: Element): boolean {
  return body.querySelector('p, div, h1, h2, h3, table, article, section, ul, li, td') === null
}

function dumpTextOf(body: Element): string {
  for (const element of body.querySelectorAll('script, style, noscript')) element.remove()
  for (const lineBreak of body.querySelectorAll('br')) lineBreak.replaceWith('\n')
  return body.textContent ?? ''
}

function textOfBlock(block: Block): string {
  return block.kind === 'paragraph' ? textOfNodes(block.nodes) : textOfNodes([block.element])
}

/** The visible heading that says what the page's own title says; else the page's own, without the site's name. */
function titleOf(
  headings: readonly string[],
  declared: string | null,
  documentTitle: string,
  blocks: readonly { text: string }[],
): string {
  const pageTitle = documentTitle.replace(/\s+/gu, ' ').trim()
  const wanted = declared ?? pageTitle
  const visible = [...headings].sort((a, b) => likeness(b, wanted) - likeness(a, wanted))[0]
  if (visible !== undefined && (headings.length === 1 || likeness(visible, wanted) > 0.3)) return visible
  const sameBlock = blocks.find(
    ({ text }) => text.length > 8 && text.length < 300 && wanted !== '' && isSame(text, wanted),
  )
  if (sameBlock !== undefined) return sameBlock.text
  if (declared !== null) return declared
  const ownPart = pageTitle
    .split(/\s+[|–—-]\s+/u)
    .find((part) => blocks.some(({ text }) => text.length > 8 && text.length < 300 && isSame(part, text)))
  if (ownPart !== undefined) return ownPart
  const firstBlock = blocks.find(({ text }) => text.length > 8 && text.length < 300 && !isDateLine(text))
  return firstBlock?.text ?? pageTitle
}

/** Date and summary that stand between the title and the first block of the body. */
function betweenTitleAndBody(
  blocks: readonly { text: string }[],
  title: string,
  items: readonly BodyItem[],
): { summary: string | null; date: string | null } {
  const titleAt = blocks.findIndex(({ text }) => isSame(text, title))
  const bodyAt = blocks.findIndex(({ text }) => text !== '' && items.some((item) => item.text === text))
  const dates = blocks.slice(0, Math.max(bodyAt, titleAt, 0)).filter(({ text }) => isDateLine(text))
  const between = blocks.slice(titleAt + 1, bodyAt === -1 ? undefined : bodyAt)
  const summary = between.find(({ text }) => text.length >= 60 && text.length <= longestSummary && !isDateLine(text))
  return {
    summary: titleAt >= 0 && bodyAt > titleAt ? (summary?.text ?? null) : null,
    date: dates.at(-1)?.text ?? null,
  }
}

/** The page's description, unless it is only the cut beginning of the body. */
function describedSummary(description: string | null, items: readonly BodyItem[]): string | null {
  if (description === null || description.length < 30) return null
  const start = fold(description)
    .replace(/[\s.…]+$/u, '')
    .slice(0, 80)
  const repeated = items.find(({ text }) => fold(text).startsWith(start))
  if (repeated === undefined) return description
  return isSame(repeated.text, description) ? repeated.text : null
}

function publishedFrom(text: string | null): Published | null {
  const found = text === null ? null : findDate(text)
  return found === null ? null : { ...found, from: 'text' }
}

function takeSignature(items: readonly BodyItem[]): { items: BodyItem[]; author: string | null } {
  const texts = items.map(({ kind, text }) => (kind === 'paragraph' ? text : `${text}.`))
  const { body, author } = splitAuthor(texts)
  const kept = items.slice(0, body.length)
  const last = kept.at(-1)
  const lastText = body.at(-1)
  // The signature stood on the last paragraph's own line: its text goes from there.
  if (author !== null && last?.kind === 'paragraph' && lastText !== undefined && lastText !== last.text)
    kept[kept.length - 1] = { ...last, text: lastText, html: null }
  return { items: kept, author }
}

/** Same words, whatever their marks, case and punctuation. */
function isSame(a: string, b: string): boolean {
  const key = (text: string): string =>
    fold(text)
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  return key(a) === key(b)
}

/** Share of words two titles have in common, 0–1. */
function likeness(a: string, b: string): number {
  const words = (text: string): Set<string> => new Set(fold(text).match(/[a-z0-9]+/g))
  const [left, right] = [words(a), words(b)]
  return left.size === 0 || right.size === 0 ? 0 : left.intersection(right).size / Math.min(left.size, right.size)
}
