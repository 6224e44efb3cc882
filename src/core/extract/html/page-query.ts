/** Runs queries on a page. Packs bring many selectors, and few of them match anything on a given page. */
export interface PageQuery {
  /** Returns the elements that match at least one of the selectors, in page order. */
  all(selectors: readonly string[]): Element[]
  /** Returns the first element that matches the selector. Returns null if no element matches. */
  first(selector: string): Element | null
}

/**
 * Creates the query functions of a page. First collects every class and id on the page. A selector that needs another
 * class or id cannot match and is not run, which saves nine of ten queries. Elements that are removed later are no
 * longer found. Elements that are added later may be missed.
 */
export function createPageQuery(page: Element): PageQuery {
  const names = new Set<string>()
  for (const element of page.querySelectorAll('*')) {
    const id = element.getAttribute('id')
    if (id !== null) names.add(`#${id}`)
    const classes = element.getAttribute('class')
    if (classes !== null) for (const name of classes.split(/\s+/)) names.add(`.${name}`)
  }
  // A list of selectors ("a, b") is always run, because one matching part of the list is enough.
  const mayMatch = (selector: string): boolean =>
    selector.includes(',') || findNeededNames(selector).every((name) => names.has(name))
  return {
    all(selectors) {
      const possible = selectors.filter(mayMatch)
      return possible.length === 0 ? [] : [...page.querySelectorAll(possible.join(', '))]
    },
    first: (selector) => (mayMatch(selector) ? page.querySelector(selector) : null),
  }
}

/** Returns the classes and ids that an element must have to match a selector. */
function findNeededNames(selector: string): string[] {
  return (
    selector
      .replace(/\[[^\]]*\]/g, '')
      .replace(/:[\w-]+\([^)]*\)/g, '')
      .match(/[.#][\w-]+/g) ?? []
  )
}
