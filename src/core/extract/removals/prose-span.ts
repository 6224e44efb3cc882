import { isBlockElement, isElement } from '../html/elements'
import { nonContentElements } from '../html/measure-elements'

/** A line with at least this much text outside links is prose. */
const minProse = 60
const maxLinkShare = 0.5

/** Where the prose of a tree begins and ends, and where each element is. */
export interface ProseSpan {
  /** Whether the element stands wholly above the first or below the last line of prose. */
  isAtEdge(element: Element): boolean
}

/**
 * Finds the first and the last line of prose below a root. `isSkipped` tells which elements do not count, such as cards
 * and comments. One walk, in page order. `htmlLimits.maxDepth` bounds the recursion.
 */
export function findProseSpan(root: Element, isSkipped: (element: Element) => boolean = () => false): ProseSpan {
  const places = new Map<Element, { start: number; end: number }>()
  let [position, length, linked, first, last] = [0, 0, 0, Infinity, -1]
  const endLine = (): void => {
    if (length >= minProse && linked < length * maxLinkShare) {
      first = Math.min(first, position)
      last = position
    }
    length = 0
    linked = 0
    position += 1
  }
  const walk = (parent: Element, isInLink: boolean, isOut: boolean): void => {
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (!isElement(node)) {
        if (node.nodeType !== 3 || isOut) continue
        const { length: added } = (node.textContent ?? '').replace(/\s+/gu, ' ').trim()
        length += added
        if (isInLink) linked += added
        continue
      }
      if (nonContentElements.has(node.localName)) continue
      const isLine = isBlockElement(node)
      if (isLine) endLine()
      const start = position
      walk(node, isInLink || node.localName === 'a', isOut || isSkipped(node))
      if (isLine) endLine()
      places.set(node, { start, end: isLine ? position - 1 : position })
    }
  }
  walk(root, false, false)
  endLine()
  return {
    isAtEdge(element) {
      const place = places.get(element)
      return place !== undefined && (place.end < first || place.start > last)
    },
  }
}
