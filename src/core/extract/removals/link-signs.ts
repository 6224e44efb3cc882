import { endsSentence } from '../../text/sentences'
import { isElement } from '../html/elements'
import { isCommentsHeading, isRelatedHeading } from '../line-kind'
import { readFoldedText } from '../html/element-text'

/**
 * Minimum average number of words in the links of a list. A list with shorter links holds keywords or labels of a menu.
 */
const minWords = 3

/**
 * Whether the text right above an element introduces the element: the text ends with a colon, or is a sentence about a
 * list. If `mayBeHeading` is true, a heading counts too, unless it is a heading of other articles.
 */
export function isIntroduced(element: Element, root: Element | null, mayBeHeading: boolean): boolean {
  for (let box: Element | null = element; box !== null && box !== root; box = box.parentElement) {
    let before: Node | null = box.previousSibling
    while (before !== null && (before.textContent ?? '').trim() === '') before = before.previousSibling
    if (before === null) continue
    const heading = mayBeHeading ? findHeading(before) : null
    if (heading !== null) return isOwnHeading(heading)
    const text = (before.textContent ?? '').replace(/\s+/gu, ' ').trim().normalize('NFC')
    return (
      /[:：]$/u.test(text) ||
      (endsSentence(text) && /(?:sau|sau\s+đây|dưới\s+đây|kèm\s+theo)[^.]{0,40}\.$/iu.test(text))
    )
  }
  return false
}

/** Returns the node itself if it is a heading, or the heading that is its only text. Returns null otherwise. */
function findHeading(node: Node): Element | null {
  if (!isElement(node)) return null
  const heading = /^h[2-6]$/.test(node.localName) ? node : node.querySelector('h2, h3, h4, h5, h6')
  return heading !== null && readFoldedText(heading) === readFoldedText(node) ? heading : null
}

/** Whether a heading is a heading of the text. A heading that is a link leads to a section of the site. */
function isOwnHeading(heading: Element): boolean {
  const text = readFoldedText(heading)
  return (
    !isRelatedHeading(text) && !isCommentsHeading(text) && readFoldedText(heading.querySelector('a[href]')) !== text
  )
}

/** Whether the links of a list are keywords or labels of a menu: each link has one or two words on average. */
export function areShortLabels(element: Element): boolean {
  const links = [...element.querySelectorAll('a')].map(readFoldedText).filter((text) => text !== '')
  const words = links.reduce((sum, text) => sum + text.split(' ').length, 0)
  return links.length > 0 && words < links.length * minWords
}
