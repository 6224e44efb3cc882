import { isBlockElement, isBreak, isElement } from './elements'

/**
 * Returns the text of a sequence of nodes. Each run of white space becomes one space, and a line break counts as white
 * space. No-break spaces stay.
 */
export function readText(nodes: readonly Node[]): string {
  return (
    nodes
      .map(readNodeText)
      .join('')
      // U+FEFF is removed separately, because JavaScript treats it as white space although it does not separate words.
      .replace(/[^\S\u00a0\ufeff]+/gu, ' ')
      .trim()
  )
}

/**
 * Returns the text of a labelled element. In such an element, two parts may have only a style and no space between them
 * ("<span>Hà Nội</span>Sáng nay …"). The parts are joined with a space if the first part ends with a lower-case letter
 * and the next part begins with a capital letter.
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

/** Returns the text of a node. A space stands for each line break and around each block, so that words stay apart. */
function readNodeText(node: Node): string {
  if (!isElement(node)) return node.nodeType === 3 ? (node.textContent ?? '') : ''
  if (isBreak(node)) return ' '
  if (node.firstElementChild === null) return node.textContent ?? ''
  const text = [...node.childNodes].map(readNodeText).join('')
  return isBlockElement(node) ? ` ${text} ` : text
}

/** Returns the length of the text in `box` that stands before `inner`, an element inside `box`. */
export function measureTextBefore(box: Element, inner: Element): number {
  let length = 0
  for (let at: Element | null = inner; at !== null && at !== box; at = at.parentElement)
    for (let before = at.previousSibling; before !== null; before = before.previousSibling)
      length += (before.textContent ?? '').trim().length
  return length
}

/**
 * Returns the text of an element, with one space in the place of each run of white space. Returns an empty text if the
 * element is null.
 */
export function readFoldedText(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim()
}
