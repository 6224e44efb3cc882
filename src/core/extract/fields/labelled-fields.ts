import { findDate } from '../../text/dates'
import { findLabelledElements } from './labelled-elements'
import { isSiteName, type PageMetadata } from './metadata'
import type { PageQuery } from '../html/page-query'

/** Visible fields of a page that are found by the class or attribute of their elements. */
export interface LabelledFields {
  /** Headings that may be the title, in page order. */
  headings: string[]
  summary: string | null
  author: string | null
  /** Text of the date. */
  date: string | null
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
]
const maxTitleLength = 300
const summaryLengths = { min: 30, max: 900 }
const maxLabelLength = 120
/** Elements inside a heading whose text does not belong to the title. */
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
  const elements = findLabelledElements(page, titleSelectors)
  return {
    headings: elements.titles((text, element) => text.length <= maxTitleLength && !isLinkToHome(element)),
    summary: elements.first(
      summarySelectors,
      ({ length }) => length >= summaryLengths.min && length <= summaryLengths.max,
    ),
    author: elements.first(
      authorSelectors,
      (text) => text.length <= maxLabelLength && !/\d{4}/.test(text) && !isSiteName(text, siteName, address),
    ),
    date: elements.first(dateSelectors, (text) => text.length <= maxLabelLength && findDate(text) !== null),
  }
}
