import { endsSentence } from '../../text/sentences'
import { isRelatedHeading } from '../line-kind'
import { readText } from './element-text'
import { containsBlock, hasContent, hasDescendant, isBlockElement, isBreak, isElement, isNamedTitle } from './elements'

/** Elements that become one block together with all their content. */
const wholeBlocks = new Set(['table', 'ul', 'ol', 'dl', 'blockquote', 'pre', 'figure', 'h2', 'h3', 'h4', 'h5', 'h6'])

/** Minimum length in characters of a line that becomes a separate paragraph. */
const minParagraphLength = 60

/**
 * A block of a body. A block is either a sequence of inline nodes that form a paragraph, or an element that stays
 * whole.
 */
export type Block = { kind: 'paragraph'; nodes: Node[] } | { kind: 'whole'; element: Element }

/**
 * Splits a body into a flat list of blocks. Boxes and tables that only lay out the page are replaced with their
 * content. Sequences of inline nodes become paragraphs, and two line breaks end a paragraph. Tables, lists, quotations,
 * headings and figures stay whole. The recursion is as deep as the tree at most.
 */
export function splitIntoBlocks(root: Element): Block[] {
  const blocks: Block[] = []
  let run: Node[] = []
  const flush = (): void => {
    while (run.at(-1) !== undefined && isBreak(run.at(-1))) run.pop()
    for (const nodes of splitAtSentences(run))
      if (nodes.some((node) => hasContent(node))) blocks.push({ kind: 'paragraph', nodes })
    run = []
  }
  const walk = (parent: Element): void => {
    for (const node of [...parent.childNodes]) {
      if (!isElement(node)) {
        if (node.nodeType === 3) run.push(node)
        continue
      }
      if (isBreak(node)) {
        if (run.length === 0 || endsWithBreak(run) || isHeadingLine(run)) flush()
        else run.push(node)
      } else if (wholeBlocks.has(node.localName)) {
        flush()
        if (isLayoutTable(node) || isGallery(node)) walk(node)
        else if (hasContent(node)) blocks.push({ kind: 'whole', element: node })
      } else if (isBlockElement(node) || containsBlock(node)) {
        flush()
        walk(node)
        flush()
      } else if (isStyledText(node)) walk(node)
      else run.push(node)
    }
  }
  walk(root)
  flush()
  return blocks
}

function endsWithBreak(run: readonly Node[]): boolean {
  const last = run.findLast((node) => isBreak(node) || hasContent(node))
  return isBreak(last)
}

/**
 * Splits a sequence of inline nodes at each single line break that separates paragraphs. Such a break stands after a
 * long text that ends a sentence, and before a long line that begins a sentence. Other breaks stay, for example in
 * verses, addresses and captions.
 */
function splitAtSentences(run: readonly Node[]): Node[][] {
  const lines: Node[][] = [[]]
  for (const node of run) {
    if (isBreak(node)) lines.push([node])
    else lines.at(-1)?.push(node)
  }
  const parts: Node[][] = []
  let length = 0
  let before = ''
  for (const line of lines) {
    const text = readText(line)
    const isNew = length >= minParagraphLength && endsSentence(before) && beginsSentence(text)
    // A line break between two paragraphs is removed. A line break inside a paragraph stays.
    if (isNew || parts.length === 0) parts.push(isNew ? line.slice(1) : [...line])
    else parts.at(-1)?.push(...line)
    length = (isNew ? 0 : length) + text.length
    if (text !== '') before = text
  }
  return parts
}

function beginsSentence(text: string): boolean {
  return text.length >= minParagraphLength && !/^\p{Ll}/u.test(text.normalize('NFC'))
}

/**
 * Whether a `font` or `span` element contains a long text with line breaks. Such an element only sets the style of
 * several paragraphs.
 */
function isStyledText(element: Element): boolean {
  if (element.localName !== 'font' && element.localName !== 'span') return false
  return (
    (element.textContent ?? '').length >= minParagraphLength * 2 &&
    hasDescendant(element, ({ localName }) => localName === 'br')
  )
}

/**
 * Whether a sequence of inline nodes is only a title, a bold heading, or the heading of a list of other articles. The
 * line below such a sequence begins a new paragraph.
 */
function isHeadingLine(run: readonly Node[]): boolean {
  const filled: Node[] = []
  // The loop stops as soon as possible, because this function is called at every line break of a run that may have
  // thousands of lines.
  for (const node of run) {
    if (!hasContent(node)) continue
    if (filled.length === 3) return false
    filled.push(node)
  }
  if (filled.length === 0) return false
  return filled.every((node) => isElement(node) && isHeadElement(node)) || isRelatedHeading(readText(filled))
}

function isHeadElement(element: Element): boolean {
  if (element.localName === 'b' || element.localName === 'strong') return true
  return isNamedTitle(element) && (element.textContent ?? '').trim() !== ''
}

/** Whether a figure holds other figures, each with its own caption. */
function isGallery(element: Element): boolean {
  return element.localName === 'figure' && element.querySelector('figure') !== null
}

/** Minimum number of characters in a table with one row that lays out the page in columns. */
const minColumnsLength = 400
/** Minimum average number of characters in a cell of such a table. */
const minColumnLength = 100

/**
 * Whether a table only lays out the page or frames a picture. Such a table has at most one filled cell in each row,
 * contains another table, or has a single row with long columns of text.
 */
function isLayoutTable(element: Element): boolean {
  if (element.localName !== 'table') return false
  if (element.querySelector('table') !== null) return true
  const rows = [...element.querySelectorAll('tr')]
  if (rows.every((row) => [...row.children].filter((cell) => hasContent(cell)).length <= 1)) return true
  const length = (element.textContent ?? '').trim().length
  return rows.length === 1 && length >= Math.max(minColumnsLength, minColumnLength * (rows[0]?.children.length ?? 0))
}
