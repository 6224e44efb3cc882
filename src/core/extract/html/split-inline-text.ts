import { isDateLine } from '../../text/dates'

/**
 * Maximum number of characters on a button that is a command. A button with a longer text is a question that unfolds an
 * answer.
 */
const maxCommandLength = 40
const headingSelector = 'h1, h2, h3, h4, h5, h6, dt'
const inlineSelector = 'span, font, i, em, small, b'
const minTitleLength = 8
const maxDateLength = 60

/**
 * Moves a text to a separate line if only a style separates the text from its neighbours. Such texts are questions in
 * buttons that unfold an answer, and a date after a title ("Tên bài <span>(12/05/2025)</span>").
 */
export function splitInlineText(body: Element): void {
  for (const button of body.getElementsByTagName('button')) {
    const text = (button.textContent ?? '').replace(/\s+/gu, ' ').trim()
    if (text.length <= maxCommandLength && button.closest(headingSelector) === null && !isQuestion(button, text))
      continue
    const line = body.ownerDocument.createElement(button.closest(headingSelector) === null ? 'div' : 'span')
    line.append(...button.childNodes)
    button.replaceWith(line)
  }
  for (const element of body.querySelectorAll(inlineSelector)) if (isDateAfterText(element)) moveToOwnLine(element)
}

/** Whether a short button is a question that unfolds an answer. */
function isQuestion(button: Element, text: string): boolean {
  if (text.length < minTitleLength) return false
  return text.endsWith('?') || (button.hasAttribute('aria-controls') && text.includes(' '))
}

/**
 * Whether an element is a date at the end of a block that has other text before the date. Returns false in lists and
 * links.
 */
function isDateAfterText(element: Element): boolean {
  const [parent, { nextSibling: next, previousSibling: before }] = [element.parentElement, element]
  if (before === null || (next !== null && (next.textContent ?? '').trim() !== '')) return false
  if (parent === null || !/^(?:td|div|h[1-6]|p)$/.test(parent.localName)) return false
  const text = (element.textContent ?? '').trim()
  if (text.length === 0 || text.length > maxDateLength || !/\d{4}/.test(text) || !isDateLine(text)) return false
  if (parent.querySelector('a, br, img') !== null || parent.closest('li, a') !== null) return false
  const whole = (parent.textContent ?? '').trim()
  return whole.length - text.length > minTitleLength && !isDateLine(whole)
}

/**
 * Moves a date to a separate box. The text before the date gets a box too, with the class of the block around both
 * boxes.
 */
function moveToOwnLine(date: Element): void {
  const box = date.parentElement
  if (box === null) return
  const [textBox, dateBox] = [box.ownerDocument.createElement('div'), box.ownerDocument.createElement('div')]
  textBox.setAttribute('class', box.getAttribute('class') ?? '')
  textBox.append(...[...box.childNodes].filter((node) => node !== date))
  dateBox.append(date)
  box.append(textBox, dateBox)
}
