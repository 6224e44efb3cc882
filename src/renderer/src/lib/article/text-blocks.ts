/**
 * A selector for the elements that contain a separate text. A match never extends from one such element into the next.
 */
const blocks = 'h1, h2, h3, h4, p, li, dt, dd, td, th, caption, figcaption, pre, blockquote'

/** The text of one block, and a function that maps parts of this text to the document. */
export interface TextBlock {
  text: string
  /** Returns a part of the text as a range of the document. Returns null if the block has no text. */
  range(from: number, to: number): Range | null
}

/** Returns the blocks of an article in reading order, without the source box. */
export function textBlocks(article: HTMLElement): TextBlock[] {
  return [...article.querySelectorAll(blocks)]
    .filter((block) => block.closest('.source-box') === null && block.querySelector(blocks) === null)
    .map(readBlock)
}

function readBlock(block: Element): TextBlock {
  const document = block.ownerDocument
  const nodes: { node: Node; from: number }[] = []
  let text = ''
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    nodes.push({ node, from: text.length })
    text += node.textContent ?? ''
  }
  const pointAt = (at: number): [Node, number] | null => {
    const holder = nodes.findLast(({ from }) => from <= at)
    return holder === undefined ? null : [holder.node, at - holder.from]
  }
  return {
    text,
    range(from, to) {
      const [start, end] = [pointAt(from), pointAt(to - 1)]
      if (start === null || end === null) return null
      const range = document.createRange()
      range.setStart(...start)
      range.setEnd(end[0], end[1] + 1)
      return range
    },
  }
}
