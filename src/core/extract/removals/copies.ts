import { readFoldedText } from '../html/element-text'
import type { Measure } from '../html/measure-elements'

/** A copy has at least this much prose, and at least this share of the prose on the page. */
const minProse = 200
const minProseShare = 0.2

/**
 * Finds copies of the article in other boxes, for example for narrow screens or for printing. The copy that contains
 * the best block is not in the result. `sizes` must be in page order.
 */
export function findCopies(sizes: ReadonlyMap<Element, Measure>, pageProse: number, best: Element): Element[] {
  const bySize = new Map<number, Element[]>()
  for (const [element, { prose, text }] of sizes)
    if (prose >= Math.max(minProse, pageProse * minProseShare)) bySize.set(text, [...(bySize.get(text) ?? []), element])
  const copies: Element[] = []
  for (const elements of bySize.values()) {
    // A box and the box around it may have the same text. The outer box comes first in page order.
    const outermost: Element[] = []
    for (const element of elements) if (outermost.at(-1)?.contains(element) !== true) outermost.push(element)
    if (outermost.length < 2) continue
    const original = outermost.find((element) => element.contains(best) || best.contains(element)) ?? outermost[0]
    const text = readFoldedText(original ?? null)
    copies.push(...outermost.filter((element) => element !== original && readFoldedText(element) === text))
  }
  return copies
}
