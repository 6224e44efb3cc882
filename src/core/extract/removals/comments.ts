import { findDate } from '../../text/dates'
import { measureTextBefore, readFoldedText } from '../html/element-text'
import { hasDescendant, isElement } from '../html/elements'
import type { Measure } from '../html/measure-elements'
import { readRawLines } from '../html/page-lines'
import { isCommentsHeading } from '../line-kind'
import { readBoxName } from './box-reason'
import { type RemovalLog, removalSteps } from './removal-log'

/**
 * Minimum share of the page's text above a heading of comments. With less text above it, the heading has another
 * meaning.
 */
const minShareBeforeComments = 0.3
const headingElements = new Set('h1 h2 h3 h4 h5 h6 p div strong b span li td th label dt center header'.split(' '))
const maxHeadingLength = 60
/**
 * Lengths in characters of an entry in the comments: the maximum of its first line, the maximum of the name in this
 * line, and the minimum of the text below. An entry begins with a line that has a name and a date.
 */
const entryLengths = { maxLine: 70, maxName: 40, minText: 15 }
/**
 * Matches a heading that is certainly one of comments or of a poll: a heading with the number of comments, such as
 * "Bình luận (2)", or the heading of a poll.
 */
const surely = /\(\s*\d+\s*\)\s*:?$|^thăm dò ý kiến/iu
/**
 * Matches the beginning of a text with which a heading of comments may begin. This check is faster than the check of
 * the whole heading.
 */
const mayBegin = /^\s*(?:ý\s|ý$|bình\s|gửi\s|để\s|thăm\s|comment|leave\s)/iu
const answerControl = /^(?:trả lời|thích|không thích|báo (?:cáo|vi phạm)|reply|like)(?:\s*\(?\d+\)?)?$/iu

/**
 * Finds the headings of comments: a heading such as "Ý kiến bạn đọc" with a form, a counter, or entries of visitors
 * below. Without such a sign, the heading and its text are a section of the article. The caller must call this function
 * before forms and controls are removed.
 */
export function findCommentHeadings(body: Element): ReadonlySet<Element> {
  const found = new Set<Element>()
  const walk = (parent: Element): void => {
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (isElement(node)) walk(node)
      else if (node.nodeType === 3 && mayBegin.test((node.textContent ?? '').normalize('NFC')))
        for (const heading of findHeadingsAround(node)) if (hasComments(body, heading)) found.add(heading)
    }
  }
  walk(body)
  return found
}

/** Returns the elements around a text that have only the heading of comments as their text. */
function findHeadingsAround(text: Node): Element[] {
  const headings: Element[] = []
  for (let box = text.parentElement; box !== null && box.localName !== 'body'; box = box.parentElement) {
    const whole = readFoldedText(box)
    if (whole.length > maxHeadingLength) break
    if (headingElements.has(box.localName) && isCommentsHeading(whole)) headings.push(box)
  }
  return headings
}

function hasComments(body: Element, heading: Element): boolean {
  const isSure = surely.test(readFoldedText(heading).normalize('NFC'))
  return isSure || findParts(body, heading).some((part) => hasCommentSign(part))
}

/**
 * Removes comments together with their heading. If a box begins with the heading and contains more text, only that box
 * is removed. Otherwise the heading and the elements that follow are removed, up to the next heading. Nothing is
 * removed if little text is above the heading. The caller must know from `findCommentHeadings` that comments follow.
 */
export function removeComments(
  root: Element,
  heading: Element,
  sizes: ReadonlyMap<Element, Measure>,
  removals: RemovalLog,
): void {
  if (!root.contains(heading)) return
  const whole = sizes.get(root)?.text ?? 0
  if (measureTextBefore(root, heading) < whole * minShareBeforeComments) return
  for (const element of findParts(root, heading)) removals.remove(element, removalSteps.linkLists, 'named-box')
}

/** Returns the box that begins with the heading. If the box holds nothing else, the elements that follow come too. */
function findParts(root: Element, heading: Element): Element[] {
  let box = heading
  while (
    box.parentElement !== null &&
    box.parentElement !== root &&
    measureTextBefore(box.parentElement, heading) === 0
  )
    box = box.parentElement
  const parts = [box]
  if (readFoldedText(box) !== readFoldedText(heading)) return parts
  for (let next = box.nextElementSibling; next !== null && !isHeading(next); next = next.nextElementSibling)
    parts.push(next)
  return parts
}

function isHeading({ localName }: Element): boolean {
  return /^h[1-3]$/.test(localName)
}

/** Whether an element looks like comments: a form, a component for comments, or an entry with a picture or a date. */
function hasCommentSign(element: Element): boolean {
  return isCommentMark(element) || hasDescendant(element, isCommentMark) || hasDatedEntry(element)
}

function isCommentMark(element: Element): boolean {
  const { localName } = element
  if (localName === 'form' || localName === 'textarea' || localName === 'time') return true
  if (localName === 'input') return element.getAttribute('type') !== 'hidden'
  if (/avatar/i.test(element.getAttribute('class') ?? '')) return true
  const name = readBoxName(element)
  if (name?.kind === 'comments' && name.isTechnical) return true
  return (localName === 'a' || localName === 'button') && answerControl.test(readFoldedText(element).normalize('NFC'))
}

/** Whether a line with a name and a date stands above another text. */
function hasDatedEntry(element: Element): boolean {
  const lines = readRawLines(element)
  return lines.some((line, at) => {
    if (line.length > entryLengths.maxLine || (lines[at + 1] ?? '').length < entryLengths.minText) return false
    if (findDate(line) === null || /[;,:…]$|\p{L}\s*:/u.test(line)) return false
    return line.replace(/[^\p{L}]+/gu, '').length <= entryLengths.maxName
  })
}
