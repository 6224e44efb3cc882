import { readFoldedText } from '../html/element-text'
import type { Measure } from '../html/measure-elements'

/** Minimum characters of prose in a copy of the article. */
const minProse = 200
/** Minimum share of the page's prose in a copy of the article. */
const minProseShare = 0.2

/**
 * Finds the boxes that hold a copy of the article, for example for narrow screens or for printing. The box with the
 * best block (the block with most of the text) is not in the result. `sizes` must be in page order.
 */
export function findCopies(sizes: ReadonlyMap<Element, Measure>, pageProse: number, best: Element): Element[] {
  const bySize = new Map<number, Element[]>()
  for (const [element, { prose, text }] of sizes)
    if (prose >= Math.max(minProse, pageProse * minProseShare)) bySize.set(text, [...(bySize.get(text) ?? []), element])
  const copies: Element[] = []
  for (const elements of bySize.values()) {
    // If a box and the box around it have the same text, only the outer box is taken. The outer box comes first in page
    // order.
    const outermost: Element[] = []
    for (const element of elements) if (outermost.at(-1)?.contains(element) !== true) outermost.push(element)
    if (outermost.length < 2) continue
    const original = outermost.find((element) => element.contains(best) || best.contains(element)) ?? outermost[0]
    const text = readFoldedText(original ?? null)
    copies.push(...outermost.filter((element) => element !== original && readFoldedText(element) === text))
  }
  return copies
}
