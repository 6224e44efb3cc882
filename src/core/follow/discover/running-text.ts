import { closest, type PageElement, type PageTree } from '../../feeds/listing/page-tree'

/** Inline elements, which do not separate blocks of text. */
const inlineElements = /^(?:a|abbr|b|big|center|em|font|i|ins|mark|o:p|p|q|s|small|span|strong|sub|sup|u|br)$/
/** Minimum length of a piece of running text. Shorter pieces are labels, dates or menu entries. */
const minPieceLength = 40
/**
 * Minimum length of the body of a bulletin. The summaries in a listing are shorter, and each summary is in a block of
 * its own.
 */
const minBodyLength = 600
/** Minimum length of a short notice, which is a bulletin only if the page lists no other bulletins. */
const minNoticeLength = 150

/** Length of the running text in the block that has the most running text. */
export type RunningText = 'body' | 'notice' | 'none'

/** Measures the running text of a page. The length distinguishes a page with one long text from a page of links. */
export function measureRunningText(page: PageTree): RunningText {
  const lengths = new Map<PageElement, number>()
  let maxLength = 0
  const waiting: PageElement[] = [page.root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const block = closest(element, ({ name }) => !inlineElements.test(name)) ?? element
    for (const child of element.children) {
      if (typeof child !== 'string') {
        // The text of a link does not count, because it describes another page.
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
