import { isBlockElement, isElement } from '../html/elements'
import { nonContentElements } from '../html/measure-elements'

/** Minimum number of characters outside links in a line of prose. */
const minProse = 60
/** Maximum share of the text of a line of prose that is in links. */
const maxLinkShare = 0.5

/** Tells where an element stands between the first and the last line of prose of a tree. */
export interface ProseSpan {
  /** Whether the whole element stands above the first line of prose or below the last line of prose. */
  isAtEdge(element: Element): boolean
}

/**
 * Finds the first and the last line of prose below a root. `isSkipped` tells which elements to ignore, such as cards
 * and comments. The function walks the tree once, in page order. `htmlLimits.maxDepth` limits the recursion.
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
