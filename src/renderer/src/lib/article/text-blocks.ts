import { findLastIndex } from '../../../../shared/text/find-last-index'

/**
 * A selector for the elements that contain a separate text. A match never extends from one such element into the next.
 */
const blockSelector = 'h1, h2, h3, h4, p, li, dt, dd, td, th, caption, figcaption, pre, blockquote'

/** The text of one block, and a function that maps parts of this text to the document. */
export interface TextBlock {
  text: string
  /** Returns a part of the text as a range of the document. Returns null if the block has no text. */
  range(from: number, to: number): StaticRange | null
}

/** The blocks of each article. A drawn article keeps its text, so the blocks are read only once. */
const known = new WeakMap<HTMLElement, readonly TextBlock[]>()

/** Returns the blocks of an article in reading order, without the source box. */
export function textBlocks(article: HTMLElement): readonly TextBlock[] {
  const before = known.get(article)
  if (before !== undefined) return before
  const sourceBox = article.querySelector('.source-box')
  const elements = [...article.querySelectorAll(blockSelector)]
  const blocks = elements
    // The elements are in reading order, so an element that contains another one contains the next one.
    .filter((element, at) => !element.contains(elements[at + 1] ?? null) && sourceBox?.contains(element) !== true)
    .map(readBlock)
  known.set(article, blocks)
  return blocks
}

function readBlock(block: Element): TextBlock {
  let nodes: readonly TextNode[] | null = null
  return {
    text: block.textContent,
    range(from, to) {
      nodes ??= listTextNodes(block)
      const [start, end] = [nodeAt(nodes, from), nodeAt(nodes, to - 1)]
      const view = block.ownerDocument.defaultView
      if (start === undefined || end === undefined || view === null) return null
      // The document does not update a static range. It would update every other range with each of its changes.
      return new view.StaticRange({
        startContainer: start.node,
        startOffset: from - start.from,
        endContainer: end.node,
        endOffset: to - end.from,
      })
    },
  }
}

/** A text node, and the offset of its first character in the text of the block. */
interface TextNode {
  node: Text
  from: number
}

function listTextNodes(block: Element): TextNode[] {
  const nodes: TextNode[] = []
  const walker = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  let from = 0
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    // The cast is safe, because the walker returns text nodes only.
    const text = node as Text
    nodes.push({ node: text, from })
    from += text.length
  }
  return nodes
}

/** Returns the last node that begins at or before an offset. */
function nodeAt(nodes: readonly TextNode[], at: number): TextNode | undefined {
  return nodes[findLastIndex(nodes.length, (index) => (nodes[index]?.from ?? Infinity) <= at)]
}
