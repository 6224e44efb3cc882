import { findLastIndex } from '../../../../shared/text/find-last-index'
import type { TextRange } from '../../../../shared/text/text-range'

/** A block of the article's text: a heading, a paragraph, a list item, a cell or a caption. */
export interface ReadingBlock extends TextRange {
  text: string
}

/** The text of an article in reading order, mapped to the article's nodes and back. */
export interface ReadingText {
  /** The title, the summary, the body with captions, and the author. A line end separates two blocks. */
  text: string
  blocks: readonly ReadingBlock[]
  /** Returns a part of the text as a range of the article's document. Returns null if the article has no text. */
  rangeOf(part: TextRange): Range | null
  /**
   * Returns the text offset of a point in the article's document. Returns null if the point is outside of the article.
   */
  offsetOf(node: Node, offset: number): number | null
}

interface Piece extends TextRange {
  node: Text
}

/** The elements that begin and end a line of the text. */
const blockTags = new Set(
  'h1 h2 h3 h4 p div blockquote pre ul ol li dl dt dd table caption tr th td figure figcaption hr'.split(' '),
)
/** A selector for the elements that are not part of the text. */
const excluded = '.kicker, .part, .missing-picture'

/** Reads the text of an article. The caller must read the text again after each drawing of the article. */
export function readingTextOf(article: HTMLElement): ReadingText {
  const document = article.ownerDocument
  const { text, blocks, pieces } = readPieces(article)
  const pieceAt = (at: number): Piece | undefined =>
    pieces[
      Math.max(
        0,
        findLastIndex(pieces.length, (index) => (pieces[index]?.from ?? Infinity) <= at),
      )
    ]
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
      const point = document.createRange()
      point.setStart(node, offset)
      // `comparePoint` returns -1 for a node before the point.
      const isBefore = (index: number): boolean => {
        const piece = pieces[index]
        return piece !== undefined && (piece.node === node || point.comparePoint(piece.node, 0) < 0)
      }
      const at = findLastIndex(pieces.length, isBefore)
      const piece = pieces[at]
      if (piece?.node === node) return piece.from + offset
      return pieces[at + 1]?.from ?? text.length
    },
  }
}

/**
 * Reads the text nodes and the blocks of an article in one walk. The parts of the text are joined only once. Each access
 * to a text that is still growing would copy this text, and a block cut from it would keep the copy in memory.
 */
function readPieces(article: HTMLElement): { text: string; blocks: ReadingBlock[]; pieces: Piece[] } {
  const pieces: Piece[] = []
  const ranges: TextRange[] = []
  const parts: string[] = []
  let [length, start, hasWords, endsLine] = [0, 0, false, true]
  const add = (part: string): void => {
    if (part === '') return
    parts.push(part)
    length += part.length
    endsLine = part.endsWith('\n')
  }
  const endBlock = (): void => {
    if (hasWords) ranges.push({ from: start, to: length })
    if (!endsLine) add('\n')
    ;[start, hasWords] = [length, false]
  }
  const visit = (element: Element): void => {
    if (element.matches(excluded)) return
    const isBlock = blockTags.has(element.localName)
    if (isBlock) endBlock()
    for (const child of element.childNodes) {
      // `nodeType` is 3 for a text node and 1 for an element. `instanceof` does not work here, because the frame has
      // its own classes.
      if (child.nodeType === 3) {
        const node = child as Text
        pieces.push({ node, from: length, to: length + node.length })
        hasWords ||= /\S/u.test(node.data)
        add(node.data)
      } else if (child.nodeType === 1) {
        const inner = child as Element
        if (inner.localName === 'br') add('\n')
        else visit(inner)
      }
    }
    if (isBlock) endBlock()
  }
  visit(article)
  endBlock()
  const text = parts.join('')
  return { text, blocks: ranges.map(({ from, to }) => ({ from, to, text: text.slice(from, to) })), pieces }
}

/**
 * Shows ranges as the highlight `name` of the stylesheet (CSS Custom Highlight API). If there are no ranges, removes
 * the highlight.
 */
export function showRanges(document: Document, name: string, ranges: readonly Range[], priority = 0): void {
  const view = document.defaultView
  if (view === null || !('highlights' in view.CSS)) return
  const highlight = new view.Highlight(...ranges)
  highlight.priority = priority
  view.CSS.highlights.set(name, highlight)
}
