import { readLabelledText } from '../html/element-text'
import type { PageQuery } from '../html/page-query'

/** Texts of elements that pages label by class or attribute. */
export interface LabelledElements {
  /** Returns the texts of title elements, in the page's order. */
  titles(accept: (text: string, element: Element) => boolean): string[]
  /** Returns the first accepted text below the title, else the nearest one above it. Returns null if there is none. */
  first(selectors: readonly string[], accept: (text: string) => boolean): string | null
}

/**
 * Finds the labelled elements of a page. Pages use the same labels elsewhere too, for example for today's date in the
 * head, or for summaries in lists of other articles. Therefore the nearest element below the title is used.
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
