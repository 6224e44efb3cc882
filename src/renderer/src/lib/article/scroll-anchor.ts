import { findLastIndex } from '../../../../shared/text/find-last-index'

/**
 * The block at the top of the view, and the position of this block. After a change of the layout, the block returns to
 * this position.
 */
export interface ScrollAnchor {
  block: HTMLElement
  /** The index of the block in {@link blocksOf}. */
  index: number
  /** The distance of the block's top edge from the top of the view, in px. */
  top: number
  /** The share of the block's height that is above the view, from 0 to 1. */
  share: number
  /** The first character in view, if the block begins above the view and has text there. */
  character: { node: Text; offset: number; top: number } | null
}

/** The blocks of each drawn article. Finding them again at each scroll event would take long in a long article. */
const knownBlocks = new WeakMap<HTMLElement, readonly HTMLElement[]>()

/**
 * Returns the blocks of an article in reading order: title, summary, each element of the body, author, and the boxes
 * below the text.
 */
export function blocksOf(article: HTMLElement): readonly HTMLElement[] {
  const known = knownBlocks.get(article)
  if (known !== undefined) return known
  const blocks = [...article.children].flatMap(listBlocks) as HTMLElement[] // the cast is safe: an article is HTML
  knownBlocks.set(article, blocks)
  return blocks
}

function listBlocks(element: Element): Element[] {
  const isGroup = element.classList.contains('body') || element.classList.contains('stretch')
  return isGroup ? [...element.children].flatMap(listBlocks) : [element]
}

/** Finds the block at the top of the view. Returns null in an empty article. */
export function captureScrollAnchor(frame: Document, article: HTMLElement): ScrollAnchor | null {
  const blocks = blocksOf(article)
  const isAboveView = (at: number): boolean => (blocks[at]?.getBoundingClientRect().bottom ?? Infinity) <= 1
  const index = findLastIndex(blocks.length, isAboveView) + 1
  const block = blocks[index]
  if (block === undefined) return null
  const { top, height } = block.getBoundingClientRect()
  const share = height === 0 ? 0 : Math.min(1, Math.max(0, -top / height))
  return { block, index, top, share, character: top < -1 ? firstCharacter(frame, block) : null }
}

/** Scrolls the anchor back to its position in the view. */
export function restoreScrollAnchor(frame: Document, anchor: ScrollAnchor): void {
  const distance = distanceFromAnchor(frame, anchor)
  if (Math.abs(distance) >= 0.5) frame.documentElement.scrollTop += distance
}

/** Returns how many px the anchor is below its position in the view. */
export function distanceFromAnchor(frame: Document, { block, top, share, character }: ScrollAnchor): number {
  if (character !== null) return characterTop(frame, character) - character.top
  const now = block.getBoundingClientRect()
  return top < 0 ? now.top + share * now.height : now.top - top
}

/** Returns the px by which the view must scroll so that a share of a block's height is above the view. */
export function distanceFromShare(block: HTMLElement, share: number): number {
  const { top, bottom, height } = block.getBoundingClientRect()
  // At least two px of the block stay in view. Otherwise the next block would be the block at the top.
  return Math.min(top + share * height, Math.max(top, bottom - 2))
}

function firstCharacter(frame: Document, block: HTMLElement): ScrollAnchor['character'] {
  const { left, width } = block.getBoundingClientRect()
  const caret = frame.caretPositionFromPoint(left + Math.min(8, width / 2), 4)
  if (caret?.offsetNode.nodeType !== 3 || !block.contains(caret.offsetNode)) return null
  // The cast is safe, because nodeType 3 is a text node.
  const found = { node: caret.offsetNode as Text, offset: caret.offset, top: 0 }
  return { ...found, top: characterTop(frame, found) }
}

function characterTop(frame: Document, { node, offset }: { node: Text; offset: number }): number {
  const range = frame.createRange()
  range.setStart(node, Math.min(offset, node.length))
  range.setEnd(node, Math.min(offset + 1, node.length))
  return range.getBoundingClientRect().top
}
