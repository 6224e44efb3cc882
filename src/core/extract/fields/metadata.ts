import { fold } from '../../text/fold'
import { parseAddress } from '../html/resolve-address'
import { readDocumentTitle } from './document-title'
import { cleanText, readJsonLd } from './json-ld'
import { type FoundDate, parsePublished } from './published'

/**
 * The data in the metadata of a page: JSON-LD, meta elements and microdata. Texts are unrepaired. A value is null if
 * the page does not declare it.
 */
export interface PageMetadata {
  title: string | null
  description: string | null
  author: string | null
  siteName: string | null
  /** Canonical http(s) address. */
  address: string | null
  published: FoundDate | null
  /** The whole text of the article (`articleBody` in JSON-LD). Few pages declare it. */
  text: string | null
}

/** Names of meta elements with the date of publication, the most reliable one first. */
const publishedNames = [
  'article:published_time',
  'og:published_time',
  'article:published',
  'datePublished',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'publication_date',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'dc.date',
  'dcterms.date',
]

/**
 * Reads JSON-LD, meta elements and microdata. Many pages declare the name of the site as the author. The result then
 * has no author. `base` is the base of relative addresses, or null if it is not known.
 */
export function readMetadata(document: Document, base: string | null): PageMetadata {
  const jsonLd = readJsonLd(document, readDocumentTitle(document))
  const metas = readMetaContents(document)
  const meta = (...names: string[]): string | null =>
    names.map((name) => metas.get(name.toLowerCase()) ?? null).find((content) => content !== null) ?? null
  const siteName = meta('og:site_name', 'application-name') ?? jsonLd.publisher
  const address =
    parseWebAddress(document.querySelector('link[rel="canonical"]')?.getAttribute('href'), base) ??
    parseWebAddress(meta('og:url'), base)
  const authors = [
    jsonLd.author,
    ...['author', 'article:author', 'dc.creator', 'dcterms.creator'].map((name) => meta(name)),
  ]
  return {
    title: meta('og:title') ?? jsonLd.headline ?? meta('DC.Title', 'dc.title'),
    description: jsonLd.description ?? meta('og:description', 'description', 'DC.Description'),
    author: authors.find((author) => author !== null && !isSiteName(author, siteName, address)) ?? null,
    siteName,
    address,
    published:
      parsePublished(jsonLd.published, 'json-ld') ??
      parsePublished(meta(...publishedNames), 'meta') ??
      parsePublished(findMicrodataDate(document), 'meta'),
    text: jsonLd.body,
  }
}

/**
 * Returns a map from the lower-case names of meta elements to their contents. If several elements have the same name,
 * the first one with content is used.
 */
function readMetaContents(document: Document): Map<string, string> {
  const contents = new Map<string, string>()
  for (const element of document.getElementsByTagName('meta')) {
    const content = cleanText(element.getAttribute('content'))
    if (content === null) continue
    for (const attribute of ['property', 'name', 'itemprop']) {
      const name = element.getAttribute(attribute)?.toLowerCase()
      if (name !== undefined && !contents.has(name)) contents.set(name, content)
    }
  }
  return contents
}

function findMicrodataDate(document: Document): string | null {
  const elements = [...document.querySelectorAll('[itemprop="datePublished"], time[pubdate], article time[datetime]')]
  const element =
    elements.find((each) => !each.matches('article time:not([itemprop]):not([pubdate])')) ??
    elements.find((each) => {
      // The `time` of another article or of a comment stands in a separate `article` element, without the heading of
      // the page.
      const box = each.closest('article')
      return box?.querySelector('h1') != null && !/(?:^|\s)(?:updated|modified)(?:\s|$)/.test(each.className)
    })
  return element === undefined
    ? null
    : cleanText(element.getAttribute('content') ?? element.getAttribute('datetime') ?? element.textContent)
}

/** Whether a declared author is a site, a user account or an authority and not a person. */
export function isSiteName(author: string, siteName: string | null, address: string | null): boolean {
  const key = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '')
  const host = address === null ? '' : key(/^(?:www\.)?([^.]+)/.exec(new URL(address).hostname)?.[1] ?? '')
  const name = key(author)
  return (
    /^https?:|^www\.|\.vn$/i.test(author) ||
    name === '' ||
    (siteName !== null && (name === key(siteName) || name === key(siteName.split('.')[0] ?? ''))) ||
    (host.length > 3 && name === host) ||
    /^(?:admin|administrator|root|user|cong thong tin|bao |so |ubnd |uy ban )/.test(fold(author).trim())
  )
}

function parseWebAddress(address: string | null | undefined, base: string | null): string | null {
  const url = address == null || address === '' ? null : parseAddress(address, base)
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null
}
