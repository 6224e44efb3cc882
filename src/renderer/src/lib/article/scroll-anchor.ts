/**
 * The block at the top of the view, and the position of this block. After a change of the layout, the block returns to
 * this position.
 */
export interface ScrollAnchor {
  block: HTMLElement
  /** The distance of the block's top edge from the top of the view, in px. */
  top: number
  /**
   * The first character in view, if the block begins far above the view. In this case the anchor is the character
   * instead of the block's top edge.
   */
  character: { node: Text; offset: number; top: number } | null
}

/**
 * Maximum distance between the beginning of a block and the top of the view, as a share of the view's height. If the
 * block begins further above the view, the anchor is a character.
 */
const deepShare = 0.6

/**
 * Returns the blocks of an article in reading order: title, summary, each element of the body, author, and the boxes
 * below the text.
 */
export function blocksOf(article: HTMLElement): HTMLElement[] {
  return [...article.children].flatMap((child) => {
    const parts = child.classList.contains('body') ? [...child.children] : [child]
    // The frame has its own HTMLElement class, so `instanceof` returns false with this window's class.
    return parts as HTMLElement[]
  })
}

/** Finds the block at the top of the view. Returns null in an empty article. */
export function captureScrollAnchor(frame: Document, article: HTMLElement): ScrollAnchor | null {
  const block = blocksOf(article).find((candidate) => candidate.getBoundingClientRect().bottom > 1)
  if (block === undefined) return null
  const { top } = block.getBoundingClientRect()
  const isDeep = top < -deepShare * frame.documentElement.clientHeight
  return { block, top, character: isDeep ? firstCharacter(frame, block) : null }
}

/** Scrolls the anchor back to its position in the view. Returns how many px the anchor had moved. */
export function restoreScrollAnchor(frame: Document, { block, top, character }: ScrollAnchor): number {
  const now = character === null ? block.getBoundingClientRect().top : characterTop(frame, character)
  const delta = now - (character?.top ?? top)
  if (Math.abs(delta) >= 0.5) frame.documentElement.scrollTop += delta
  return delta
}

function firstCharacter(frame: Document, block: HTMLElement): ScrollAnchor['character'] {
  const { left, width } = block.getBoundingClientRect()
  const caret = frame.caretPositionFromPoint(left + Math.min(8, width / 2), 4)
  if (caret?.offsetNode.nodeType !== 3) return null
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
