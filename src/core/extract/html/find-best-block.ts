import { measureLinkDensity, type Measure } from './measure-elements'

const textBlocks = new Set('p td dd pre blockquote li div section'.split(' '))
const bodyName = /article|body|content|entry|story|post|text|main|detail|noi-?dung|chi-?tiet/i

/** Maximum number of boxes around one paragraph that are skipped because they hold nothing but one box. */
const maxWrappers = 12

/**
 * Finds the block with most of the text. Each paragraph adds its score to the box around it, and half of that score to
 * the next box. Elements in `skipped`, and all elements inside them, add no score. A box that holds nothing but one box
 * is skipped, because page builders wrap each paragraph in several boxes. Links lower the score of a block.
 */
export function findBestBlock(
  body: Element,
  sizes: ReadonlyMap<Element, Measure>,
  skipped: ReadonlySet<Element> = new Set(),
): Element {
  const scores = new Map<Element, number>()
  const add = (element: Element | null, score: number): void => {
    if (element !== null && sizes.has(element)) scores.set(element, (scores.get(element) ?? 0) + score)
  }
  const apart = new Map<Element, { text: number; linked: number }>()
  let skippedBox = null as Element | null // `as`: TypeScript would narrow the type to null
  for (const [element, size] of sizes) {
    if (skippedBox?.contains(element) === true) continue
    skippedBox = skipped.has(element) ? element : null
    if (skippedBox !== null) addToBoxes(apart, element, size)
    if (skippedBox !== null || !body.contains(element)) continue
    const length = size.hasBlocks ? size.own : size.text
    if (!textBlocks.has(element.localName) || length < 25 || measureLinkDensity(size) > 0.5) continue
    const score = 1 + Math.min(length / 100, 5)
    // Text directly inside a block, such as lines that end with <br>, adds to the score of that block.
    if (size.hasBlocks || size.hasBreaks) add(element, score)
    const box = findBoxAround(element, size, sizes)
    add(box, score)
    add(box === null ? null : findBoxAround(box, sizes.get(box) ?? size, sizes), score / 2)
  }
  let [best, highest] = [body, 0]
  for (const [element, score] of scores) {
    const size = sizes.get(element)
    if (size === undefined) continue
    const name = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
    const { text = 0, linked = 0 } = apart.get(element) ?? {}
    const density = measureLinkDensity({ text: size.text - text, linked: size.linked - linked })
    const weighed = score * (1 - density) * (bodyName.test(name) ? 1.2 : 1)
    if (weighed > highest) [best, highest] = [element, weighed]
  }
  return best === body && skipped.size > 0 ? findBestBlock(body, sizes) : best
}

/** Adds the text of a skipped element to all boxes around it. */
function addToBoxes(apart: Map<Element, { text: number; linked: number }>, element: Element, size: Measure): void {
  const linked = element.localName === 'a' ? size.text : size.linked
  for (let box = element.parentElement; box !== null; box = box.parentElement) {
    const sum = apart.get(box) ?? { text: 0, linked: 0 }
    apart.set(box, { text: sum.text + size.text, linked: sum.linked + linked })
  }
}

/** Finds the next box around an element that holds more text than the element. */
function findBoxAround(element: Element, size: Measure, sizes: ReadonlyMap<Element, Measure>): Element | null {
  let box = element.parentElement
  for (let level = 0; level < maxWrappers && box?.parentElement != null; level++) {
    const around = sizes.get(box)
    if (around === undefined || around.text > size.text) break
    if (!sizes.has(box.parentElement)) break
    box = box.parentElement
  }
  return box
}
