import { isCredited } from '../fields/captions'
import type { Block } from '../html/blocks'
import { readText } from '../html/element-text'
import { isElement } from '../html/elements'

/** Captions have at most this length. */
export const maxCaptionLength = 400
const captionName =
  /caption|chu-?thich|photo-?credit|image-?credit|img-?credit|image-?source|media-?credit|pic-?note|photo-?desc|image-?desc|img-?desc|note-?img/i
/** A box named after captions holds more than this where it is the gallery itself. */
const maxCaptionBoxLength = 700

/** A short paragraph under a picture that looks like a caption or calls itself one. */
export function readCaptionBelow(block: Block | undefined): string | null {
  if (block?.kind !== 'paragraph') return null
  const text = readText(block.nodes)
  return text !== '' && text.length <= maxCaptionLength && isMarkedCaption(block.nodes, text) ? text : null
}

/** In italics, centred, named as captions are, or with its author ("Ảnh: …"). */
export function isMarkedCaption(nodes: readonly Node[], text: string): boolean {
  const filled = nodes.filter((node) => (node.textContent ?? '').trim() !== '')
  const isSlanted = filled.length > 0 && filled.every((node) => isElement(node) && isItalic(node))
  const parent = nodes[0]?.parentElement ?? null
  // A box that holds only this paragraph speaks for it; a whole column of text does not.
  const isOwn = parent !== null && readText([parent]).length <= text.length * 1.2 + 20
  const names = isOwn ? ['class', 'style', 'align'].map((name) => parent.getAttribute(name) ?? '').join(' ') : ''
  return (
    isSlanted || isInPictureBox(parent, text) || captionName.test(names) || /center/i.test(names) || isCredited(text)
  )
}

/** A box that holds a picture and this text, and is a small part of what is around it. */
function isInPictureBox(parent: Element | null, text: string): boolean {
  const box = parent?.querySelector('img') === null ? parent.parentElement : parent
  // A picture may stand at a paragraph's beginning.
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

/** The text of a block that calls itself a caption, wherever it stands. */
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
