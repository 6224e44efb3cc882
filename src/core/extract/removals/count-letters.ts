import { isBlockElement, isElement } from '../html/elements'
import { nonContentElements } from '../html/measure-elements'

/**
 * Returns the number of characters in a text that are not white space. This number does not change if a step joins or
 * splits lines.
 */
export function countLetters(text: string): number {
  return text.replace(/\s+/gu, '').length
}

/** Returns the number of characters in a node that are not white space, without code and labels of controls. */
export function countNodeLetters(node: Node): number {
  if (node.nodeType === 3) return countLetters(node.textContent ?? '')
  if (!isElement(node) || nonContentElements.has(node.localName)) return 0
  let sum = 0
  for (let inner = node.firstChild; inner !== null; inner = inner.nextSibling) sum += countNodeLetters(inner)
  return sum
}

/** Minimum number of characters in a line of prose. */
const minProse = 60
/** Maximum share of the characters of a line of prose that are in links. */
const maxLinkShare = 0.5

/** Returns the number of characters in lines of prose below an element, without white space. */
export function countProseLetters(root: Element): number {
  let [sum, length, letters, linked] = [0, 0, 0, 0]
  const endLine = (): void => {
    if (length >= minProse && linked < length * maxLinkShare) sum += letters
    length = 0
    letters = 0
    linked = 0
  }
  const walk = (parent: Element, isInLink: boolean): void => {
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (node.nodeType === 3) {
        const text = (node.textContent ?? '').replace(/\s+/gu, ' ')
        length += text.trim().length
        letters += countLetters(text)
        if (isInLink) linked += text.trim().length
      } else if (isElement(node) && !nonContentElements.has(node.localName)) {
        const isLine = isBlockElement(node)
        if (isLine) endLine()
        walk(node, isInLink || node.localName === 'a')
        if (isLine) endLine()
      }
    }
  }
  walk(root, false)
  endLine()
  return sum
}
