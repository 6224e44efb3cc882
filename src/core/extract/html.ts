import { parseHTML } from 'linkedom'
import type { BulletinSource, Published } from '../../shared/bulletin'
import { findDate, isDateLine, unknownDate } from '../text/dates'
import { firstSentence } from '../text/sentences'
import { labelledAuthor, splitAuthor } from './author'
import { type BodyItem, bodyItems, joinCaptions } from './body-items'
import { blocksOf, textOfNodes } from './blocks'
import { isOthersHeading, kindOfLine } from './chrome'
import { findBody, removeChrome } from './content-block'
import { checkHtmlLimits } from './limits'
import { isSiteName, readMetadata } from './metadata'
import { linesOfPage } from './page-lines'
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
  address: string | null
  source: BulletinSource
}

const titlePlaces =
  'h1, [itemprop="headline"]:not(meta), .title-detail, .detail-title, .article-title, .news-title, #news-title, .entry-title, .post-title'
const summaryPlaces =
  '[itemprop="description"]:not(meta), [data-role="sapo"], .sapo, .hometext, .lead, .news-sapo, p.description, .summary, #divArticleDescription1, #divArticleDescription, #news-des, h2.sapo'
const authorPlaces =
  '[itemprop="author"]:not(meta), [rel="author"], .author, .tac-gia, .tacgia, .detail-author, .news-author'
const datePlaces =
  '[data-role="publishdate"], .date, .pdate, .post-time, .assetPublishDate, .ngay-dang, .ngaydang, .publish-date, .time, time, [id$="_pnHide"]'
const structure = 'p, div, h1, h2, h3, table, article, section, ul, li, td, img, figure'
const longestSummary = 900
const longestTitleFromText = 160
/** Repetitions of title, date and summary stand among the first items, a byline among the last. */
const headItems = 6

/**
 * Takes a simple HTML page apart. The order matters: 1. limits before any parser; 2. a page without structure is a text
 * dump; 3. what the page says of itself, while everything is there; 4. labelled places of title, summary, author and
 * date, before boxes are removed; 5. the portal's own boxes and controls go; 6. the title; 7. the block that holds the
 * body; 8. the summary; 9. what of title, date, summary and author the body repeats goes, and lists of other articles;
 * 10. captions join their pictures; 11. the signature. Throws `too-complex`.
 */
export function readHtmlPage(html: string, name: string): PageParts | DumpParts {
  checkHtmlLimits(html, name) // 1
  const { document } = parseHTML(/<body[\s>]|<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`)
  const body = document.querySelector('body') ?? document.documentElement
  if (body.querySelector(structure) === null) return readPageDump(dumpTextOf(body)) // 2

  const metadata = readMetadata(document) // 3
  const labelled = labelledPlaces(body) // 4
  const headings = labelled.all(titlePlaces, (text) => text.length <= 300)
  const givenSummary = labelled.first(summaryPlaces, (text) => text.length >= 30 && text.length <= longestSummary)
  const givenAuthor = labelled.first(
    authorPlaces,
    (text) => text.length <= 120 && !/\d{4}/.test(text) && !isSiteName(text, metadata.siteName, metadata.address),
  )
  const givenDate = labelled.first(datePlaces, (text) => text.length <= 120 && findDate(text) !== null)

  removeChrome(body) // 5
  const lines = linesOfPage(blocksOf(body))
  const shown = titleOf({ headings, declared: metadata.title, documentTitle: document.title, lines }) // 6
  // A page that names its title nowhere is read like a dump.
  const plain = shown === null ? readPageDump(lines.join('\n')) : null
  const items = bodyItems(findBody(body), metadata.address) // 7
  const title = shown ?? plain?.title ?? ''
  const summary = // 8
    [
      givenSummary,
      plain === null ? summaryBetween(lines, title, items) : plain.summary,
      describedSummary(metadata.description, title, items),
    ].find((text) => text !== null && !isSame(text, title)) ?? null

  const own = withoutOthers(items).filter((item, at, all) => !isRepeated(item, at, all.length)) // 9
  const { items: unsigned, author } = takeSignature(joinCaptions(own)) // 10, 11
  return {
    title: title === '' ? firstSentence(unsigned[0]?.text ?? document.title, longestTitleFromText) : title,
    summary,
    author: author ?? plain?.author ?? headAuthor() ?? givenAuthor ?? metadata.author,
    published: metadata.published ?? publishedFrom(givenDate) ?? publishedFrom(headDate()) ?? unknownDate,
    items: unsigned,
    address: metadata.address,
    source: {
      id: null,
      name: metadata.siteName,
      host: metadata.address === null ? null : new URL(metadata.address).hostname,
    },
  }

  function isRepeated({ kind, text }: BodyItem, at: number, count: number): boolean {
    if (kind === 'figure') return false
    if (at >= count - 3 && givenAuthor !== null && isSame(text, givenAuthor)) return author_(text)
    if (at >= headItems) return false
    return (
      isDateLine(text) ||
      labelledAuthor(text) !== null ||
      [title, summary, givenDate].some((known) => known !== null && isSame(known, text))
    )
  }
}
