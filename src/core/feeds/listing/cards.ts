import { closest, type PageElement, type PageLink, type PageTree, wordsOf } from './page-tree'

/** A block of a page that shows one bulletin: its links, and the text and pictures beside them. */
export interface Card {
  url: string
  block: PageElement
  /** All links in the block to `url`, in order. */
  links: PageLink[]
  /** A key of the block's structure. Blocks of the same structure have the same key. */
  shape: string
  /** Whether the block is outside the main content, for example in a side column or a "most read" list. */
  isAside: boolean
}

/** Words in the class or id of page parts that contain the navigation of the site. */
const navigationWords =
  /^(?:nav|menu|navbar|navi|breadcrumbs?|footer|header|topbar|paging|pagination|pager|sitemap|tags?|share|social|language|login)$/
/** Words in the class or id of page parts outside the main content. */
const asideWords =
  /^(?:aside|sidebar|side|right|related|relate|lienquan|mostview|mostread|most|popular|trending|docnhieu|xemnhieu|tieudiem|banner|ads?|adv|advert|qc|quangcao|comment|popup|modal|ticker|marquee)$/
/**
 * Words in the class or id of the main content. They win over words for other page parts, as in "content-right" and
 * "news-header".
 */
const mainWords = /^(?:content|contents|news|tin|center|article|noidung)$/
const nonPageFiles = /\.(?:jpe?g|png|gif|webp|svg|bmp|ico|css|js|zip|rar|7z|exe|apk|mp[34]|avi|wmv|flv)$/i
/** Minimum size of a title. Menu entries are shorter. */
const minTitle = { words: 4, length: 16, headingWords: 2 }
/** Maximum number of addresses that a block links. A block with more of them shows more than one bulletin. */
const maxOtherLinks = 8
/** Maximum number of links in a block that are as long as a title. A block with more of them is a whole section. */
const maxOtherTitles = 2
/** Words in a class that differ between blocks of the same structure, for example the position or the state. */
const positionWords = /^(?:first|last|odd|even|active|current|item|row|col|clearfix|no|has|is|\w)$/

/** Finds the blocks of a page that each show one bulletin, in the page's order. */
export function findCards(page: PageTree, address: string): Card[] {
  const ownPath = pathOf(address)
  const menuUrls = menuAddresses(page)
  const candidates = page.links.filter(
    ({ url }) =>
      !nonPageFiles.test(new URL(url).pathname) && pathOf(url) !== ownPath && !menuUrls.has(url) && !isRoot(url),
  )
  const inContent = candidates.filter(({ element }) => !isNavigation(element))
  const strong = inContent.filter((link) => wordCount(link.text) >= minTitle.headingWords && isTitle(link.element))
  const weak = inContent.filter(
    ({ text, element }) =>
      wordCount(text) >= minTitle.words && text.length >= minTitle.length && /\p{L}/u.test(text) && !isTitle(element),
  )
  const cards = createCards(strong, { barriers: strong, minor: weak, all: inContent })
  const covered = new Set(cards.map(({ block }) => block))
  const uncovered = weak.filter(({ element }) => closest(element, (around) => covered.has(around)) === null)
  const order = new Map(page.links.map((link, at) => [link.element, at]))
  const first = ({ links }: Card): number => order.get(links[0]?.element ?? page.root) ?? 0
  return [...cards, ...createCards(uncovered, { barriers: [...uncovered, ...strong], minor: [], all: inContent })].sort(
    (a, b) => first(a) - first(b),
  )
}

interface OtherLinks {
  /** A block that contains two of these links shows more than one bulletin. */
  barriers: readonly PageLink[]
  /** A block may contain a few of these links, for example to the section or to a related bulletin. */
  minor: readonly PageLink[]
  all: readonly PageLink[]
}

/** Finds the largest block around each title that contains no other bulletin. */
function createCards(titles: readonly PageLink[], { barriers, minor, all }: OtherLinks): Card[] {
  const limits = [
    { inside: addressesInside(barriers), max: 1 },
    { inside: addressesInside(minor), max: maxOtherTitles },
    { inside: addressesInside(all), max: maxOtherLinks },
  ]
  const byBlock = new Map<PageElement, Card>()
  for (const { element, url } of titles) {
    let block = element
    for (let around = element.parent; around?.parent != null; around = around.parent) {
      const outer = around
      const isTooLarge = limits.some(({ inside, max }) => (inside.get(outer)?.size ?? 0) > max)
      if (isTooLarge || /^(?:body|main|html)$/.test(outer.name)) break
      block = outer
    }
    if (!byBlock.has(block))
      byBlock.set(block, { url, block, links: [], shape: shapeOf(block), isAside: isAside(block) })
  }
  for (const link of all)
    closest(link.element, (around) => {
      const card = byBlock.get(around)
      if (card?.url === link.url) card.links.push(link)
      return card !== undefined
    })
  return [...byBlock.values()]
}

