import { closest, type PageElement, type PageTree } from '../../feeds/listing/page-tree'

/** Elements that do not separate blocks of text. */
const inlineElements = /^(?:a|abbr|b|big|center|em|font|i|ins|mark|o:p|p|q|s|small|span|strong|sub|sup|u|br)$/
/** Shorter pieces of text are labels, dates or menu entries. */
const minPieceLength = 40
/** The body of a bulletin is longer. The summaries in a listing are shorter, and each is in a block of its own. */
const minBodyLength = 600
/** A short notice is a bulletin if the page lists no other bulletins. */
const minNoticeLength = 150

/** How much running text the fullest block of a page contains. */
export type RunningText = 'body' | 'notice' | 'none'

/** Measures the running text of a page. It tells a page with one text from a page of links. */
export function measureRunningText(page: PageTree): RunningText {
  const lengths = new Map<PageElement, number>()
  let maxLength = 0
  const waiting: PageElement[] = [page.root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const block = closest(element, ({ name }) => !inlineElements.test(name)) ?? element
    for (const child of element.children) {
      if (typeof child !== 'string') {
        // The text of a link belongs to another page.
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
