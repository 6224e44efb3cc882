import { findDate, isDateLine } from '../../text/dates'
import { readLabelledText } from '../html/element-text'
import { readRawLines } from '../html/page-lines'
import { cleanAuthor } from './labels/clean-author'
import { readElementDate } from './labels/element-date'
import { findLabelledElements } from './labelled-elements'
import { isSiteName, type PageMetadata } from './metadata'
import type { PageQuery } from '../html/page-query'
import { isUpdateOnly } from './published'
import { isPortalName } from './title'

/** Visible fields of a page that are found by the class or attribute of their elements. */
export interface LabelledFields {
  /** Headings that may be the title, in page order. */
  headings: string[]
  summary: string | null
  author: string | null
  /** Text of the date. */
  date: string | null
  /** Lines with the dates of other parts of the page, such as the current date in the page header. */
  otherDates: string[]
}

const titleSelectors = [
  'h1',
  '[itemprop="headline"]:not(meta)',
  '.title-detail',
  '.detail-title',
  '.article-title',
  '.news-title',
  '#news-title',
  '.entry-title',
  '.post-title',
]
const summarySelectors = [
  '[itemprop="description"]:not(meta)',
  '[data-role="sapo"]',
  '.sapo',
  '.hometext',
  '.lead',
  '.news-sapo',
  'p.description',
  '.summary',
  '.standfirst',
  '.dek',
  '.deck',
  '[class*="abstract"]',
  '[class*="standfirst"]',
  '.article-summary',
  '.article__summary',
  '.article-sapo',
  '.news-summary',
  '.trich-dan',
  '.tom-tat',
  '#divArticleDescription1',
  '#divArticleDescription',
  '#news-des',
  'h2.sapo',
]
const authorSelectors = [
  '[itemprop="author"]:not(meta)',
  '[rel="author"]',
  '.author',
  '.tac-gia',
  '.tacgia',
  '.detail-author',
  '.news-author',
  '.post-author',
  '.article-author',
  '.byline',
  '.author-name',
  '.nguoi-viet',
]
const dateSelectors = [
  '[data-role="publishdate"]',
  '.date',
  '.pdate',
  '.post-time',
  '.assetPublishDate',
  '.ngay-dang',
  '.ngaydang',
  '.publish-date',
  '.time',
  'time',
  '[id$="_pnHide"]',
  '.entry-date',
  '.published',
  '.post-date',
  '.posted-on',
  '.article-date',
  '.news-date',
  '.detail-time',
  '.detail-date',
  '.thoi-gian',
  '.thoigian',
  '.publishdate',
  '.date-time',
  '.datetime',
  '.PostDate',
]
/** Selectors of boxes that often show the current date. */
const headerSelectors = [
  'header',
  '#header',
  '.header',
  '#top',
  '.top-bar',
  '.topbar',
  '[class*="today"]',
  '[class*="clock"]',
  '[id*="today"]',
  '[id*="clock"]',
]
const maxTitleLength = 300
const summaryLengths = { min: 30, max: 900 }
const maxLabelLength = 120
/** Maximum number of characters in a byline. */
const maxBylineLength = 200
/** Selects elements inside a heading whose text does not belong to the title. */
const nonTitleSelector =
  'button, time, script, style, svg, [class*="share"], [class*="social"], [class*="date"], .sr-only'

/** Whether a heading links to the first page of the site. Such a heading is the name of the site. */
function isLinkToHome(heading: Element): boolean {
  const link = heading.querySelector('a[href]') ?? heading.closest('a[href]')
  if (link === null || (link.textContent ?? '').trim() !== (heading.textContent ?? '').trim()) return false
  return /^(?:https?:\/\/[^/]+)?\/?(?:(?:index|default|home|trang-chu)[^/]{0,10})?$/i.test(
    link.getAttribute('href') ?? '',
  )
}

/**
 * Reads the labelled fields of a page. The caller must call this function before it removes boxes. Removes elements
 * inside `h1` headings whose text does not belong to the title.
 */
export function readLabelledFields(page: PageQuery, { siteName, address }: PageMetadata): LabelledFields {
  for (const heading of page.all(['h1']))
    if ((heading.textContent ?? '').trim() !== '')
      for (const element of heading.querySelectorAll(nonTitleSelector)) element.remove()
  const mayBeTitle = (text: string, element: Element): boolean =>
    text.length <= maxTitleLength && !isLinkToHome(element)
  const elements = findLabelledElements(
    page,
    titleSelectors,
    (text, element) => mayBeTitle(text, element) && !isPortalName(text),
  )
  const authors = elements.all(
    authorSelectors,
    (text) =>
      text.length <= maxLabelLength &&
      !/\d{4}/.test(text) &&
      !isSiteName(cleanAuthor(text).author ?? '', siteName, address),
  )
  const dates = elements.all(
    dateSelectors,
    (text) => text.length <= maxLabelLength && findDate(text) !== null && !/^\s*hôm\s+nay/iu.test(text),
    readElementDate,
  )
  return {
    headings: elements.titles(mayBeTitle),
    summary:
      elements.all(summarySelectors, ({ length }) => length >= summaryLengths.min && length <= summaryLengths.max)[0]
        ?.value ?? null,
    author: joinBylines(authors.map(({ element }) => element)),
    otherDates: elements
      .beside([...dateSelectors, ...headerSelectors])
      .flatMap((element) => (element.querySelector('h1') === null ? readRawLines(element) : []))
      .filter((line) => line.length <= maxLabelLength && isDateLine(line)),
    date: (dates.find(({ value }) => !isUpdateOnly(value)) ?? dates[0])?.value ?? null,
  }
}

/**
 * Joins the authors of one byline. A page with several authors may have an element for each of them, in the same small
 * box.
 */
function joinBylines(elements: readonly Element[]): string | null {
  const [first] = elements
  if (first === undefined) return null
  const boxes = [first.parentElement, first.parentElement?.parentElement ?? null]
  const isSmall = (box: Element | null): box is Element =>
    box !== null && box.localName !== 'body' && readLabelledText(box).length <= maxBylineLength
  const box = boxes.findLast(isSmall)
  const own = box == null ? [first] : elements.filter((element) => box.contains(element))
  const outer = own.filter((element) => !own.some((other) => other !== element && other.contains(element)))
  const texts = outer.map((element) => readLabelledText(element).replace(/^[\s,;&–—-]+|[\s,;&–—-]+$/gu, ''))
  return [...new Set(texts)].join(', ')
}
