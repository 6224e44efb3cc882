import { closest, type PageElement, type PageLink, type PageTree, wordsOf } from './page-tree'

/** The block of a page that shows one bulletin: its links, and whatever stands with them. */
export interface Card {
  url: string
  block: PageElement
  /** All links in the block that lead to `url`, in order. */
  links: PageLink[]
  /** Blocks built alike have the same. */
  shape: string
  /** Whether it stands where pages put what is beside the matter: a side column, "most read". */
  isAside: boolean
}

/** Parts of a page that lead around the site, by element and by the words of class and id. */
const navigation =
  /^(?:nav|menu|navbar|navi|breadcrumbs?|footer|header|topbar|paging|pagination|pager|sitemap|tags?|share|social|language|login)$/
const aside =
  /^(?:aside|sidebar|side|right|related|relate|lienquan|mostview|mostread|most|popular|trending|docnhieu|xemnhieu|tieudiem|banner|ads?|adv|advert|qc|quangcao|comment|popup|modal|ticker|marquee)$/
/** Words that say the opposite: a "content-right" is the matter, a "news-header" no page's head. */
const main = /^(?:content|contents|news|tin|center|article|noidung)$/
const files = /\.(?:jpe?g|png|gif|webp|svg|bmp|ico|css|js|zip|rar|7z|exe|apk|mp[34]|avi|wmv|flv)$/i
/** A title has at least so many words and letters; menus have shorter names. */
const least = { words: 4, letters: 16, headingWords: 2 }
/** A block with more links elsewhere is not one bulletin's. */
const maxOtherLinks = 8
/** Nor one with so many that are long enough for titles: it is a section's, with its heading and its list. */
const mostOtherTitles = 2
/** Words of a class that say which of many alike a block is. */
const position = /^(?:first|last|odd|even|active|current|item|row|col|clearfix|no|has|is|\w)$/

/** The blocks of a page that each show one bulletin, in the page's order. */
export function findCards(page: PageTree, address: string): Card[] {
  const here = pathOf(address)
  const menu = menuAddresses(page)
  const worthy = page.links.filter(
    ({ url }) => !files.test(new URL(url).pathname) && pathOf(url) !== here && !menu.has(url) && !isRoot(url),
  )
  const inContent = worthy.filter(({ element }) => !isNavigation(element))
  const strong = inContent.filter((link) => wordCount(link.text) >= least.headingWords && isTitle(link.element))
  const weak = inContent.filter(
    ({ text, element }) =>
      wordCount(text) >= least.words && text.length >= least.letters && /\p{L}/u.test(text) && !isTitle(element),
  )
  const cards = blocksOf(strong, { barriers: strong, minor: weak, all: inContent })
  const covered = new Set(cards.map(({ block }) => block))
  const uncovered = weak.filter(({ element }) => closest(element, (around) => covered.has(around)) === null)
  const order = new Map(page.links.map((link, at) => [link.element, at]))
  const first = ({ links }: Card): number => order.get(links[0]?.element ?? page.root) ?? 0
  return [...cards, ...blocksOf(uncovered, { barriers: [...uncovered, ...strong], minor: [], all: inContent })].sort(
    (a, b) => first(a) - first(b),
  )
}

interface Around {
  /** Another one of these in a block, and the block is not one bulletin's. */
  barriers: readonly PageLink[]
  /** A few of these may stand with a bulletin: its section, a related one. */
  minor: readonly PageLink[]
  all: readonly PageLink[]
}

/** For every title the largest block around it that is its own. */
function blocksOf(titles: readonly PageLink[], { barriers, minor, all }: Around): Card[] {
  const counts = [
    { inside: addressesInside(barriers), most: 1 },
    { inside: addressesInside(minor), most: mostOtherTitles },
    { inside: addressesInside(all), most: maxOtherLinks },
  ]
  const byBlock = new Map<PageElement, Card>()
  for (const { element, url } of titles) {
    let block = element
    for (let around = element.parent; around?.parent != null; around = around.parent) {
      const outer = around
      const isMore = counts.some(({ inside, most }) => (inside.get(outer)?.size ?? 0) > most)
      if (isMore || /^(?:body|main|html)$/.test(outer.name)) break
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

/** The distinct addresses that links inside each element lead to; enough of them to tell one from many. */
function addressesInside(links: readonly PageLink[]): Map<PageElement, Set<string>> {
  const inside = new Map<PageElement, Set<string>>()
  for (const { element, url } of links)
    for (let around: PageElement | null = element; around !== null; around = around.parent) {
      const known = inside.get(around)
      // What an element holds, those around it hold too: the way up ends where nothing would be new.
      if (known !== undefined && (known.size > maxOtherLinks || known.has(url))) break
      if (known === undefined) inside.set(around, new Set([url]))
      else known.add(url)
    }
  return inside
}

/** Addresses the site's menus lead to: sections, not bulletins, wherever else they are linked. */
function menuAddresses({ links }: PageTree): ReadonlySet<string> {
  return new Set(
    links.filter(({ element, text }) => isNavigation(element) && wordCount(text) <= 8).map(({ url }) => url),
  )
}

/** Whether an element lies in a menu, the page's head or its foot. */
export function isNavigation(element: PageElement): boolean {
  return isInOne(element, inNavigation, ({ name }, words) => {
    if (name === 'nav' || name === 'footer') return true
    return !/^(?:body|html|article|h[1-6])$/.test(name) && words.some((word) => navigation.test(word))
  })
}

function isAside(block: PageElement): boolean {
  return isInOne(block, inAside, ({ name }, words) => name === 'aside' || words.some((word) => aside.test(word)))
}

/** What was found out about an element holds for all in it: a page of many links is looked over once. */
const inNavigation = new WeakMap<PageElement, boolean>()
const inAside = new WeakMap<PageElement, boolean>()

/** Whether an element, or one around it, is of a kind, by its name and the words of its class; `known` remembers. */
function isInOne(
  element: PageElement,
  known: WeakMap<PageElement, boolean>,
  isOne: (around: PageElement, words: readonly string[]) => boolean,
): boolean {
  const trail: PageElement[] = []
  let answer = false
  for (let around: PageElement | null = element; around !== null; around = around.parent) {
    const remembered = known.get(around)
    const words = remembered === undefined ? wordsOf(around) : []
    const isNamed = /^(?:nav|footer|aside)$/.test(around.name)
    answer = remembered ?? ((isNamed || !words.some((word) => main.test(word))) && isOne(around, words))
    if (remembered !== undefined) break
    trail.push(around)
    if (answer) break
  }
  for (const passed of trail) known.set(passed, answer)
  return answer
}

/** A link in or around a heading, or in what its class calls a title. */
function isTitle(link: PageElement): boolean {
  const isHeading = ({ name }: PageElement): boolean => /^h[1-6]$/.test(name)
  if (
    closest(link, isHeading, 3) !== null ||
    link.children.some((child) => typeof child !== 'string' && isHeading(child))
  )
    return true
  return closest(link, (around) => wordsOf(around).some((word) => /^(?:title|tieude|headline)$/.test(word)), 2) !== null
}

/** Names and classes of a block and the one around it, without what tells first from last. */
function shapeOf(block: PageElement): string {
  const own = (element: PageElement | null): string =>
    element === null
      ? ''
      : `${element.name}.${wordsOf(element)
          .filter((word) => !position.test(word))
          .join('.')}`
  return `${own(block)}<${own(block.parent)}`
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
