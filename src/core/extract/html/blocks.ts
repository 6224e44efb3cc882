import { endsSentence } from '../../text/sentences'
import { isRelatedHeading } from '../line-kind'
import { readText } from './element-text'
import { containsBlock, hasContent, hasDescendant, isBlockElement, isBreak, isElement, isNamedTitle } from './elements'

/** Blocks that are kept whole, with what is in them. */
const wholeBlocks = new Set(['table', 'ul', 'ol', 'dl', 'blockquote', 'pre', 'figure', 'h2', 'h3', 'h4', 'h5', 'h6'])

/** Lines that are paragraphs are at least so long. */
const minParagraphLength = 60

/** A piece of a body in reading order: a run of inline nodes that make a paragraph, or a block kept whole. */
export type Block = { kind: 'paragraph'; nodes: Node[] } | { kind: 'whole'; element: Element }

/**
 * A body as a flat list of blocks: layout boxes are opened, inline runs become paragraphs, two line breaks part
 * paragraphs, tables, lists, quotes, headings and figures stay whole. Without recursion deeper than the tree.
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
        if (isLayoutTable(node)) walk(node)
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
 * A run parted at the single line breaks that stand for paragraphs: after a long line that ends its sentence, and
 * before one that begins another. Verses and addresses have short lines, a caption has one sentence.
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
    // The break goes where it parts paragraphs, and stays where it parts lines.
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

/** A font around a whole text, whose paragraphs are parted by breaks. */
function isStyledText(element: Element): boolean {
  if (element.localName !== 'font' && element.localName !== 'span') return false
  return (
    (element.textContent ?? '').length >= minParagraphLength * 2 &&
    hasDescendant(element, ({ localName }) => localName === 'br')
  )
}

/** A title, a heading in bold or of other articles, and nothing else: what follows on the next line is not its paragraph's. */
function isHeadingLine(run: readonly Node[]): boolean {
  const filled = run.filter((node) => hasContent(node))
  if (filled.length === 0 || filled.length > 3) return false
  return filled.every((node) => isElement(node) && isHeadElement(node)) || isRelatedHeading(readText(filled))
}

function isHeadElement(element: Element): boolean {
  if (element.localName === 'b' || element.localName === 'strong') return true
  return isNamedTitle(element) && (element.textContent ?? '').trim() !== ''
}

/** One row holds so much text, and each of its cells on average so much, only where they are columns of a page. */
const minColumnsLength = 400
const minColumnLength = 100

/**
 * One column of cells is a way to lay a page out, not a table of values (with a picture it is a picture's frame); so is
 * a table that holds tables, and a single row of long columns.
 */
function isLayoutTable(element: Element): boolean {
  if (element.localName !== 'table') return false
  if (element.querySelector('table') !== null) return true
  const rows = [...element.querySelectorAll('tr')]
  if (rows.every((row) => [...row.children].filter((cell) => hasContent(cell)).length <= 1)) return true
  const length = (element.textContent ?? '').trim().length
  return rows.length === 1 && length >= Math.max(minColumnsLength, minColumnLength * (rows[0]?.children.length ?? 0))
}
