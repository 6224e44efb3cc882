import { readLabelledText } from '../html/element-text'
import type { PageQuery } from '../html/page-query'
import { isBesideArticle } from './labels/beside-article'

/** Reads the texts of elements whose class or attribute names their role. */
export interface LabelledElements {
  /** Returns the accepted texts of the elements that match a title selector, in page order. */
  titles(accept: (text: string, element: Element) => boolean): string[]
  /**
   * Returns the elements that match the selectors and are beside the article. An element inside another such element is
   * left out.
   */
  beside(selectors: readonly string[]): Element[]
  /**
   * Returns the elements whose values are accepted: first those below the title, then those above the title, each time
   * from the nearest one. `read` returns the value of an element. Without `read`, the value is the text.
   */
  all(
    selectors: readonly string[],
    accept: (value: string) => boolean,
    read?: (element: Element) => string,
  ): { element: Element; value: string }[]
}

/**
 * Finds the labelled elements of a page. Pages also use the same labels for other things, such as the current date in
 * the page header or the summaries of other articles. Therefore the nearest element below the title comes first, and
 * elements beside the article are left out. `isTitle` returns whether a title may be the one of the article.
 */
export function findLabelledElements(
  page: PageQuery,
  titleSelectors: readonly string[],
  isTitle: (text: string, element: Element) => boolean,
): LabelledElements {
  const titles = page.all(titleSelectors).map((element) => ({ element, text: readLabelledText(element) }))
  const title = titles.find(({ element, text }) => text !== '' && isTitle(text, element))?.element ?? null
  return {
    titles: (accept) =>
      titles.filter(({ element, text }) => text !== '' && accept(text, element)).map(({ text }) => text),
    beside(selectors) {
      const found = page.all(selectors).filter((element) => isBesideArticle(element, title))
      const all = new Set(found)
      return found.filter((element) => {
        for (let box = element.parentElement; box !== null; box = box.parentElement) if (all.has(box)) return false
        return true
      })
    },
    all(selectors, accept, read = readLabelledText) {
      const matches = new Set(page.all(selectors))
      if (matches.size === 0) return []
      let isBelow = false
      const above: { element: Element; value: string }[] = []
      const below: { element: Element; value: string }[] = []
      for (const element of title === null ? matches : page.all([...titleSelectors, ...selectors])) {
        isBelow ||= element === title
        const value = matches.has(element) ? read(element) : ''
        if (value === '' || !accept(value) || isBesideArticle(element, title)) continue
        if (isBelow) below.push({ element, value })
        else above.unshift({ element, value })
      }
      return [...below, ...above]
    },
  }
}
