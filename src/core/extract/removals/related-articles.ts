import { findDate } from '../../text/dates'
import { isReadMoreLine, isRelatedHeading } from '../line-kind'
import { measureLinkDensity, type Measure, measureElements } from '../html/measure-elements'
import { findProseSpan } from './prose-span'
import { measureTextBefore, readFoldedText } from '../html/element-text'
import { removeComments } from './comments'
import { areShortLabels, isIntroduced } from './link-signs'
import { type RemovalLog, removalSteps } from './removal-log'

const boxElements = new Set(
  'div section ul ol dl table nav aside center p h2 h3 h4 h5 h6 span font blockquote'.split(' '),
)
const headingElements = new Set('h2 h3 h4 h5 h6 p div strong b span li td th label dt center header'.split(' '))
/** Minimum share of text in links in a list, a table or a box that is a list of links. */
const minLinkDensity = { list: 0.6, table: 0.85, box: 0.6 }
/** Minimum characters of prose in a box of the text. A box with less prose may be a list of links. */
const minProse = 200
const maxHeadingLength = 60
/** Minimum share of text in links in a box that is removed below a heading such as "Tin liên quan". */
const minRelatedDensity = 0.3
const teaserBoxes = new Set('div section article li aside figure a'.split(' '))
const maxTeaserLength = 500
const maxItemLength = 250
/** Matches the label before links to keywords ("Từ khóa:"). */
const keywords = /^(?:từ\s+khóa|từ\s+khoá|tags?|thẻ|nhãn|chủ\s+đề|keywords?)\s*:/iu

/**
 * Removes lists of links and lists of other articles from the body. Links to files stay, because the files are
 * attachments. A paragraph that is a link stays, because the link may name the decision that the text is about. `keep`
 * contains the selectors of boxes that stay. `comments` are the headings from `findCommentHeadings`.
 */
export function removeLinkLists(
  root: Element,
  { keep, comments }: { keep: readonly string[]; comments: ReadonlySet<Element> },
  removals: RemovalLog,
): void {
  const protectedBoxes = keep.flatMap((selector) => [...root.querySelectorAll(selector)])
  const canRemove = (element: Element): boolean =>
    element !== root &&
    root.contains(element) &&
    !protectedBoxes.some((box) => box.contains(element) || element.contains(box))
  let sizes = measureElements(root)
  for (const [element, size] of sizes) {
    if (!canRemove(element)) continue
    const heading = readHeading(element, size)
    if (heading !== null && isRelatedHeading(heading)) removeRelated(root, element, sizes, removals)
    else if (comments.has(element)) removeComments(root, element, sizes, removals)
  }
  sizes = measureElements(root)
  const { isAtEdge } = findProseSpan(root)
  for (const [element, size] of sizes)
    if (canRemove(element) && isTeaser(element, size, isAtEdge(element)))
      removals.remove(element, removalSteps.linkLists, 'others')
  for (const [element, size] of sizes)
    if (canRemove(element) && isLinkList(element, size) && (hasOwnSign(element, size) || mayLeave(element, isAtEdge)))
      removals.remove(element, removalSteps.linkLists, 'link-list')

  /** Whether a list of links has a second sign: it stands at the edge of the text, or its links are only labels. */
  function mayLeave(element: Element, isEdge: (element: Element) => boolean): boolean {
    if (areShortLabels(element)) return true
    return isEdge(element) && !isIntroduced(element, root, true)
  }
}

/** Returns the text of an element that may be a heading. Returns null for other elements. */
function readHeading(element: Element, size: Measure): string | null {
  if (size.text === 0 || size.text > maxHeadingLength || !headingElements.has(element.localName)) return null
  return readFoldedText(element)
}

/**
 * Removes a list of other articles and its heading. If a box contains only the heading and the list, the whole box is
 * removed. Elements that follow are also removed, up to the first one that is not a part of such a list.
 */
function removeRelated(
  root: Element,
  heading: Element,
  sizes: ReadonlyMap<Element, Measure>,
  removals: RemovalLog,
): void {
  if (!root.contains(heading)) return
  let box = heading
  for (;;) {
    const parent: Element | null = box.parentElement
    if (parent === null || parent === root) break
    const size = sizes.get(parent)
    if (size === undefined || size.prose >= minProse) break
    // The box to remove does not grow to a box with other text than links, because such a box is a section of the text.
    if (size.text > (sizes.get(heading)?.text ?? 0) && measureLinkDensity(size) < minRelatedDensity) break
    const before = measureTextBefore(parent, heading)
    if (before > 0) break
    box = parent
  }
  const following: Element[] = []
  for (let next = box.nextElementSibling; next !== null; next = next.nextElementSibling) {
    const size = sizes.get(next)
    if (size === undefined || !isRelatedPart(next, size)) break
    following.push(next)
  }
  // The heading stays if no list of articles follows, because a section of the article may also have a heading such as
  // "Tin liên quan".
  if (following.length === 0 && box.nextElementSibling !== null && readFoldedText(box) === readFoldedText(heading))
    return
  for (const element of [box, ...following]) removals.remove(element, removalSteps.linkLists, 'others')
}

