import { closest, type PageElement, type PageTree } from '../../feeds/listing/page-tree'

/** Matches the names of elements that do not separate two blocks of text. Most of them are inline elements. */
const inlineElements = /^(?:a|abbr|b|big|center|em|font|i|ins|mark|o:p|p|q|s|small|span|strong|sub|sup|u|br)$/
/** Minimum length, in characters, of a piece of running text. A shorter piece is a label, a date or a menu entry. */
const minPieceLength = 40
/**
 * Minimum length, in characters, of the text of a bulletin. A summary in a listing is shorter, and every summary is in
 * a block of its own.
 */
const minBodyLength = 600
/**
 * Minimum length, in characters, of a short notice. A short notice is a bulletin only if the page lists no other
 * bulletins.
 */
const minNoticeLength = 150

/** How much running text the longest block of a page has: as much as a bulletin, as much as a short notice, or less. */
export type RunningText = 'body' | 'notice' | 'none'

/** Measures the running text of a page, to distinguish a page with one long text from a page of links. */
export function measureRunningText(page: PageTree): RunningText {
  const lengths = new Map<PageElement, number>()
  let maxLength = 0
  const waiting: PageElement[] = [page.root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const block = closest(element, ({ name }) => !inlineElements.test(name)) ?? element
    for (const child of element.children) {
      if (typeof child !== 'string') {
        // The text of a link is not counted, because it describes another page.
        if (child.name !== 'a' && child.name !== 'footer' && child.name !== 'nav') waiting.push(child)
        continue
      }
      const { length } = child.trim()
      if (length < minPieceLength) continue
      const total = (lengths.get(block) ?? 0) + length
      lengths.set(block, total)
      maxLength = Math.max(maxLength, total)
    }
  }
  return maxLength >= minBodyLength ? 'body' : maxLength >= minNoticeLength ? 'notice' : 'none'
}
