import { readLabelledText } from '../html/element-text'
import type { PageQuery } from '../html/page-query'

/** Reads the texts of elements whose class or attribute names their role. */
export interface LabelledElements {
  /** Returns the accepted texts of the elements that match a title selector, in page order. */
  titles(accept: (text: string, element: Element) => boolean): string[]
  /**
   * Returns the first accepted text below the title. If there is none, returns the nearest accepted text above the
   * title. Returns null if no text is accepted.
   */
  first(selectors: readonly string[], accept: (text: string) => boolean): string | null
}

/**
 * Finds the labelled elements of a page. Pages also use the same labels for other things, such as the current date in
 * the page header or the summaries of other articles. Therefore the nearest element below the title is used.
 */
export function findLabelledElements(page: PageQuery, titleSelectors: readonly string[]): LabelledElements {
  const titles = page.all(titleSelectors)
  return {
    titles: (accept) =>
      titles
        .map((element) => ({ element, text: readLabelledText(element) }))
        .filter(({ element, text }) => text !== '' && accept(text, element))
        .map(({ text }) => text),
    first(selectors, accept) {
      const matches = new Set(page.all(selectors))
      if (matches.size === 0) return null
      const firstTitle = titles[0]
      let isBelow = false
      const above: string[] = []
      for (const element of firstTitle === undefined ? matches : page.all([...titleSelectors, ...selectors])) {
        isBelow ||= element === firstTitle
        const text = matches.has(element) ? readLabelledText(element) : ''
        if (text === '' || !accept(text)) continue
        if (isBelow) return text
        above.unshift(text)
      }
      return above[0] ?? null
    },
  }
}
