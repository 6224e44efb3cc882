import { isOthersHeading } from './chrome'
import { linkShare, type Measure, measure } from './measure'
import type { Removals } from './removals'

const boxes = new Set('div section ul ol dl table nav aside center p h2 h3 h4 h5 h6 span font blockquote'.split(' '))
const headingLike = new Set('h2 h3 h4 h5 h6 p div strong b span li td th label dt center header'.split(' '))
/** Share of links from which a box is a list of links. */
const mostLinked = { list: 0.6, table: 0.85, box: 0.6 }
/** A box with so much prose is no list of links, whatever else it holds. */
const leastProse = 200
const longestHeading = 60

/** Step of the pipeline. */
const step = 9

/**
 * Takes out of the body what is not the article's own: lists of links (those to files stay: they are attachments) and
 * lists of other articles under their heading. A paragraph that is a link stays: it may name the decision it speaks of.
 */
export function cleanBody(root: Element, removals: Removals): void {
  let sizes = measure(root)
  for (const [element, size] of sizes)
    if (element !== root && isOthersTitle(element, size)) removeOthers(root, element, sizes, removals)
  sizes = measure(root)
  for (const [element, size] of sizes)
    if (element !== root && root.contains(element) && isLinkList(element, size))
      removals.remove(element, step, 'link-list')
}

function isOthersTitle(element: Element, size: Measure): boolean {
  if (size.text === 0 || size.text > longestHeading || !headingLike.has(element.localName)) return false
  return isOthersHeading((element.textContent ?? '').replace(/\s+/gu, ' ').trim())
}

/** Takes the heading's box where it holds nothing but the list; else the heading and what follows until the text goes on. */
function removeOthers(
  root: Element,
  heading: Element,
  sizes: ReadonlyMap<Element, Measure>,
  removals: Removals,
): void {
  if (!root.contains(heading)) return
  let box = heading
  for (;;) {
    const parent: Element | null = box.parentElement
    if (parent === null || parent === root) break
    const size = sizes.get(parent)
    if (size === undefined || size.prose >= leastProse) break
    const before = textBefore(parent, heading)
    if (before > 0) break
    box = parent
  }
  const following: Element[] = []
  for (let next = box.nextElementSibling; next !== null; next = next.nextElementSibling) {
    const size = sizes.get(next)
    if (size === undefined || !isOthersPart(next, size)) break
    following.push(next)
  }
  for (const element of [box, ...following]) removals.remove(element, step, 'others')
}

/** A line or box of a list of other articles: mostly links. */
function isOthersPart(element: Element, size: Measure): boolean {
  if (size.text === 0) return element.querySelector('img') === null
  return linkShare(size) >= 0.5 && size.prose < leastProse
}

/** How much text a box holds before one of the elements in it. */
function textBefore(box: Element, inner: Element): number {
  let length = 0
  for (let at: Element | null = inner; at !== null && at !== box; at = at.parentElement)
    for (let before = at.previousSibling; before !== null; before = before.previousSibling)
      length += (before.textContent ?? '').trim().length
  return length
}

function isLinkList(element: Element, size: Measure): boolean {
  if (size.text === 0 || !boxes.has(element.localName)) return false
  const share = linkShare(size)
  if (element.localName === 'table') return share >= mostLinked.table && size.prose === 0
  if (['ul', 'ol', 'dl'].includes(element.localName)) return share >= mostLinked.list && size.prose < leastProse
  if (!size.hasBlocks) return false
  return share >= mostLinked.box && size.prose < leastProse
}
