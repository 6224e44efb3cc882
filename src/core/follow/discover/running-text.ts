import { closest, type PageElement, type PageTree } from '../../feeds/listing/page-tree'

/** Elements that don't part a text. */
const inline = /^(?:a|abbr|b|big|center|em|font|i|ins|mark|o:p|p|q|s|small|span|strong|sub|sup|u|br)$/
/** Text shorter than this, in one piece, is a label, a date, a menu's entry. */
const minPieceLength = 40
/** A body is longer; a listing's leads are shorter and stand each in its own block. */
const bodyLength = 600
/** A short notice is a bulletin too, where nothing else is on the page. */
const noticeLength = 150

/** How much running text the fullest block of a page holds. */
export type RunningText = 'body' | 'notice' | 'none'

/** Tells a page that holds one text from those that only lead to others. */
export function measureRunningText(page: PageTree): RunningText {
  const masses = new Map<PageElement, number>()
  let largest = 0
  const waiting: PageElement[] = [page.root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const holder = closest(element, ({ name }) => !inline.test(name)) ?? element
    for (const child of element.children) {
      if (typeof child !== 'string') {
        // What a link shows is another page's.
        if (child.name !== 'a' && child.name !== 'footer' && child.name !== 'nav') waiting.push(child)
        continue
      }
      const { length } = child.trim()
      if (length < minPieceLength) continue
      const mass = (masses.get(holder) ?? 0) + length
      masses.set(holder, mass)
      largest = Math.max(largest, mass)
    }
  }
  return largest >= bodyLength ? 'body' : largest >= noticeLength ? 'notice' : 'none'
}
