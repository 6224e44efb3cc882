import { isElement } from './elements'
import { isFileAddress } from './file-address'

/** Lengths of the text in an element, in characters. A run of white space counts as one character. */
export interface Measure {
  /** All text. */
  text: number
  /** Text in links. Links to files are not counted. */
  linked: number
  /** Text directly in the element, not in a child. */
  own: number
  /** Text in paragraphs that are long enough and have few links. */
  prose: number
  hasBlocks: boolean
  hasBreaks: boolean
}

/** Elements that are never content, because their text is code, a fallback or the label of a control. */
export const nonContentElements = new Set(
  'script style link meta noscript template iframe object embed button input select textarea svg canvas audio video dialog xml'.split(
    ' ',
  ),
)
const innerBlocks = new Set('p div table ul ol dl section article blockquote h1 h2 h3 h4 h5 h6 figure pre'.split(' '))
const textBlocks = new Set('p td dd pre blockquote li div section article font span center'.split(' '))
const minProse = 60
const maxLinkDensity = 0.4
/** The measure of an element without text. */
export const emptyMeasure: Measure = { text: 0, linked: 0, own: 0, prose: 0, hasBlocks: false, hasBreaks: false }

/** Measures a root and every element below the root, in one walk. `htmlLimits.maxDepth` bounds the recursion. */
export function measureElements(root: Element): Map<Element, Measure> {
  const sizes = new Map<Element, Measure>()
  const visit = (element: Element): Measure => {
    const size = { ...emptyMeasure }
    sizes.set(element, size)
    if (nonContentElements.has(element.localName)) return size
    let inProse = 0
    for (let node = element.firstChild; node !== null; node = node.nextSibling) {
      if (node.nodeType === 3) size.own += measureText(node.textContent ?? '')
      if (!isElement(node)) continue
      const inner = visit(node)
      size.text += inner.text
      size.linked += isNavigation(node) ? inner.text : inner.linked
      inProse += inner.prose
      size.hasBlocks ||= inner.hasBlocks || innerBlocks.has(node.localName)
      size.hasBreaks ||= inner.hasBreaks || node.localName === 'br'
    }
    size.text += size.own
    size.prose = size.hasBlocks ? inProse + (size.own >= minProse ? size.own : 0) : measureProse(element, size)
    return size
  }
  visit(root)
  return sizes
}

/** Returns which share of the text is in links, from 0 to 1. Links to files do not count. */
export function measureLinkDensity({ text, linked }: Pick<Measure, 'text' | 'linked'>): number {
  return text === 0 ? 0 : linked / text
}

function measureProse(element: Element, size: Measure): number {
  const reads = textBlocks.has(element.localName) && size.text >= minProse && measureLinkDensity(size) < maxLinkDensity
  return reads ? size.text - size.linked : 0
}

function isNavigation(element: Element): boolean {
  return element.localName === 'a' && !isFileAddress(element.getAttribute('href') ?? '')
}

function measureText(text: string): number {
  return text.replace(/\s+/gu, ' ').trim().length
}
