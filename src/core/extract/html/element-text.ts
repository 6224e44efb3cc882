import { isBlockElement, isBreak, isElement } from './elements'

/** Returns the text of a run of nodes with white space folded. A line break counts as a blank. */
export function readText(nodes: readonly Node[]): string {
  return (
    nodes
      .map(readNodeText)
      .join('')
      // U+FEFF is white space in JavaScript, but it does not separate words.
      .replace(/[^\S\u00a0\ufeff]+/gu, ' ')
      .trim()
  )
}

/**
 * Returns the text of a labelled element. Sometimes only styles separate its parts ("<span>Hà Nội</span>Sáng nay …").
 * Therefore a blank is added between the parts if one ends with a small letter and the next begins with a capital.
 */
export function readLabelledText(element: Element): string {
  const parts = [...element.childNodes].map((node) => readText([node]))
  const raw = [...element.childNodes].map((node) => node.textContent ?? '')
  const isGlued = raw.some(
    (text, at) =>
      isElement(element.childNodes[at]) && /\p{Ll}\p{M}*$/u.test(text) && /^\p{Lu}/u.test(raw[at + 1] ?? ''),
  )
  return isGlued ? parts.filter((part) => part !== '').join(' ') : readText([element])
}

/** Adds blanks at line breaks and at the edges of blocks, so that words do not run together. */
function readNodeText(node: Node): string {
  if (!isElement(node)) return node.nodeType === 3 ? (node.textContent ?? '') : ''
  if (isBreak(node)) return ' '
  if (node.firstElementChild === null) return node.textContent ?? ''
  const text = [...node.childNodes].map(readNodeText).join('')
  return isBlockElement(node) ? ` ${text} ` : text
}

/** Returns the length of the text in `box` before the element inside it. */
export function measureTextBefore(box: Element, inner: Element): number {
  let length = 0
  for (let at: Element | null = inner; at !== null && at !== box; at = at.parentElement)
    for (let before = at.previousSibling; before !== null; before = before.previousSibling)
      length += (before.textContent ?? '').trim().length
  return length
}

/** Returns the text of an element with white space folded, and an empty text if there is no element. */
export function readFoldedText(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim()
}
