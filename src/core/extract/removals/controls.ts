import { isAttachment } from '../fields/attachments'
import { readFoldedText } from '../html/element-text'
import { isBlockElement } from '../html/elements'
import type { Measure } from '../html/measure-elements'
import { classifyLine, isCommentsHeading } from '../line-kind'

const maxLineLength = 200
const lineBlocks = new Set('p div li ul ol h1 h2 h3 h4 h5 h6 td section span a'.split(' '))

/** Whether an element is a line that contains only controls of the portal, such as "In bài viết" or "Chia sẻ". */
export function isControl(element: Element, { text, hasBlocks }: Measure): boolean {
  if (text === 0 || text > maxLineLength || hasBlocks || !lineBlocks.has(element.localName)) return false
  // An inline element inside a longer line is not a line.
  if ((element.localName === 'span' || element.localName === 'a') && hasTextBeside(element)) return false
  const line = readFoldedText(element)
  if (!/[\p{L}\p{N}]/u.test(line)) return false
  // The heading of comments stays here, because step 11 removes it together with the comments.
  if (isCommentsHeading(line)) return false
  return isControlText(element, line) && !hasAttachment(element)
}

/**
 * Whether all words of a line are labels of controls. Two buttons side by side may have no space between their labels.
 */
function isControlText(element: Element, line: string): boolean {
  if (isControlLine(line)) return true
  if (element.childElementCount < 2) return false
  const parted = [...element.childNodes].map((node) => (node.textContent ?? '').trim()).join(' ')
  return isControlLine(parted.replace(/\s+/gu, ' ').trim())
}

/** Whether a line links to a file. "Tải về" may be the only text of such a link, so such a line stays. */
function hasAttachment(element: Element): boolean {
  return [...element.querySelectorAll('a[href]'), element].some(isAttachment)
}

function isControlLine(line: string): boolean {
  const { kind } = classifyLine(line)
  return kind === 'control' || kind === 'block-title'
}

/** Whether an inline element shares its line with other text. */
function hasTextBeside(element: Element): boolean {
  let line = element.parentElement
  while (line?.parentElement !== null && line?.parentElement !== undefined && !isBlockElement(line))
    line = line.parentElement
  return (line?.textContent ?? '').trim() !== (element.textContent ?? '').trim()
}
