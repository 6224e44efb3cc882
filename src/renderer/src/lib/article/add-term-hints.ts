import { findDefinedAbbreviations, findAbbreviations } from '../../../../shared/text/find-abbreviations'
import { findDocumentNumbers } from '../../../../shared/text/document-numbers'
import type { ArticleContext } from './article-context'

interface Term {
  from: number
  to: number
  make(text: string): HTMLElement
}

/**
 * Wraps each abbreviation of an article in an element that explains the abbreviation. Wraps each document number in a
 * link that searches for the number. Neither the text of the article nor the stored document changes.
 */
export function addTermHints(article: HTMLElement, text: string, { say }: Pick<ArticleContext, 'say'>): void {
  const document = article.ownerDocument
  const defined = findDefinedAbbreviations(text)
  /**
   * The key Tab stops only at the first use of each abbreviation, because a paragraph may contain dozens of
   * abbreviations.
   */
  const reached = new Set<string>()
  const abbreviation = (short: string, long: string): HTMLElement => {
    const element = document.createElement('abbr')
    element.className = 'short'
    element.dataset['hint'] = long
    element.setAttribute('aria-description', long)
    element.tabIndex = reached.has(short) ? -1 : 0
    reached.add(short)
    element.textContent = short
    return element
  }
  const numberLink = (written: string, number: string, names: readonly (string | null)[]): HTMLElement => {
    const element = document.createElement('a')
    element.className = 'document-number'
    element.href = '#'
    element.dataset['action'] = 'find-number'
    element.dataset['number'] = number
    element.dataset['hint'] = [...names.filter((name) => name !== null), say('ui.find-number', { number })].join(' · ')
    element.setAttribute('aria-description', element.dataset['hint'])
    element.textContent = written
    return element
  }
  for (const node of textNodes(article)) {
    const isLinked = node.parentElement?.closest('a') != null
    const numbers = findDocumentNumbers(node.data).map(({ from, to, number, kind, issuer }): Term => {
      return { from, to, make: (written) => numberLink(written, number, [kind, issuer]) }
    })
    const shorts = findAbbreviations(node.data, defined).map(({ from, to, long }): Term => {
      return { from, to, make: (short) => abbreviation(short, long) }
    })
    wrapTerms(node, [...(isLinked ? [] : numbers), ...shorts])
  }
}

/**
 * Replaces a text node with its terms and the texts between the terms. All parts are replaced at once, because splitting
 * a long text at each term would copy the text each time.
 */
function wrapTerms(node: Text, terms: readonly Term[]): void {
  if (terms.length === 0) return
  const { data } = node
  const parts: (Node | string)[] = []
  let end = 0
  for (const { from, to, make } of terms.toSorted((a, b) => a.from - b.from)) {
    if (from > end) parts.push(data.slice(end, from))
    parts.push(make(data.slice(from, to)))
    end = to
  }
  if (end < data.length) parts.push(data.slice(end))
  const fragment = node.ownerDocument.createDocumentFragment()
  for (const part of parts) fragment.append(part)
  node.replaceWith(fragment)
}

function textNodes(article: HTMLElement): Text[] {
  const document = article.ownerDocument
  const nodes: Text[] = []
  for (const part of article.querySelectorAll('.title, .summary, .body, .author')) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      // The cast is safe, because the walker returns text nodes only.
      const textNode = node as Text
      if (textNode.parentElement?.closest('abbr') == null) nodes.push(textNode)
    }
  }
  return nodes
}
