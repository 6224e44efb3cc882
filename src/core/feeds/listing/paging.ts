import { fold } from '../../text/fold'
import { closest, type PageElement, type PageLink, type PageTree, shownText, wordsOf } from './page-tree'
import { collapseWhitespace } from '../html-to-text'
import { resolveLink } from '../resolve-link'

/** The links to further pages of a listing. */
export interface Paging {
  /** The address of the next page, which has older entries. Null if there is no next page, or if it has no address. */
  next: string | null
  /** The highest page number that the page shows. Null if the pages are not numbered. */
  lastNumber: number | null
  /** Whether further pages can be opened only by a script (postbacks of ASP.NET). */
  isScripted: boolean
}

const nextWords =
  /^(?:trang )?(?:sau|tiep|tiep theo|ke tiep|tiep tuc)(?: trang)?$|^(?:trang|bai|tin) (?:sau|tiep|tiep theo|ke tiep|cu hon)$|^next(?: page)?$|^older(?: posts| entries)?$|^cu hon$/
const moreWords = /^(?:xem|tai|doc) them(?: tin| bai| tin tuc)?$|^load more$|^more$/
/**
 * The symbols of a link to the next page, in the order in which they are tried. On some pages › leads to the next page
 * and » to the last one, so › comes first.
 */
const nextSymbols = ['›', '>', '→', '»', '>>']
const maxPageNumber = 100_000
/** Maximum number of links with a page number that are read. */
const maxNumberedLinks = 200

/**
 * Finds the next page of a listing. Looks for `rel="next"` first, then for words, then for symbols, then for page
 * numbers.
 */
export function findPaging(page: PageTree, address: string): Paging {
  const ownUrl = resolveLink(address, address)
  const otherLinks = page.links.filter(({ url }) => url !== ownUrl && new URL(url).host === new URL(address).host)
  const numbers = numberedLinks(otherLinks)
  const nextElement = page.others.find(({ name, attributes }) => name === 'link' && hasRel(attributes['rel'], 'next'))
  const next =
    resolveLink(nextElement?.attributes['href'] ?? '', page.base) ??
    otherLinks.find(({ element }) => hasRel(element.attributes['rel'], 'next'))?.url ??
    otherLinks.find((link) => labelsOf(link.element).some((label) => nextWords.test(label)))?.url ??
    findBySymbol(otherLinks, numbers) ??
    findByNumber(page, numbers, address) ??
    otherLinks.find(
      (link) => labelsOf(link.element).some((label) => moreWords.test(label)) && isNeighbour(link.url, address),
    )?.url ??
    null
  const lastNumber = numbers.reduce<number | null>((last, { number }) => Math.max(last ?? 0, number), null)
  return { next, lastNumber, isScripted: next === null && page.others.some(isScriptedNext) }
}

interface NumberedLink {
  link: PageLink
  number: number
}

/**
 * Returns the links whose text is a page number. Such a link must be in a pager, or near another link with a number.
 */
function numberedLinks(links: readonly PageLink[]): NumberedLink[] {
  const numbered = links.flatMap((link) => {
    const number = /^(?:trang\s)?(\d{1,6})$/i.exec(link.text)?.[1]
    return number === undefined || Number(number) > maxPageNumber || Number(number) === 0
      ? []
      : [{ link, number: Number(number) }]
  })
  const groupOf = ({ element }: PageLink): PageElement | null => element.parent?.parent ?? null
  return numbered
    .slice(0, maxNumberedLinks)
    .filter(
      ({ link, number }) =>
        isPager(link.element) ||
        numbered.some((other) => other.number !== number && groupOf(other.link) === groupOf(link)),
    )
}

/** Returns the address of the page whose number follows that of the current page. */
function findByNumber(page: PageTree, all: readonly NumberedLink[], address: string): string | null {
  // A page may have one pager above the list and another one below it. The second pager begins where the numbers stop
  // rising.
  const end = all.findIndex(({ number }, at) => at > 0 && number <= (all[at - 1]?.number ?? 0))
  const numbers = end < 0 ? all : all.slice(0, end)
  const first = numbers[0]
  if (first === undefined) return null
  const current = currentNumber(first.link.element, page, numbers, address)
  return numbers.find(({ number }) => number === current + 1)?.link.url ?? null
}

/**
 * Returns the number of the current page. The pager shows this number without a link, or with a link to the page
 * itself. Otherwise, the number is one less than the lowest number with a link, and at least 1.
 */
function currentNumber(
  inPager: PageElement,
  page: PageTree,
  numbers: readonly NumberedLink[],
  address: string,
): number {
  const ownUrl = resolveLink(address, address)
  const own = page.links.find(({ url, text }) => url === ownUrl && /^\d{1,6}$/.test(text))
  if (own !== undefined) return Number(own.text)
  const pager = closest(inPager, (around) => isAroundAll(around, numbers)) ?? inPager
  const linked = new Set(numbers.map(({ number }) => number))
  const words = (shownText(pager) ?? '').split(/[\s|,[\]]+/)
  const unlinked = words.map(Number).find((number) => Number.isInteger(number) && number > 0 && !linked.has(number))
  const minLinked = Math.min(...linked)
  // The current page is the number in the pager that has no link.
  return unlinked ?? (minLinked === 2 ? 1 : minLinked > 1 ? minLinked - 1 : 1)
}

/** Whether an element contains all numbered links. */
function isAroundAll(element: PageElement, numbers: readonly NumberedLink[]): boolean {
  return numbers.every(({ link }) => closest(link.element, (around) => around === element) !== null)
}

function findBySymbol(links: readonly PageLink[], numbers: readonly NumberedLink[]): string | null {
  for (const symbol of nextSymbols)
    for (const { element, url, text } of links)
      if (text === symbol && (numbers.length > 0 || isPager(element))) return url
  return null
}

function isPager(element: PageElement): boolean {
  return (
    closest(
      element,
      (around) =>
        wordsOf(around).some((word) => /^(?:pag(?:e[rs]?|ing|ination|inator)|phantrang|trang)$/.test(word)) ||
        /pagination|paging|phan-?trang/i.test(around.attributes['class'] ?? ''),
      4,
    ) !== null
  )
}

/**
 * Whether an address is another page of the same list. Only a number in the path, or the query, may differ from
 * `address`.
 */
function isNeighbour(url: string, address: string): boolean {
  const withoutNumber = (given: string): string =>
    new URL(given).pathname.replace(/\/?(?:page|trang|p)?[-/]?\d+(?=\/?$|\.\w+$)/i, '')
  return withoutNumber(url) === withoutNumber(address)
}

function isScriptedNext({ name, attributes, ...element }: PageElement): boolean {
  if (name !== 'a') return false
  const action = `${attributes['href'] ?? ''} ${attributes['onclick'] ?? ''}`
  const labels = labelsOf({ name, attributes, ...element })
  const isNext = labels.some((label) => nextWords.test(label) || moreWords.test(label) || nextSymbols.includes(label))
  return isNext || (/__doPostBack|paging|page/i.test(action) && labels.some((label) => /^\d{1,6}$/.test(label)))
}

function labelsOf(element: PageElement): string[] {
  const given = [shownText(element), element.attributes['title'], element.attributes['aria-label']]
  return given.map((text) =>
    fold(collapseWhitespace(text ?? '') ?? '')
      .replace(/\s*[›»>→]+$/u, (symbols) => (symbols === text ? symbols : ''))
      .trim(),
  )
}

function hasRel(rel: string | undefined, wanted: string): boolean {
  return rel !== undefined && rel.toLowerCase().split(/\s+/).includes(wanted)
}
