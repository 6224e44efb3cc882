import type { TextRange as Stretch } from '../../../../shared/text/text-range'

/** A block of the article that is read as one: a heading, a paragraph, an item, a cell, a caption. */
export interface ReadingBlock extends Stretch {
  text: string
}

/** The text a reader reads, in order, and the way between it and the article's nodes. */
export interface ReadingText {
  /** Title, summary, body with its captions, author; blocks are parted by line ends. */
  text: string
  blocks: readonly ReadingBlock[]
  /** A stretch of the text as a range of the article's document; null where there is no text. */
  rangeOf(stretch: Stretch): Range | null
  /** The place in the text of a point of the article; null outside of it. */
  offsetOf(node: Node, offset: number): number | null
}

interface Piece extends Stretch {
  node: Text
}

/** Elements that begin a new line of the text. */
const blockTags = new Set(
  'h1 h2 h3 h4 p div blockquote pre ul ol li dl dt dd table caption tr th td figure figcaption hr'.split(' '),
)
/** What stands around the text and is not read. */
const outside = '.kicker, .part, .missing-picture'

/** The text of an article as it is read. Made anew whenever the article is drawn. */
export function readingTextOf(article: HTMLElement): ReadingText {
  const document = article.ownerDocument
  const pieces: Piece[] = []
  const blocks: ReadingBlock[] = []
  let text = ''
  let start = 0
  const endBlock = (): void => {
    if (text.slice(start).trim() !== '') blocks.push({ from: start, to: text.length, text: text.slice(start) })
    if (text !== '' && !text.endsWith('\n')) text += '\n'
    start = text.length
  }
  const visit = (element: Element): void => {
    if (element.matches(outside)) return
    const isBlock = blockTags.has(element.localName)
    if (isBlock) endBlock()
    for (const child of element.childNodes) {
      // 3 is a text node, 1 an element: the frame's document has classes of its own, instanceof would not see them.
      if (child.nodeType === 3) {
        const node = child as Text
        pieces.push({ node, from: text.length, to: text.length + node.length })
        text += node.data
      } else if (child.nodeType === 1) {
        const inner = child as Element
        if (inner.localName === 'br') text += '\n'
        else visit(inner)
      }
    }
    if (isBlock) endBlock()
  }
  visit(article)
  endBlock()

  const pieceAt = (at: number): Piece | undefined => {
    let [low, high] = [0, pieces.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((pieces[middle]?.from ?? Infinity) <= at) low = middle
      else high = middle - 1
    }
    return pieces[low]
  }
  return {
    text,
    blocks,
    rangeOf({ from, to }) {
      const [first, last] = [pieceAt(from), pieceAt(Math.max(from, to - 1))]
      if (first === undefined || last === undefined) return null
      const range = document.createRange()
      range.setStart(first.node, Math.min(first.node.length, from - first.from))
      range.setEnd(last.node, Math.min(last.node.length, to - last.from))
      return range
    },
    offsetOf(node, offset) {
      if (!article.contains(node)) return null
      const own = pieces.find((piece) => piece.node === node)
      if (own !== undefined) return own.from + offset
      const point = document.createRange()
      point.setStart(node, offset)
      const next = pieces.find((piece) => point.comparePoint(piece.node, 0) >= 0)
      return next?.from ?? text.length
    },
  }
}

/** Shows ranges under a name that the stylesheet knows (CSS Custom Highlight API); none takes the name away. */
export function showRanges(document: Document, name: string, ranges: readonly Range[], priority = 0): void {
  // A document in a frame has a window with all that this one has.
  const view = document.defaultView
  if (view === null || !('highlights' in view.CSS)) return
  const highlight = new view.Highlight(...ranges)
  highlight.priority = priority
  view.CSS.highlights.set(name, highlight)
}
