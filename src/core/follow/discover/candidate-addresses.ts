import { fold } from '../../text/fold'
import { isNavigation } from '../../feeds/listing/cards'
import type { PageTree } from '../../feeds/listing/page-tree'
import { resolveLink } from '../../feeds/resolve-link'
import { listKnownFeeds } from './known-feeds'

/** The paths at which the web systems of Vietnamese portals have their feeds. */
const commonFeedPaths = [
  '/rss',
  '/rss.xml',
  '/feed',
  '/feed.xml',
  '/rss.aspx',
  '/index.php?nv=feeds',
  '/atom.xml',
  '/rss/home.rss',
]
const feedTypes = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)/i
const feedAddress = /[/.?=_-](?:rss|feeds?|atom)(?:[/.?=&_-]|$)/i
/**
 * Matches a word in the name of a menu section that contains bulletins. The name is in lower case without diacritics.
 */
const newsWords =
  /(?:^| )(?:ban tin|tin|su kien|thong bao|chi dao|hoat dong|bao chi|thoi su|diem tin|tin tuc|news|kinh te|van hoa|xa hoi|chinh tri|nong nghiep|giao duc|y te|du lich)(?: |$)/
/**
 * Matches a word in the name of a menu section that contains no bulletins. The name is in lower case without
 * diacritics.
 */
const otherWords =
  /(?:^| )(?:lien he|dang nhap|dang ky|so do|thu tuc|dich vu cong|hoi dap|gop y|tra cuu|tim kiem|thu vien|video|hinh anh|album|danh ba|english|login|contact|sitemap|gioi thieu|lich cong tac|co cau|bo may)(?: |$)/

/** An address that may be a feed, listing or sitemap, with the name that a page gives it in a link. */
export interface CandidateAddress {
  url: string
  name: string | null
}

/**
 * Finds the addresses of feeds in a page: those in `<link rel="alternate">` first, then the links that look like feeds.
 * Returns each address once.
 */
export function findFeedLinks(page: PageTree): CandidateAddress[] {
  const alternates = page.others.flatMap(({ name, attributes }) => {
    const isFeed =
      name === 'link' && /\balternate\b/i.test(attributes['rel'] ?? '') && feedTypes.test(attributes['type'] ?? '')
    const url = isFeed ? resolveLink(attributes['href'] ?? '', page.base) : null
    return url === null ? [] : [{ url, name: attributes['title'] ?? null }]
  })
  const linked = page.links
    .filter(({ url, text }) => feedAddress.test(url.slice(new URL(url).origin.length)) || /^(?:rss|atom)$/i.test(text))
    .map(({ url, text }) => ({ url, name: text === '' ? null : text }))
  return distinct([...alternates, ...linked])
}

/**
 * Lists the addresses on the host of `address` at which portals often have feeds. The known feeds of the host come
 * first.
 */
export function listCommonFeedAddresses(address: string): CandidateAddress[] {
  const common = commonFeedPaths.map((path) => new URL(path, address).href)
  return distinct([...listKnownFeeds(address), ...common].map((url) => ({ url, name: null })))
}

/**
 * Finds the sections in the menus of a site. Sections with news come first. Sections that contain no bulletins are left
 * out.
 */
export function findMenuSections(page: PageTree, address: string): CandidateAddress[] {
  const { host } = new URL(address)
  const ownUrl = resolveLink(address, address)
  const sections = page.links
    .filter(({ url, text, element }) => {
      const words = text.split(/\s+/).length
      return new URL(url).host === host && url !== ownUrl && text !== '' && words <= 10 && isNavigation(element)
    })
    .map(({ url, text }) => ({ url, name: text }))
    .filter(({ name }) => !otherWords.test(fold(name)))
  const isNews = ({ name }: CandidateAddress): number => Number(newsWords.test(fold(name ?? '')))
  return distinct(sections).toSorted((a, b) => isNews(b) - isNews(a))
}

function distinct(candidates: readonly CandidateAddress[]): CandidateAddress[] {
  const known = new Map<string, CandidateAddress>()
  for (const each of candidates) if (!known.has(each.url)) known.set(each.url, each)
  return [...known.values()]
}
