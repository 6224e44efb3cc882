import { isBlockElement, isBreak, isElement } from './elements'

/** Text of a run of nodes, white space folded; line breaks as blanks. */
export function readText(nodes: readonly Node[]): string {
  return (
    nodes
      .map(readNodeText)
      .join('')
      // U+FEFF counts as white space to JavaScript, but parts no words.
      .replace(/[^\S\u00a0\ufeff]+/gu, ' ')
      .trim()
  )
}

/**
 * Text of a place that pages label. Styles part what their elements do not ("<span>Hà Nội</span>Sáng nay …"): a small
 * letter that an element ends with and a capital right after it belong to different words.
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

/** Words on either side of a line break or of a block's edge never run together. */
function readNodeText(node: Node): string {
  if (!isElement(node)) return node.nodeType === 3 ? (node.textContent ?? '') : ''
  if (isBreak(node)) return ' '
  if (node.firstElementChild === null) return node.textContent ?? ''
  const text = [...node.childNodes].map(readNodeText).join('')
  return isBlockElement(node) ? ` ${text} ` : text
}

/** How much text a box holds before one of the elements in it. */
export function measureTextBefore(box: Element, inner: Element): number {
  let length = 0
  for (let at: Element | null = inner; at !== null && at !== box; at = at.parentElement)
    for (let before = at.previousSibling; before !== null; before = before.previousSibling)
      length += (before.textContent ?? '').trim().length
  return length
}

/** Text of an element, white space folded; empty if there is no element. */
export function readFoldedText(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim()
}
