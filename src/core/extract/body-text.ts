import { parseHTML } from 'linkedom'
import type { BodyItem } from './body-item'
import { isBlockElement, isElement } from './html/elements'
import { repairHtml, type RepairOptions } from './repair-field'
import { sanitizeBody } from '../text/sanitize'

/**
 * Returns the plain text of a body, without captions. A blank line separates paragraphs, and a space separates table
 * cells.
 */
export function formatBodyText(items: readonly BodyItem[], options: RepairOptions): string {
  return items
    .filter(({ kind }) => kind === 'paragraph' || kind === 'whole')
    .flatMap(({ kind, text, html }) => (kind === 'whole' && html !== null ? splitWholeItem(html, options) : [text]))
    .filter((text) => text !== '')
    .join('\n\n')
}

/** Returns the lines of a table, a list or a quotation. Each table row and each block becomes one line. */
function splitWholeItem(html: string, options: RepairOptions): string[] {
  const { document } = parseHTML(`<html><body>${repairHtml(sanitizeBody(html), 'body', options)}</body></html>`)
  const lines: string[] = []
  let line = ''
  const endLine = (): void => {
    const text = line.replace(/[^\S\u00a0]+/gu, ' ').trim()
    if (text !== '') lines.push(text)
    line = ''
  }
  const walk = (parent: Element, isInRow: boolean): void => {
    for (const node of parent.childNodes) {
      if (!isElement(node)) line += node.textContent ?? ''
      else if (node.getAttribute('class') === 'missing-picture') continue
      else if (node.localName === 'br') line += ' '
      else if (!isBlockElement(node)) walk(node, isInRow)
      else if (isInRow) {
        line += ' '
        walk(node, true)
        line += ' '
      } else {
        endLine()
        walk(node, node.localName === 'tr')
        endLine()
      }
    }
  }
  walk(document.body, false)
  endLine()
  return lines
}
