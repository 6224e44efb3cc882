import { findDate } from '../../text/dates'
import { measureTextBefore, readFoldedText } from '../html/element-text'
import type { Measure } from '../html/measure-elements'
import { type RemovalLog, removalSteps } from './removal-log'

/** Minimum share of the text above a heading of comments. A heading with less text above it has another meaning. */
const minShareBeforeComments = 0.3

/**
 * Removes comments together with their heading. If a box begins with the heading and contains more text, only that box
 * is removed. Otherwise the heading and all elements that follow are removed, if one of these elements looks like a
 * comment. Nothing is removed if little text is above the heading.
 */
export function removeComments(
  root: Element,
  heading: Element,
  sizes: ReadonlyMap<Element, Measure>,
  removals: RemovalLog,
): void {
  if (!root.contains(heading)) return
  let box = heading
  while (
    box.parentElement !== null &&
    box.parentElement !== root &&
    measureTextBefore(box.parentElement, heading) === 0
  )
    box = box.parentElement
  const whole = sizes.get(root)?.text ?? 0
  if (measureTextBefore(root, heading) < whole * minShareBeforeComments) return
  const following = [box]
  if (readFoldedText(box) === readFoldedText(heading)) {
    // An article may use this heading for a commentary of its author.
    if (/^(?:bình\s+luận|comments?)\s*:?$/iu.test(readFoldedText(heading))) return
    for (let next = box.nextElementSibling; next !== null; next = next.nextElementSibling) following.push(next)
    // A section of the text may have such a heading. Comments have a form, or entries with a name or a date.
    if (!following.slice(1).some(looksLikeComments)) return
  }
  for (const element of following) removals.remove(element, removalSteps.linkLists, 'named-box')
}

function looksLikeComments(element: Element): boolean {
  if (element.querySelector('form, textarea, input, time, [class*="avatar"]') !== null) return true
  if (/^(?:form|textarea|ol|ul)$/.test(element.localName)) return true
  return element.localName !== 'p' && findDate(readFoldedText(element)) !== null
}
