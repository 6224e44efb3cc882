import { AppError } from '../../shared/errors'
import type { Extraction } from '../extract/extraction'
import { decodeMarkup } from '../feeds/decode-markup'
import { readListing } from '../feeds/listing/listing'

/** Minimum number of bulletins that a page of links lists. */
const minEntries = 5
/** Minimum share of the text of a page of links that consists of the titles and summaries of the listed bulletins. */
const minListedShare = 0.5
const unknownAddress = 'https://page.invalid/page'

/** A page, and the text that the extraction has found in it. */
export interface PageToCheck {
  bytes: Uint8Array
  charset: string | null
  /** The address of the page. Null if it is unknown, as for some files. */
  address: string | null
  bodyText: Extraction['text']['bodyText']
}

/**
 * Whether a page only lists bulletins: it is the front page of a site, or its text consists mostly of the titles and
 * summaries of other pages. Such a page is not a bulletin, because its text changes with each new bulletin.
 */
export function isPageOfLinks({ bytes, charset, address, bodyText }: PageToCheck): boolean {
  const { entries } = readListing(decodeMarkup(bytes, charset), address ?? unknownAddress)
  if (entries.length < minEntries) return false
  if (address !== null && isFrontPage(address)) return true
  const described = entries.filter(({ publishedAt, summary }) => publishedAt !== null || summary !== null)
  if (described.length * 2 < entries.length) return false
  const text = collapse(bodyText)
  const listed = entries.flatMap(({ title, summary }) => [title, summary]).filter((part) => part !== null)
  const length = listed.map(collapse).reduce((sum, part) => sum + (text.includes(part) ? part.length : 0), 0)
  return length >= text.length * minListedShare
}

/** Creates the error for a page that only lists bulletins. `url` is the address of the page or the name of the file. */
export function createPageOfLinksError(url: string): AppError {
  return new AppError('page-of-links', `add ${url}: lists bulletins`, { url })
}

/** Whether an address is the root of a site or has a usual name of a front page, such as `index.html`. */
function isFrontPage(address: string): boolean {
  const { pathname, search } = new URL(address)
  return (
    search === '' && /^\/(?:vi|vn)?\/?(?:(?:pages?\/)?(?:index|default|home|trang-?chu)(?:\.\w+)?)?\/?$/i.test(pathname)
  )
}

function collapse(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim()
}
