import type { Block } from './blocks'
import { isBlockElement, isElement } from './elements'
import { readText } from './element-text'
import { nonContentElements } from './measure-elements'

/** The text of one block of a page. */
export interface PageLine {
  text: string
  /** The pieces of the text between the line breaks of the block. */
  parts: string[]
  /** Whether the block and the block before are in different boxes (container elements). */
  isAfterGap: boolean
  /** The innermost element that contains the whole line. */
  element: Element | null
}

/** Returns the lines of a page from top to bottom. Blocks without text are left out. */
export function readPageLines(blocks: readonly Block[]): PageLine[] {
  let previousBox: Node | null = null
  return blocks.flatMap((block): PageLine[] => {
    const nodes = block.kind === 'paragraph' ? block.nodes : [block.element]
    const text = readText(nodes)
    if (text === '') return []
    const box = findBox(nodes[0])
    const isAfterGap = previousBox !== null && box !== previousBox
    previousBox = box
    return [
      {
        text,
        parts: block.kind === 'paragraph' ? splitAtBreaks(nodes) : [text],
        isAfterGap,
        element: findElement(nodes),
      },
    ]
  })
}

/** Finds the elements that contain only the text of this line. Returns at most `max` elements, the innermost first. */
export function findOwnBoxes({ text, element }: Pick<PageLine, 'text' | 'element'>, max: number): Element[] {
  const boxes: Element[] = []
  for (let box = element; box !== null && box.localName !== 'body' && boxes.length < max; box = box.parentElement) {
    if ((box.textContent ?? '').replace(/\s+/gu, ' ').trim().length > text.length + 5) break
    boxes.push(box)
  }
  return boxes
}

/** Approximate length in characters after which a raw line is cut off. */
const maxRawLineLength = 400

/**
 * Returns the lines of a page as they stand in the page, with the controls of the portal but without code. A long line
 * may be cut off.
 */
export function readRawLines(body: Element): string[] {
  const lines: string[] = []
  let line = ''
  const end = (): void => {
    const text = line.replace(/\s+/gu, ' ').trim()
    if (text !== '') lines.push(text)
    line = ''
  }
  const walk = (parent: Element): void => {
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (!isElement(node)) {
        if (node.nodeType === 3 && line.length < maxRawLineLength) line += node.textContent ?? ''
        continue
      }
      if (nonContentElements.has(node.localName)) continue
      const isApart = isBlockElement(node) || node.localName === 'br'
      if (isApart) end()
      walk(node)
      if (isApart) end()
      else if (line.length < maxRawLineLength && node.localName === 'span') line += ' '
    }
  }
  walk(body)
  end()
  return lines
}

/** Writes the lines of a page as a text dump. A blank line stands before each line that follows a gap. */
export function formatAsDump(lines: readonly PageLine[]): string {
  return lines.map(({ parts, isAfterGap }) => `${isAfterGap ? '\n' : ''}${parts.join('\n')}`).join('\n')
}

function findElement(nodes: readonly Node[]): Element | null {
  const [first, second] = nodes.filter((node) => (node.textContent ?? '').trim() !== '')
  if (second === undefined && isElement(first)) return first
  return first?.parentElement ?? null
}

/**
 * Finds the element around a node's block. The block is the node itself if the node is a heading, a table, a list, a
 * quotation or a figure. Otherwise the block is the node's parent.
 */
function findBox(node: Node | undefined): Node | null {
  const own =
    isElement(node) && /^(?:h[1-6]|table|ul|ol|blockquote|figure)$/.test(node.localName) ? node : node?.parentElement
  return own?.parentElement ?? null
}

function splitAtBreaks(nodes: readonly Node[]): string[] {
  const parts: Node[][] = [[]]
  for (const node of nodes.flatMap(openAtBreaks)) {
    if (isElement(node) && node.localName === 'br') parts.push([])
    else parts.at(-1)?.push(node)
  }
  return parts.map(readText).filter((part) => part !== '')
}

/**
 * Returns the child nodes of an inline element, such as bold text, if the element contains a line break. Returns any
 * other node unchanged.
 */
function openAtBreaks(node: Node): Node[] {
  return isElement(node) && node.localName !== 'br' && node.querySelector('br') !== null
    ? [...node.childNodes].flatMap(openAtBreaks)
    : [node]
}
