import { endsSentence } from '../../text/sentences'
import { isElement } from '../html/elements'
import { isCommentsHeading, isRelatedHeading } from '../line-kind'
import { readFoldedText } from '../html/element-text'

/** Minimum average number of words in links that are neither keywords nor labels of a menu. */
const minWords = 3

/**
 * Whether the text right above an element announces it: the text ends with a colon, or is a sentence about a list. If
 * `mayBeHeading` is true, a heading that does not name other articles counts too.
 */
export function isIntroduced(element: Element, root: Element | null, mayBeHeading: boolean): boolean {
  for (let box: Element | null = element; box !== null && box !== root; box = box.parentElement) {
    let before: Node | null = box.previousSibling
    while (before !== null && (before.textContent ?? '').trim() === '') before = before.previousSibling
    if (before === null) continue
    if (mayBeHeading && isElement(before) && /^h[2-6]$/.test(before.localName))
      return !isRelatedHeading(readFoldedText(before)) && !isCommentsHeading(readFoldedText(before))
    const text = (before.textContent ?? '').replace(/\s+/gu, ' ').trim().normalize('NFC')
    return (
      /[:：]$/u.test(text) ||
      (endsSentence(text) && /(?:sau|sau\s+đây|dưới\s+đây|kèm\s+theo)[^.]{0,40}\.$/iu.test(text))
    )
  }
  return false
}

/** Whether the links of a list are keywords or labels of a menu: each link has one or two words on average. */
export function areShortLabels(element: Element): boolean {
  const links = [...element.querySelectorAll('a')].map(readFoldedText).filter((text) => text !== '')
  const words = links.reduce((sum, text) => sum + text.split(' ').length, 0)
  return links.length > 0 && words < links.length * minWords
}
