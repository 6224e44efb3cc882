import type { Block } from './blocks'
import { isBlockElement, isElement } from './elements'
import { readText } from './element-text'
import { nonContentElements } from './measure-elements'

/** A block of a page as its reader sees it. */
export interface PageLine {
  text: string
  /** The same, parted where the page breaks it by hand. */
  parts: string[]
  /** It stands in another box than the block before it. */
  isAfterGap: boolean
  /** The innermost element that holds all of it. */
  element: Element | null
}

/** The lines of a page, top to bottom, those without text left out. */
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
        isAfterGap: isAfterGap,
        element: findElement(nodes),
      },
    ]
  })
}

/** The boxes that hold this line and nothing else, from the innermost out. */
export function findOwnBoxes({ text, element }: Pick<PageLine, 'text' | 'element'>, max: number): Element[] {
  const boxes: Element[] = []
  for (let box = element; box !== null && box.localName !== 'body' && boxes.length < max; box = box.parentElement) {
    if ((box.textContent ?? '').replace(/\s+/gu, ' ').trim().length > text.length + 5) break
    boxes.push(box)
  }
  return boxes
}

/** Longest line of a page's head that is looked at. */
const maxRawLineLength = 400

/** The lines of a page as it was received, controls and all; of long ones the beginning. Code is left out. */
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

/** A page's lines as a text dump of it would have them. */
export function formatAsDump(lines: readonly PageLine[]): string {
  return lines.map(({ parts, isAfterGap: isAfterGap }) => `${isAfterGap ? '\n' : ''}${parts.join('\n')}`).join('\n')
}

function findElement(nodes: readonly Node[]): Element | null {
  const [first, second] = nodes.filter((node) => (node.textContent ?? '').trim() !== '')
  if (second === undefined && isElement(first)) return first
  return first?.parentElement ?? null
}

/** What holds the block's own element (p, div, h1 …). */
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

/** A line break may stand inside bold or italics. */
function openAtBreaks(node: Node): Node[] {
  return isElement(node) && node.localName !== 'br' && node.querySelector('br') !== null
    ? [...node.childNodes].flatMap(openAtBreaks)
    : [node]
}
