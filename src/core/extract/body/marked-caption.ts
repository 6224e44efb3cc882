import { isCredited } from '../fields/captions'
import type { Block } from '../html/blocks'
import { readText } from '../html/element-text'
import { isElement } from '../html/elements'

/** Maximum number of characters in a caption. */
export const maxCaptionLength = 400
const captionName =
  /caption|chu-?thich|photo-?credit|image-?credit|img-?credit|image-?source|media-?credit|pic-?note|photo-?desc|image-?desc|img-?desc|note-?img/i
/** Maximum number of characters in a box with a class name for captions. A box with a longer text is a gallery. */
const maxCaptionBoxLength = 700

/** Returns the text of the block below a picture if the text is marked as a caption. Otherwise returns null. */
export function readCaptionBelow(block: Block | undefined): string | null {
  if (block?.kind !== 'paragraph') return null
  const text = readText(block.nodes)
  return text !== '' && text.length <= maxCaptionLength && isMarkedCaption(block.nodes, text) ? text : null
}

/**
 * Whether a text is marked as a caption. A caption is in italics, is centred, contains a credit ("Ảnh: …"), is in a box
 * with a class name for captions, or is in a box that contains only this text and a picture.
 */
export function isMarkedCaption(nodes: readonly Node[], text: string): boolean {
  const filled = nodes.filter((node) => (node.textContent ?? '').trim() !== '')
  const isAllItalic = filled.length > 0 && filled.every((node) => isElement(node) && isItalic(node))
  const parent = nodes[0]?.parentElement ?? null
  // The class name and style of the parent are checked only if the parent contains no other paragraph.
  const isOwn = parent !== null && readText([parent]).length <= text.length * 1.2 + 20
  const names = isOwn ? ['class', 'style', 'align'].map((name) => parent.getAttribute(name) ?? '').join(' ') : ''
  return (
    isAllItalic || isInPictureBox(parent, text) || captionName.test(names) || /center/i.test(names) || isCredited(text)
  )
}

/**
 * Whether a text is in a box that contains only a picture and this text. An element around the box must contain at
 * least twice as much text.
 */
function isInPictureBox(parent: Element | null, text: string): boolean {
  const box = parent?.querySelector('img') === null ? parent.parentElement : parent
  // A paragraph that contains a picture is not a picture box.
  if (box === null || box.localName === 'p' || box.localName === 'body' || box.querySelector('img') === null)
    return false
  if (readText([box]).length > text.length + 2) return false
  let around = box.parentElement
  while (around !== null && measureText(around) <= text.length + 5) around = around.parentElement
  return around !== null && measureText(around) > text.length * 2
}

function measureText(element: Element): number {
  return (element.textContent ?? '').trim().length
}

function isItalic(element: Element): boolean {
  const text = (element.textContent ?? '').trim()
  if (['em', 'i', 'small'].includes(element.localName)) return true
  const inner = element.querySelector('em, i, small')
  return inner !== null && (inner.textContent ?? '').trim().length >= text.length * 0.8
}

/**
 * Returns the text of a block that has a class name for captions or is a `figcaption`, even if no picture is near.
 * Returns null for other blocks.
 */
export function readNamedCaption(block: Block): string | null {
  if (block.kind === 'whole') {
    if (block.element.localName !== 'figure' || block.element.querySelector('table, pre, blockquote') !== null)
      return null
    const caption = block.element.querySelector('figcaption')
    return caption === null ? null : readText([caption]) || null
  }
  const text = readText(block.nodes)
  if (text === '' || text.length > maxCaptionLength) return null
  const filled = block.nodes.filter((node) => (node.textContent ?? '').trim() !== '')
  let box = filled.length === 1 && isElement(filled[0]) ? filled[0] : (block.nodes[0]?.parentElement ?? null)
  for (let level = 0; level < 4 && box !== null; level++) {
    const names = `${box.getAttribute('class') ?? ''} ${box.getAttribute('id') ?? ''}`
    if (box.localName === 'figcaption' || captionName.test(names))
      return readText([box]).length <= maxCaptionBoxLength ? text : null
    box = box.parentElement
  }
  return null
}
