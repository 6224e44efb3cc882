import { type Compound, matchesCompound, parseCompound } from './compound-selector'

/** Runs queries on a page, quickly even if most selectors match nothing. */
export interface PageQuery {
  /** Returns the elements that match at least one of the selectors, in page order. */
  all(selectors: readonly string[]): Element[]
  /** Returns the first element that matches the selector. Returns null if no element matches. */
  first(selector: string): Element | null
}

/**
 * Creates the query functions of a page. First walks the page once and keeps the elements by tag, class and id. A
 * selector with a class or id that is not on the page cannot match and is not run, which saves nine of ten queries. A
 * selector for one element is matched only with the elements that have its class, id or tag. Elements that are removed
 * later are no longer found. Elements that are added later may be missed.
 */
export function createPageQuery(page: Element): PageQuery {
  const elements: Element[] = []
  const places = new Map<Element, number>()
  const named = new Map<string, Element[]>()
  const addName = (name: string, element: Element): void => {
    const known = named.get(name)
    if (known === undefined) named.set(name, [element])
    else if (known.at(-1) !== element) known.push(element)
  }
  const walk = (parent: Element): void => {
    for (let element = parent.firstElementChild; element !== null; element = element.nextElementSibling) {
      places.set(element, elements.length)
      elements.push(element)
      addName(element.localName, element)
      const id = element.getAttribute('id')
      if (id !== null) addName(`#${id}`, element)
      const classes = element.getAttribute('class')
      if (classes !== null) for (const name of classes.split(/\s+/)) addName(`.${name}`, element)
      // The content of a `template` element is left out, because a query does not find it.
      if (element.localName !== 'template') walk(element)
    }
  }
  walk(page)
  const withAttribute = new Map<string, Element[]>()
  const findWithAttribute = (name: string): Element[] => {
    const known = withAttribute.get(name) ?? elements.filter((element) => element.hasAttribute(name))
    withAttribute.set(name, known)
    return known
  }
  const findCandidates = ({ tag, names, attributes }: Compound): readonly Element[] => {
    const key = names[0] ?? tag
    const [attribute] = attributes
    return key !== undefined
      ? (named.get(key) ?? [])
      : attribute === undefined
        ? elements
        : findWithAttribute(attribute.name)
  }
  // A list of selectors ("a, b") is always run, because the list matches if any of its parts matches.
  const mayMatch = (selector: string): boolean =>
    selector.includes(',') || findNeededNames(selector).every((name) => named.has(name))
  const run = (selector: string): Element[] => {
    if (!mayMatch(selector)) return []
    const compound = parseCompound(selector)
    if (compound === null) return [...page.querySelectorAll(selector)]
    return findCandidates(compound).filter((element) => matchesCompound(element, compound) && page.contains(element))
  }
  return {
    all(selectors) {
      const found = selectors.map(run).filter(({ length }) => length > 0)
      if (found.length < 2) return found[0] ?? []
      const place = (element: Element): number => places.get(element) ?? elements.length
      return [...new Set(found.flat())].sort((a, b) => place(a) - place(b))
    },
    first: (selector) => run(selector)[0] ?? null,
  }
}

/** Finds the classes and ids that an element must have to match a selector. */
function findNeededNames(selector: string): string[] {
  return (
    selector
      .replace(/\[[^\]]*\]/g, '')
      .replace(/:[\w-]+\([^)]*\)/g, '')
      .match(/[.#][\w-]+/g) ?? []
  )
}