/** Whether an element is a part of a list of other articles. Such an element consists mostly of links. */
function isRelatedPart(element: Element, size: Measure): boolean {
  if (size.text === 0) return element.querySelector('img') === null
  if (['ul', 'ol'].includes(element.localName) && isListOfTeasers(element)) return true
  return measureLinkDensity(size) >= 0.5 && size.prose < minProse
}

/** Whether each item of a list has a link and little other text. */
function isListOfTeasers(list: Element): boolean {
  const items = [...list.children]
  return (
    items.length > 0 &&
    items.every((item) => item.querySelector('a') !== null && readFoldedText(item).length <= maxItemLength)
  )
}

/** Whether at least half of the items in a list have a link and a text that is cut off ("…"). */
function isCutList(list: Element): boolean {
  const items = [...list.children].filter((item) => readFoldedText(item) !== '')
  const cut = items.filter(
    (item) => item.querySelector('a') !== null && /(?:\.{3}|…)\s*(?:»|read more)?$/iu.test(readFoldedText(item)),
  )
  return items.length >= 3 && cut.length * 2 >= items.length
}

/** Whether a box announces another article. The heading of such a box is a link, and the box has little other text. */
function isTeaser(element: Element, size: Measure, isAtEdge: boolean): boolean {
  if (!teaserBoxes.has(element.localName) || size.text === 0 || size.prose >= minProse || size.text > maxTeaserLength)
    return false
  const linked = [...element.querySelectorAll('h1, h2, h3, h4, h5, h6')].find(
    (heading) =>
      heading.closest('a') !== null || readFoldedText(heading.querySelector('a')) === readFoldedText(heading),
  )
  if (linked === undefined || readFoldedText(linked) === '' || element.querySelector('blockquote, table') !== null)
    return false
  const address = (linked.closest('a') ?? linked.querySelector('a'))?.getAttribute('href') ?? '#'
  if (address.startsWith('#')) return false
  // Inside the text, a box without the signs of a card counts only if its whole heading is inside a link. An article
  // may have links inside its headings.
  return isAtEdge || linked.closest('a') !== null || hasTeaserSign(element)
}

/** Whether a box looks like a card: it has a picture, a date, a text that is cut off, or a link such as "Xem thêm". */
function hasTeaserSign(element: Element): boolean {
  const text = readFoldedText(element)
  if (element.querySelector('img, time') !== null || /(?:\.{3}|…)$/u.test(text) || findDate(text) !== null) return true
  return [...element.querySelectorAll('a')].some((link) => isReadMoreLine(readFoldedText(link)))
}

/** Whether the label or the form of a list of links shows that the links lead to other articles or to keywords. */
function hasOwnSign(element: Element, size: Measure): boolean {
  if (size.linked > 0 && (element.localName === 'ul' || element.localName === 'div') && isCutList(element)) return true
  const line = size.hasBlocks ? '' : readFoldedText(element)
  if (line !== '' && (isReadMoreLine(line) || /^(?:>|»|→|►)/u.test(line) || keywords.test(line.normalize('NFC'))))
    return true
  return element.querySelector('a[rel~="tag"]') !== null
}

function isLinkList(element: Element, size: Measure): boolean {
  if (size.text === 0 || !boxElements.has(element.localName)) return false
  if (size.linked > 0 && (element.localName === 'ul' || element.localName === 'div') && isCutList(element)) return true
  if (!size.hasBlocks && size.linked > 0 && measureLinkDensity(size) >= 0.5 && isReadMoreLine(readFoldedText(element)))
    return true
  // If the whole line is a link, an arrow at its beginning shows that it leads to another article (">>> Tên bài khác").
  if (!size.hasBlocks && measureLinkDensity(size) >= 0.9 && /^(?:>|»|→|►)/u.test(readFoldedText(element))) return true
  const share = measureLinkDensity(size)
  if (share >= 0.5 && element.querySelector('a[rel~="tag"]') !== null) return true
  if (share >= 0.4 && !size.hasBlocks && keywords.test(readFoldedText(element).normalize('NFC'))) return true
  if (element.localName === 'table') return share >= minLinkDensity.table && size.prose === 0
  if (['ul', 'ol', 'dl'].includes(element.localName)) return share >= minLinkDensity.list && size.prose < minProse
  if (!size.hasBlocks) return false
  return share >= minLinkDensity.box && size.prose < minProse
}
