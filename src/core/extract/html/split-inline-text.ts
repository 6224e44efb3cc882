import { isDateLine } from '../../text/dates'

/** A button with more letters than a command has: a question whose answer it unfolds. */
const maxCommandLength = 40
const headingSelector = 'h1, h2, h3, h4, h5, h6, dt'
const inlineSelector = 'span, font, i, em, small, b'
/** A title is longer, and its date shorter. */
const lengths = { title: 8, date: 60 }

/**
 * Gives words a line of their own that only their look sets apart: questions in buttons that unfold their answers, and
 * the date that follows a title on its line ("Tên bài <span>(12/05/2025)</span>").
 */
export function splitInlineText(body: Element): void {
  for (const button of body.querySelectorAll('button')) {
    const text = (button.textContent ?? '').replace(/\s+/gu, ' ').trim()
    if (text.length <= maxCommandLength && button.closest(headingSelector) === null) continue
    const line = body.ownerDocument.createElement(button.closest(headingSelector) === null ? 'div' : 'span')
    line.append(...button.childNodes)
    button.replaceWith(line)
  }
  for (const element of body.querySelectorAll(inlineSelector)) if (isDateAfterText(element)) moveToOwnLine(element)
}

/** It is the last thing in a block that holds words before it, and no list's or link's. */
function isDateAfterText(element: Element): boolean {
  const [parent, { nextSibling: next, previousSibling: before }] = [element.parentElement, element]
  if (before === null || (next !== null && (next.textContent ?? '').trim() !== '')) return false
  if (parent === null || !/^(?:td|div|h[1-6]|p)$/.test(parent.localName)) return false
  const text = (element.textContent ?? '').trim()
  if (text.length === 0 || text.length > lengths.date || !/\d{4}/.test(text) || !isDateLine(text)) return false
  if (parent.querySelector('a, br, img') !== null || parent.closest('li, a') !== null) return false
  const whole = (parent.textContent ?? '').trim()
  return whole.length - text.length > lengths.title && !isDateLine(whole)
}

/** What stands before the date gets a box too, and with it the name that said what it is. */
function moveToOwnLine(date: Element): void {
  const box = date.parentElement
  if (box === null) return
  const [words, line] = [box.ownerDocument.createElement('div'), box.ownerDocument.createElement('div')]
  words.setAttribute('class', box.getAttribute('class') ?? '')
  words.append(...[...box.childNodes].filter((node) => node !== date))
  line.append(date)
  box.append(words, line)
}
