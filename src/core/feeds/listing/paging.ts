import { fold } from '../../text/fold'
import { closest, type PageElement, type PageLink, type PageTree, shownText, wordsOf } from './page-tree'
import { collapseWhitespace } from '../html-to-text'
import { resolveLink } from '../resolve-link'

/** Where a listing goes on. */
export interface Paging {
  /** The page with the next older entries; null where there is none, or none that has an address. */
  next: string | null
  /** The highest page number seen; null where pages are not numbered. */
  lastNumber: number | null
  /** Whether further pages are there, but only a script of the page could open them (ASP.NET's postbacks). */
  isScripted: boolean
}

const nextWords =
  /^(?:trang )?(?:sau|tiep|tiep theo|ke tiep|tiep tuc)(?: trang)?$|^(?:trang|bai|tin) (?:sau|tiep|tiep theo|ke tiep|cu hon)$|^next(?: page)?$|^older(?: posts| entries)?$|^cu hon$/
const moreWords = /^(?:xem|tai|doc) them(?: tin| bai| tin tuc)?$|^load more$|^more$/
/** In this order: › leads to the next page where » leads to the last. */
const nextSigns = ['›', '>', '→', '»', '>>']
const mostPages = 100_000
/** Links of numbers that are looked at; a pager of more is none. */
const mostNumbers = 200

/** How a page's list goes on: by what the page itself says, by words and signs, by numbers. */
export function findPaging(page: PageTree, address: string): Paging {
  const here = resolveLink(address, address)
  const elsewhere = page.links.filter(({ url }) => url !== here && new URL(url).host === new URL(address).host)
  const numbers = numberedLinks(elsewhere)
  const said = page.others.find(({ name, attributes }) => name === 'link' && hasRel(attributes['rel'], 'next'))
  const next =
    resolveLink(said?.attributes['href'] ?? '', page.base) ??
    elsewhere.find(({ element }) => hasRel(element.attributes['rel'], 'next'))?.url ??
    elsewhere.find((link) => labelsOf(link.element).some((label) => nextWords.test(label)))?.url ??
    bySign(elsewhere, numbers) ??
    byNumber(page, numbers, address) ??
    elsewhere.find(
      (link) => labelsOf(link.element).some((label) => moreWords.test(label)) && isNeighbour(link.url, address),
    )?.url ??
    null
  const lastNumber = numbers.reduce<number | null>((last, { number }) => Math.max(last ?? 0, number), null)
  return { next, lastNumber, isScripted: next === null && page.others.some(isScriptedNext) }
}

interface Numbered {
  link: PageLink
  number: number
}

/** Links that show a number alone, among others that do: two by two a pager, alone an ornament. */
function numberedLinks(links: readonly PageLink[]): Numbered[] {
  const numbered = links.flatMap((link) => {
    const number = /^(?:trang\s)?(\d{1,6})$/i.exec(link.text)?.[1]
    return number === undefined || Number(number) > mostPages || Number(number) === 0
      ? []
      : [{ link, number: Number(number) }]
  })
  const around = ({ element }: PageLink): PageElement | null => element.parent?.parent ?? null
  return numbered
    .slice(0, mostNumbers)
    .filter(
      ({ link, number }) =>
        isPager(link.element) ||
        numbered.some((other) => other.number !== number && around(other.link) === around(link)),
    )
}

/** The number after the one the page is at: shown without a link, or marked, or else the first page's. */
function byNumber(page: PageTree, all: readonly Numbered[], address: string): string | null {
  // A list may have a pager above and one below: numbers that no longer grow begin the second.
  const end = all.findIndex(({ number }, at) => at > 0 && number <= (all[at - 1]?.number ?? 0))
  const numbers = end < 0 ? all : all.slice(0, end)
  const first = numbers[0]
  if (first === undefined) return null
  const current = currentNumber(first.link.element, page, numbers, address)
  return numbers.find(({ number }) => number === current + 1)?.link.url ?? null
}

function currentNumber(inPager: PageElement, page: PageTree, numbers: readonly Numbered[], address: string): number {
  const here = resolveLink(address, address)
  const own = page.links.find(({ url, text }) => url === here && /^\d{1,6}$/.test(text))
  if (own !== undefined) return Number(own.text)
  const pager = closest(inPager, (around) => isAroundAll(around, numbers)) ?? inPager
  const linked = new Set(numbers.map(({ number }) => number))
  const words = (shownText(pager) ?? '').split(/[\s|,[\]]+/)
  const unlinked = words.map(Number).find((number) => Number.isInteger(number) && number > 0 && !linked.has(number))
  const smallest = Math.min(...linked)
  // A pager that leaves the first page out is on it.
  return unlinked ?? (smallest === 2 ? 1 : smallest > 1 ? smallest - 1 : 1)
}

/** Whether an element is the one around the pager: it holds all its numbers. */
function isAroundAll(element: PageElement, numbers: readonly Numbered[]): boolean {
  return numbers.every(({ link }) => closest(link.element, (around) => around === element) !== null)
}

function bySign(links: readonly PageLink[], numbers: readonly Numbered[]): string | null {
  for (const sign of nextSigns)
    for (const { element, url, text } of links)
      if (text === sign && (numbers.length > 0 || isPager(element))) return url
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

/** Whether an address differs from the page's own in numbers or a query alone: the same list, further on. */
function isNeighbour(url: string, address: string): boolean {
  const bare = (given: string): string =>
    new URL(given).pathname.replace(/\/?(?:page|trang|p)?[-/]?\d+(?=\/?$|\.\w+$)/i, '')
  return bare(url) === bare(address)
}

function isScriptedNext({ name, attributes, ...element }: PageElement): boolean {
  if (name !== 'a') return false
  const action = `${attributes['href'] ?? ''} ${attributes['onclick'] ?? ''}`
  const labels = labelsOf({ name, attributes, ...element })
  const isNext = labels.some((label) => nextWords.test(label) || moreWords.test(label) || nextSigns.includes(label))
  return isNext || (/__doPostBack|paging|page/i.test(action) && labels.some((label) => /^\d{1,6}$/.test(label)))
}

function labelsOf(element: PageElement): string[] {
  const given = [shownText(element), element.attributes['title'], element.attributes['aria-label']]
  return given.map((text) =>
    fold(collapseWhitespace(text ?? '') ?? '')
      .replace(/\s*[›»>→]+$/u, (signs) => (signs === text ? signs : ''))
      .trim(),
  )
}

function hasRel(rel: string | undefined, wanted: string): boolean {
  return rel !== undefined && rel.toLowerCase().split(/\s+/).includes(wanted)
}
