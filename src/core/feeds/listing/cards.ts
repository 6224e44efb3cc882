import { closest, type PageElement, type PageLink, type PageTree, shownText, wordsOf } from './page-tree'

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
  /^(?:aside|sidebar|side|right|related|relate|lienquan|mostview|mostread|most|popular|trending|docnhieu|xemnhieu|tieudiem|banner|ads?|adv|advert|qc|quangcao|comment|popup|modal|ticker|marquee|videos?|clips?|multimedia|podcasts?|albums?|gallery|sponsors?|weblinks?|partners?|doitac)$/
/** Class names and ids of several words that only boxes outside the main content have. They win over `mainWords`. */
const asideName =
  /(?:doc|xem)[-_]?nhieu|quan[-_]?tam[-_]?nhieu|lien[-_]?quan|quang[-_]?cao|most[-_]?(?:read|view|popular)|side[-_]?bar|(?:col|cot|box)[-_]?(?:right|phai)|(?:right|phai)[-_]?(?:col|box|side)|lien[-_]?ket|thu[-_]?vien[-_]?(?:anh|video)/i
/** Headings of boxes outside the main content. */
const asideHeading =
  /^(?:(?:tin|bài)\s+)?(?:(?:được\s+)?(?:đọc|xem|quan\s+tâm)\s+(?:nhiều|nhất)(?:\s+nhất)?|videos?(?:\s+clips?)?|clips?|phóng\s+sự\s+(?:ảnh|truyền\s+hình)|(?:thư\s+viện\s+)?(?:hình\s+)?ảnh|multimedia|media|podcasts?|quảng\s+cáo|nhà\s+tài\s+trợ|đối\s+tác|liên\s+kết(?:\s+web(?:site)?)?|trang\s+liên\s+kết|có\s+thể\s+bạn\s+quan\s+tâm|bình\s+luận(?:\s+nhiều)?|tin\s+liên\s+quan|trending|most\s+(?:read|viewed|popular))\s*[:»>]*$/iu
const maxHeadingLength = 60
/**
 * A box around at least this many titles, and around more than this share of the titles of the page, is no side box.
 */
const mainShare = { titles: 4, share: 0.6 }
/**
 * Words in the class or id of the main content. They win over words for other page parts, as in "content-right" and
 * "news-header".
 */
const mainWords = /^(?:content|contents|news|tin|center|article|noidung)$/
const nonPageFiles = /\.(?:jpe?g|png|gif|webp|svg|bmp|ico|css|js|zip|rar|7z|exe|apk|mp[34]|avi|wmv|flv)$/i
/** Minimum size of a title. Menu entries are shorter. */
const minTitle = { words: 4, length: 16, headingWords: 2 }
/**
 * The maximum number of addresses that the block of one bulletin links to. A block with more addresses shows several
 * bulletins.
 */
const maxOtherLinks = 8
/** Maximum number of links in a block that are as long as a title. A block with more of them is a whole section. */
const maxOtherTitles = 2
/** Words in a class that differ between blocks of the same structure, for example the position or the state. */
const positionWords = /^(?:first|last|odd|even|active|current|item|row|col|clearfix|no|has|is|\w)$/

/** Finds the blocks of a page that each show one bulletin, in the page's order. */
export function findCards(page: PageTree, address: string): Card[] {
  measureTitles(page)
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
  return (
    isInside(block, asideCache, ({ name }, words) => name === 'aside' || words.some((word) => asideWords.test(word))) ||
    closest(block, (around) => isNamedAside(around) && !holdsMainContent(around)) !== null ||
    isBelowAsideHeading(block)
  )
}

function isNamedAside({ attributes }: PageElement): boolean {
  return asideName.test(`${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`.slice(0, 500))
}

/**
 * Whether the text right before a block, or before a box around it, is the heading of a box outside the main content.
 */
function isBelowAsideHeading(block: PageElement): boolean {
  let inner = block
  for (let level = 0; level < 6 && inner.parent !== null; level++) {
    const box: PageElement = inner.parent
    const before = box.children.slice(0, box.children.indexOf(inner))
    const known = headingCache.get(box)
    const text =
      known ??
      before.map((child) => (typeof child === 'string' ? child : shortText(child))).find((part) => part.trim() !== '')
    if (known === undefined) headingCache.set(box, text ?? '')
    if (text !== undefined && text.trim() !== '')
      return asideHeading.test(text.trim().normalize('NFC')) && !holdsMainContent(box)
    inner = box
  }
  return false
}

/** The text of an element, or a dot if the text is too long for a heading. */
function shortText(element: PageElement): string {
  const text = shownText(element) ?? ''
  return text.length > maxHeadingLength ? '.' : text
}

/** Number of titles in each element of a page. The root has the number of all titles. */
const titleCounts = new WeakMap<PageElement, number>()
const headingCache = new WeakMap<PageElement, string>()

/** Counts the distinct titles in each element. A page has only 6,000 links, and the depth is limited. */
function measureTitles({ root, links }: PageTree): void {
  if (titleCounts.has(root)) return
  const seen = new Set<string>()
  for (const { element, url, text } of links) {
    if (seen.has(url) || wordCount(text) < minTitle.words || text.length < minTitle.length) continue
    seen.add(url)
    for (let around: PageElement | null = element; around !== null; around = around.parent)
      titleCounts.set(around, (titleCounts.get(around) ?? 0) + 1)
  }
  if (!titleCounts.has(root)) titleCounts.set(root, 0)
}

/**
 * Whether an element holds most titles of the page. A page with a header that is never closed has its whole content
 * inside the header.
 */
function holdsMainContent(element: PageElement): boolean {
  const own = titleCounts.get(element) ?? 0
  const root = closest(element, ({ parent }) => parent === null)
  const all = root === null ? 0 : (titleCounts.get(root) ?? 0)
  return own >= mainShare.titles && own > all * mainShare.share
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
    result =
      cached ??
      ((isNamed || !words.some((word) => mainWords.test(word))) && matches(around, words) && !holdsMainContent(around))
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
