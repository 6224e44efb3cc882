import { fold } from '../../text/fold'
import { isNavigation } from '../../feeds/listing/cards'
import type { PageTree } from '../../feeds/listing/page-tree'
import { resolveLink } from '../../feeds/resolve-link'

/** Where feeds are when no page says so, on the systems that portals are built with. */
const usualFeeds = ['/rss', '/rss.xml', '/feed', '/feed.xml', '/rss.aspx', '/index.php?nv=feeds', '/atom.xml']
const feedTypes = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)/i
const feedAddress = /[/.?=_-](?:rss|feeds?|atom)(?:[/.?=&_-]|$)/i
/** Sections whose pages are bulletins, and those whose pages are not. */
const newsWords =
  /(?:^| )(?:ban tin|tin|su kien|thong bao|chi dao|hoat dong|bao chi|thoi su|diem tin|tin tuc|news|kinh te|van hoa|xa hoi|chinh tri|nong nghiep|giao duc|y te|du lich)(?: |$)/
const otherWords =
  /(?:^| )(?:lien he|dang nhap|dang ky|so do|thu tuc|dich vu cong|hoi dap|gop y|tra cuu|tim kiem|thu vien|video|hinh anh|album|danh ba|english|login|contact|sitemap|gioi thieu|lich cong tac|co cau|bo may)(?: |$)/

/** An address to look at, and what the page called it. */
export interface Place {
  url: string
  name: string | null
}

/** Feeds a page names: by `<link rel="alternate">` first, then by links that look like one; none twice. */
export function findFeedLinks(page: PageTree): Place[] {
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

/** The usual places of feeds on a page's host. */
export function listUsualFeedAddresses(address: string): Place[] {
  return usualFeeds.map((path) => ({ url: new URL(path, address).href, name: null }))
}

/** Sections of the site by its menus, those that sound like news first; pages that hold no bulletins are left out. */
export function findMenuSections(page: PageTree, address: string): Place[] {
  const { host } = new URL(address)
  const home = resolveLink(address, address)
  const places = page.links
    .filter(({ url, text, element }) => {
      const words = text.split(/\s+/).length
      return new URL(url).host === host && url !== home && text !== '' && words <= 10 && isNavigation(element)
    })
    .map(({ url, text }) => ({ url, name: text }))
    .filter(({ name }) => !otherWords.test(fold(name)))
  const isNews = ({ name }: Place): number => Number(newsWords.test(fold(name ?? '')))
  return distinct(places).toSorted((a, b) => isNews(b) - isNews(a))
}

function distinct(places: readonly Place[]): Place[] {
  const known = new Map<string, Place>()
  for (const place of places) if (!known.has(place.url)) known.set(place.url, place)
  return [...known.values()]
}
