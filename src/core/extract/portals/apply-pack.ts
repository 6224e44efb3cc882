import { isElement, textOfNodes } from '../blocks'
import type { Pack } from './pack'

/** What a pack finds on a page; null where it has no selector or the page has no such part. */
export interface PackParts {
  title: string | null
  summary: string | null
  author: string | null
  /** The words of the date, or the machine's form of it. */
  date: string | null
  source: string | null
  /** The element with the body: the one with most text. */
  body: Element | null
}

const longestTitle = 400
const longestLabel = 300

/** The first pack whose signs are on the page; `host` is the page's, null where unknown. */
export function matchPack(packs: readonly Pack[], page: Element, host: string | null): Pack | null {
  const names = namesOn(page)
  return (
    packs.find(
      ({ match: { any, hosts } }) =>
        (hosts === undefined ||
          host === null ||
          hosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`))) &&
        any.some((selector) => mayMatch(selector, names) && page.querySelector(selector) !== null),
    ) ?? null
  )
}

/** Reads the parts a pack names; to be called before boxes are removed. */
export function readParts(pack: Pack, page: Element): PackParts {
  const first = (selectors: readonly string[] | undefined, longest: number): string | null => {
    for (const selector of selectors ?? []) {
      const element = page.querySelector(selector)
      const text = element === null ? '' : textOfNodes([element])
      if (text !== '' && text.length <= longest) return text
    }
    return null
  }
  return {
    title: first(pack.title, longestTitle),
    summary: first(pack.summary, 3000),
    author: first(pack.author, longestLabel),
    date: dateOf(pack, page),
    source:
      first(pack.source, longestLabel)
        ?.replace(/^\(?nguồn(?:\s+tin)?\s*:?\s*/iu, '')
        .replace(/\)$/u, '') ?? null,
    body: bodyOf(pack, page),
  }
}

function dateOf({ date }: Pack, page: Element): string | null {
  for (const selector of date ?? [])
    for (const element of page.querySelectorAll(selector)) {
      const machine = element.getAttribute('datetime') ?? element.getAttribute('content')
      const text = textOfNodes([element])
      const found = [machine, text].find((value) => value !== null && /\d/.test(value) && value.length <= longestLabel)
      if (found !== undefined) return found
    }
  return null
}

function bodyOf({ body }: Pack, page: Element): Element | null {
  for (const selector of body ?? []) {
    const filled = [...page.querySelectorAll(selector)]
      .map((element) => ({ element, length: (element.textContent ?? '').trim().length }))
      .filter(({ length, element }) => length > 0 || element.querySelector('img') !== null)
      .sort((a, b) => b.length - a.length)
    if (filled[0] !== undefined) return filled[0].element
  }
  return null
}

/** Every class and id of a page: most packs are ruled out by these alone. */
function namesOn(page: Element): Set<string> {
  const names = new Set<string>()
  for (const element of page.querySelectorAll('*')) {
    if (!isElement(element)) continue
    const id = element.getAttribute('id')
    if (id !== null) names.add(`#${id}`)
    const classes = element.getAttribute('class')
    if (classes !== null) for (const name of classes.split(/\s+/)) names.add(`.${name}`)
  }
  return names
}

function mayMatch(selector: string, names: ReadonlySet<string>): boolean {
  const required = selector.replace(/:not\([^)]*\)|\[[^\]]*\]/g, '').match(/[.#][\w-]+/g) ?? []
  return selector.includes(',') || required.every((name) => names.has(name))
}