/**
 * The distinct addresses of the links inside each element. Adds no more addresses to an element that has more than
 * {@link maxOtherLinks}.
 */
function addressesInside(links: readonly PageLink[]): Map<PageElement, Set<string>> {
  const inside = new Map<PageElement, Set<string>>()
  for (const { element, url } of links)
    for (let around: PageElement | null = element; around !== null; around = around.parent) {
      const known = inside.get(around)
      // The outer elements already contain this address, or already have too many addresses.
      if (known !== undefined && (known.size > maxOtherLinks || known.has(url))) break
      if (known === undefined) inside.set(around, new Set([url]))
      else known.add(url)
    }
  return inside
}

/** The addresses in the site's menus. These addresses are sections, even if the main content links to them. */
function menuAddresses({ links }: PageTree): ReadonlySet<string> {
  return new Set(
    links.filter(({ element, text }) => isNavigation(element) && wordCount(text) <= 8).map(({ url }) => url),
  )
}

/** Whether an element is in a menu, or in the header or footer of the page. */
export function isNavigation(element: PageElement): boolean {
  return isInside(element, navigationCache, ({ name }, words) => {
    if (name === 'nav' || name === 'footer') return true
    return !/^(?:body|html|article|h[1-6])$/.test(name) && words.some((word) => navigationWords.test(word))
  })
}

function isAside(block: PageElement): boolean {
  return isInside(
    block,
    asideCache,
    ({ name }, words) => name === 'aside' || words.some((word) => asideWords.test(word)),
  )
}

/**
 * Caches the result of {@link isInside} for each element. A page with many links needs the cache, because many links
 * are inside the same outer elements.
 */
const navigationCache = new WeakMap<PageElement, boolean>()
const asideCache = new WeakMap<PageElement, boolean>()

/**
 * Whether an element or an element around it matches. `matches` receives an element with the words of that element's
 * class and id. Stores the result in `cache`.
 */
function isInside(
  element: PageElement,
  cache: WeakMap<PageElement, boolean>,
  matches: (around: PageElement, words: readonly string[]) => boolean,
): boolean {
  const visited: PageElement[] = []
  let result = false
  for (let around: PageElement | null = element; around !== null; around = around.parent) {
    const cached = cache.get(around)
    const words = cached === undefined ? wordsOf(around) : []
    const isNamed = /^(?:nav|footer|aside)$/.test(around.name)
    result = cached ?? ((isNamed || !words.some((word) => mainWords.test(word))) && matches(around, words))
    if (cached !== undefined) break
    visited.push(around)
    if (result) break
  }
  for (const each of visited) cache.set(each, result)
  return result
}

/** Whether a link is in or around a heading, or in an element with a class for titles. */
function isTitle(link: PageElement): boolean {
  const isHeading = ({ name }: PageElement): boolean => /^h[1-6]$/.test(name)
  if (
    closest(link, isHeading, 3) !== null ||
    link.children.some((child) => typeof child !== 'string' && isHeading(child))
  )
    return true
  return closest(link, (around) => wordsOf(around).some((word) => /^(?:title|tieude|headline)$/.test(word)), 2) !== null
}

/** The names and classes of a block and its parent, without the words in {@link positionWords}. */
function shapeOf(block: PageElement): string {
  const describe = (element: PageElement | null): string =>
    element === null
      ? ''
      : `${element.name}.${wordsOf(element)
          .filter((word) => !positionWords.test(word))
          .join('.')}`
  return `${describe(block)}<${describe(block.parent)}`
}

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
}

function pathOf(url: string): string {
  const { host, pathname, search } = new URL(url)
  return `${host}${pathname}${search}`
}

function isRoot(url: string): boolean {
  const { pathname, search } = new URL(url)
  return search === '' && /^\/(?:(?:index|default|home|trang-chu)(?:\.\w+)?)?$/i.test(pathname)
}
