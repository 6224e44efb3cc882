import { isInCard } from '../fields/labels/beside-article'
import { readLabelledText } from '../html/element-text'
import type { PageQuery } from '../html/page-query'
import type { Pack } from './pack'

/**
 * The parts of a page that a pack found. A part is null if the pack has no selector for it, or if its selectors find
 * nothing on the page.
 */
export interface PackParts {
  title: string | null
  summary: string | null
  author: string | null
  /** The date in a machine-readable form (from an attribute), or the visible text of the date. */
  date: string | null
  source: string | null
  /** The element with the body. If several elements match, the one with the most text is used. */
  body: Element | null
}

const noParts: PackParts = { title: null, summary: null, author: null, date: null, source: null, body: null }
const maxTitleLength = 400
const maxLabelLength = 300

/**
 * Returns the first pack that matches the page, or null if no pack matches. `host` is the host of the page, or null if
 * the host is not known.
 */
export function matchPack(packs: readonly Pack[], page: PageQuery, host: string | null): Pack | null {
  return (
    packs.find(
      ({ match: { any, hosts } }) =>
        (hosts === undefined ||
          host === null ||
          hosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`))) &&
        any.some((selector) => page.first(selector) !== null),
    ) ?? null
  )
}

/**
 * Reads the parts of a page with the selectors of a pack. All parts are null if `pack` is null. The caller must call
 * this function before it removes boxes.
 */
export function readPackParts(pack: Pack | null, page: PageQuery): PackParts {
  if (pack === null) return noParts
  const body = findLargestBody(pack, page)
  // Lists of other articles use the same names for the parts of each card.
  const isOwn = (element: Element): boolean => !isInCard(element, body)
  const first = (
    selectors: readonly string[] | undefined,
    maxLength: number,
    isRight: (element: Element) => boolean = isOwn,
  ): string | null => {
    for (const selector of selectors ?? []) {
      const element = page.all([selector]).find(isRight)
      const text = element === undefined ? '' : readLabelledText(element)
      if (text !== '' && text.length <= maxLength) return text
    }
    return null
  }
  return {
    title: first(pack.title, maxTitleLength),
    summary: first(pack.summary, 3000, (element) => isOwn(element) && !isBelow(element, body)),
    author: first(pack.author, maxLabelLength),
    date: findPackDate(pack, page, isOwn),
    source:
      first(pack.source, maxLabelLength)
        ?.replace(/^\(?nguồn(?:\s+tin)?\s*:?\s*/iu, '')
        .replace(/\)$/u, '') ?? null,
    body,
  }
}

/** Returns the body that a pack found. Returns null if a later step removed or emptied that element. */
export function findPackBody({ body: found }: PackParts, body: Element): Element | null {
  if (found === null || !body.contains(found)) return null
  return (found.textContent ?? '').trim() === '' && found.querySelector('img, a[href]') === null ? null : found
}

/** Whether an element stands below the body, where a summary cannot stand. */
function isBelow(element: Element, body: Element | null): boolean {
  if (body === null || body.contains(element)) return false
  let outer = element
  while (outer.parentElement !== null && !outer.parentElement.contains(body)) outer = outer.parentElement
  for (let before = outer.previousElementSibling; before !== null; before = before.previousElementSibling)
    if (before.contains(body)) return true
  return false
}

function findPackDate({ date }: Pack, page: PageQuery, isOwn: (element: Element) => boolean): string | null {
  for (const selector of date ?? [])
    for (const element of page.all([selector])) {
      if (!isOwn(element)) continue
      const machine = element.getAttribute('datetime') ?? element.getAttribute('content')
      const text = readLabelledText(element)
      const found = [machine, text].find(
        (value) => value !== null && /\d/.test(value) && value.length <= maxLabelLength,
      )
      if (found !== undefined) return found
    }
  return null
}

function findLargestBody({ body }: Pack, page: PageQuery): Element | null {
  for (const selector of body ?? []) {
    const filled = [...page.all([selector])]
      .map((element) => ({ element, length: (element.textContent ?? '').trim().length }))
      .filter(({ length, element }) => length > 0 || element.querySelector('img') !== null)
      .sort((a, b) => b.length - a.length)
    if (filled[0] !== undefined) return filled[0].element
  }
  return null
}
