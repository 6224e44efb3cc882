import { closest, type PageElement, type PageLink, type PageTree, shownText, wordsOf } from './page-tree'

/** A block of a listing page that shows one bulletin: its links, and the text and pictures beside them. */
export interface Card {
  url: string
  block: PageElement
  /** All links to `url` in the block, in order. */
  links: PageLink[]
  /** A text that describes the structure of the block. Blocks with the same structure have the same text. */
  shape: string
  /** Whether the block is outside the main content, for example in a side column or a "most read" list. */
  isAside: boolean
}

/** Matches a word in the class or id of page parts that contain the navigation of the site. */
const navigationWords =
  /^(?:nav|menu|navbar|navi|breadcrumbs?|footer|header|topbar|paging|pagination|pager|sitemap|tags?|share|social|language|login)$/
/** Matches a word in the class or id of page parts outside the main content. */
const asideWords =
  /^(?:aside|sidebar|side|right|related|relate|lienquan|mostview|mostread|most|popular|trending|docnhieu|xemnhieu|tieudiem|banner|ads?|adv|advert|qc|quangcao|comment|popup|modal|ticker|marquee|videos?|clips?|multimedia|podcasts?|albums?|gallery|sponsors?|weblinks?|partners?|doitac)$/
/**
 * Matches classes and ids of several words that only boxes outside the main content have. Such a name outweighs
 * {@link mainWords}.
 */
const asideName =
  /(?:doc|xem)[-_]?nhieu|quan[-_]?tam[-_]?nhieu|lien[-_]?quan|quang[-_]?cao|most[-_]?(?:read|view|popular)|side[-_]?bar|(?:col|cot|box)[-_]?(?:right|phai)|(?:right|phai)[-_]?(?:col|box|side)|lien[-_]?ket|thu[-_]?vien[-_]?(?:anh|video)/i
/** Matches the heading of a box outside the main content. */
const asideHeading =
  /^(?:(?:tin|bài)\s+)?(?:(?:được\s+)?(?:đọc|xem|quan\s+tâm)\s+(?:nhiều|nhất)(?:\s+nhất)?|videos?(?:\s+clips?)?|clips?|phóng\s+sự\s+(?:ảnh|truyền\s+hình)|(?:thư\s+viện\s+)?(?:hình\s+)?ảnh|multimedia|media|podcasts?|quảng\s+cáo|nhà\s+tài\s+trợ|đối\s+tác|liên\s+kết(?:\s+web(?:site)?)?|trang\s+liên\s+kết|có\s+thể\s+bạn\s+quan\s+tâm|bình\s+luận(?:\s+nhiều)?|tin\s+liên\s+quan|trending|most\s+(?:read|viewed|popular))\s*[:»>]*$/iu
const maxHeadingLength = 60
/**
 * A box with at least this number of titles, and with more than this share of all titles on the page, is the main
 * content and not a side box.
 */
const mainShare = { titles: 4, share: 0.6 }
/**
 * Matches a word in the class or id of the main content. Such a word outweighs words for other page parts, as in
 * "content-right" and "news-header".
 */
const mainWords = /^(?:content|contents|news|tin|center|article|noidung)$/
const nonPageFiles = /\.(?:jpe?g|png|gif|webp|svg|bmp|ico|css|js|zip|rar|7z|exe|apk|mp[34]|avi|wmv|flv)$/i
/**
 * The minimum number of words and characters of a title, and of words of a title in a heading. Menu entries are
 * shorter.
 */
const minTitle = { words: 4, length: 16, headingWords: 2 }
/**
 * Maximum number of addresses to which the block of one bulletin links. A block with more addresses shows several
 * bulletins.
 */
const maxOtherLinks = 8
/**
 * Maximum number of links in the block of one bulletin that are as long as a title. A block with more is a whole
 * section.
 */
const maxOtherTitles = 2
/** Matches a word in a class that differs between blocks of the same structure, such as a position or a state. */
const positionWords = /^(?:first|last|odd|even|active|current|item|row|col|clearfix|no|has|is|\w)$/

/** Finds the blocks of a page that each show one bulletin, in the order of the page. */
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
  /**
   * Links that lead to bulletins. The block of one bulletin contains at most one of these links, and a block with two
   * of them shows several bulletins.
   */
  barriers: readonly PageLink[]
  /**
   * Other links, for example to a section or to a related bulletin. The block of one bulletin may contain a few of
   * these links.
   */
  minor: readonly PageLink[]
  all: readonly PageLink[]
}

/** Finds the block of each title: the largest element around the title that contains no other bulletin. */
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
 * Returns the different addresses of the links inside each element. An element gets at most one address more than
 * {@link maxOtherLinks}.
 */
function addressesInside(links: readonly PageLink[]): Map<PageElement, Set<string>> {
  const inside = new Map<PageElement, Set<string>>()
  for (const { element, url } of links)
    for (let around: PageElement | null = element; around !== null; around = around.parent) {
      const known = inside.get(around)
      // If an element has this address already, or has too many addresses, the same is true of all elements around it.
      if (known !== undefined && (known.size > maxOtherLinks || known.has(url))) break
      if (known === undefined) inside.set(around, new Set([url]))
      else known.add(url)
    }
  return inside
}

/**
 * Returns the addresses in the menus of the site. They lead to sections, even if the main content links to them too.
 */
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
 * Whether a block is under the heading of a box outside the main content. The heading is the text right before the
 * block or before an element around it.
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

/** Returns the text of an element, or a dot if the text is too long for a heading. */
function shortText(element: PageElement): string {
  const text = shownText(element) ?? ''
  return text.length > maxHeadingLength ? '.' : text
}

/** The number of titles inside each element of a page. For the root, this is the number of all titles on the page. */
const titleCounts = new WeakMap<PageElement, number>()
const headingCache = new WeakMap<PageElement, string>()

/**
 * Counts the different titles inside each element. The count takes little time, because a page has at most 6,000 links
 * and its depth is limited.
 */
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
 * Whether an element contains most titles of the page. For example, the whole content is inside the header if the page
 * never closes its header.
 */
function holdsMainContent(element: PageElement): boolean {
  const own = titleCounts.get(element) ?? 0
  const root = closest(element, ({ parent }) => parent === null)
  const all = root === null ? 0 : (titleCounts.get(root) ?? 0)
  return own >= mainShare.titles && own > all * mainShare.share
}

/**
 * The results of {@link isInside} for each element. Many links of a page are inside the same outer elements, so the
 * results are computed only once.
 */
const navigationCache = new WeakMap<PageElement, boolean>()
const asideCache = new WeakMap<PageElement, boolean>()

/**
 * Whether `matches` is true for an element or for an element around it. `matches` receives an element and the words of
 * its class and id. The result is stored in `cache`.
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

/** Whether a link is in a heading, contains a heading, or is in an element whose class is one for titles. */
function isTitle(link: PageElement): boolean {
  const isHeading = ({ name }: PageElement): boolean => /^h[1-6]$/.test(name)
  if (
    closest(link, isHeading, 3) !== null ||
    link.children.some((child) => typeof child !== 'string' && isHeading(child))
  )
    return true
  return closest(link, (around) => wordsOf(around).some((word) => /^(?:title|tieude|headline)$/.test(word)), 2) !== null
}

/**
 * Describes the structure of a block: the names and classes of the block and its parent, without {@link positionWords}.
 */
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
