import { fold } from '../../text/fold'
import { readFoldedText } from '../html/element-text'
import { parseAddress } from '../html/resolve-address'
import { type RemovalLog, removalSteps } from '../removals/removal-log'

/** Maximum number of pages of one article (`docs/security.md`). A longer series is a list or a calendar. */
export const maxPages = 20
/** Limits of a box with the numbers of the pages: maximum characters, and maximum levels above the link of a number. */
const pager = { maxText: 160, maxLevels: 3 }
/** The base for a page without an address. No request is ever sent to this host. */
const unknownBase = 'https://page.invalid/'
/** Matches the end of the part of an address that stands before the number of a page. */
const pageWord = /(?:^|[-_/.?&;=])(?:p|pg|page|paged|pagenum|pageno|pageindex|trang|so-?trang)?[-_/=]*$/i

/**
 * Returns the addresses of the further pages of an article that is split into several pages, in their order. A link
 * counts only if its address differs from the address of this page by the number of a page, because most portals also
 * link to another article as the next one. `address` is the address of this page, and `name` is the name of its file if
 * it has no address. Removes the links to the other pages, because they are not a part of the text.
 */
export function takeMorePages(
  document: Document,
  { address, name }: { address: string | null; name: string },
  removals: RemovalLog,
): string[] {
  const current = parseAddress(address ?? encodeURI(name), address === null ? unknownBase : null)
  if (current === null) return []
  const found = new Map<string, { reference: string; number: number }>()
  const controls = new Set<Element>()
  const add = (link: Element): void => {
    const reference = (link.getAttribute('href') ?? '').trim()
    const url = reference === '' || reference.startsWith('#') ? null : parseAddress(reference, current.href)
    if (url === null) return
    url.hash = ''
    const number = readPageNumber(current, url)
    if (number === null) return
    found.set(url.href, { reference: address === null ? reference : url.href, number })
    controls.add(link)
  }
  for (const link of document.querySelectorAll('link[rel~="next"], a[rel~="next"]')) add(link)
  for (const { link, box } of findPagerLinks(document)) {
    add(link)
    controls.add(box)
  }
  for (const control of controls)
    if (control.localName !== 'link') removals.remove(control, removalSteps.boilerplate, 'control')
  const pages = [...found.values()].sort((a, b) => a.number - b.number)
  return pages.length >= maxPages ? [] : pages.map(({ reference }) => reference)
}

/** Finds the links in a row of numbers ("Trang 1 2 3"). The row has a label, or its box is named for pages. */
function findPagerLinks(document: Document): { link: Element; box: Element }[] {
  const numbers = [...document.querySelectorAll('a[href]')].filter((link) => /^\d{1,2}$/.test(readFoldedText(link)))
  return numbers.flatMap((link) => {
    let box = link.parentElement
    for (let level = 0; level < pager.maxLevels && box !== null; level++, box = box.parentElement) {
      const text = readFoldedText(box)
      if (text.length > pager.maxText) return []
      const names = `${box.getAttribute('class') ?? ''} ${box.getAttribute('id') ?? ''}`
      if (/(?:^|[\s(])(?:trang|pages?)(?:[\s:]|$)/i.test(fold(text)) || /pag(?:e|ing|ination)|phan-?trang/i.test(names))
        return box.closest('[class*="comment"], [id*="comment"]') === null ? [{ link, box }] : []
    }
    return []
  })
}

/**
 * Returns the number of a page if its address differs from the current address only by that number. Returns null for
 * any other address, and for a page before the current one.
 */
function readPageNumber(current: URL, next: URL): number | null {
  if (current.host !== next.host) return null
  const [from, to] = [current, next].map((url) => `${url.pathname.replace(/\/$/, '')}${url.search}`)
  if (from === undefined || to === undefined || from === to) return null
  const [own, other] = cutSame(from, to)
  const [, before = '', digits = ''] = /^(.*?)(\d{1,2})$/.exec(other.differs) ?? []
  const number = Number(digits)
  if (digits === '' || number < 2 || number > maxPages) return null
  const lead = `${other.before}${before}`
  if (before.length > 16 || !pageWord.test(lead)) return null
  const ownNumber = /^(?:.{0,16}?\D)?(\d{1,2})$/.exec(own.differs)?.[1]
  if (own.differs === '') return /[-_/.?&=]/.test(before) || /\D$/.test(other.before) ? number : null
  return ownNumber !== undefined && Number(ownNumber) < number ? number : null
}

/** An address without what it has in common with another address, and the common beginning. */
interface Cut {
  before: string
  differs: string
}

/** Cuts off what two addresses have in common in front and behind. A number is not cut in two. */
function cutSame(a: string, b: string): [Cut, Cut] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  while (start > 0 && /\d/.test(a[start - 1] ?? '')) start -= 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  while (end > 0 && /\d/.test(a.at(-end) ?? '')) end -= 1
  const cut = (text: string): Cut => ({ before: text.slice(0, start), differs: text.slice(start, text.length - end) })
  return [cut(a), cut(b)]
}
