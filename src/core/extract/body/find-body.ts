import { isAttachmentBox } from '../fields/attachments'
import { isDateLine } from '../../text/dates'
import { endsSentence } from '../../text/sentences'
import { findBestBlock } from '../html/find-best-block'
import { measureLinkDensity, type Measure, measureElements } from '../html/measure-elements'
import { readRawLines } from '../html/page-lines'
import { type RemovalLog, removalSteps } from '../removals/removal-log'

/** Names of the body in schema.org. The bodies of portal families are named by packs. */
const declaredBodySelector = '[itemprop="articleBody"], [property="articleBody"]'
const tableParts = new Set('table tr tbody thead tfoot'.split(' '))
const headings = new Set('h2 h3 h4 h5 h6'.split(' '))
/** Minimum length of the prose in a paragraph or box beside the best block, so that it belongs to the article. */
const minProseBeside = { paragraph: 80, box: 100 }
/** If another text is more than this many times longer than the text below the title, the other text is the article. */
const maxLengthRatio = 3
/** The article may extend at most this many levels above the best block. */
const maxLevels = 6
const maxHeadingLength = 120
/** At most this many boxes of one kind are compared, because boxes of one kind are alike. */
const maxCompared = 3

/**
 * Finds the element with the body of the article. Most of its paragraphs are in the best-scored block. If pictures or
 * advertisements split an article, other paragraphs are beside that block, or beside the box around it. Such boxes are
 * joined, and boxes between them without prose are removed. `title` is the element of the title, or null if it is not
 * known. A text below the title is preferred to a longer text elsewhere, because a notice is often shorter than the
 * portal's own imprint.
 */
export function findBody(body: Element, title: Element | null, removals: RemovalLog): Element {
  const sizes = measureElements(body)
  const readProse = (element: Element): number => sizes.get(element)?.prose ?? 0
  const overall = findBestBlock(body, sizes)
  const scored = findBestUnderTitle(title, overall, sizes) ?? overall
  const declared = [...body.querySelectorAll(declaredBodySelector)]
    .filter((element) => readProse(element) >= readProse(scored) * 0.5)
    .sort((a, b) => readProse(b) - readProse(a))[0]
  const best = leaveTable(declared ?? scored)
  return best === body ? body : joinSiblings(body, best, { sizes, title, removals })
}

/**
 * Finds the best block in the box around the title. Returns null if the best block of the page is also in that box, or
 * is much longer.
 */
function findBestUnderTitle(
  title: Element | null,
  best: Element,
  sizes: ReadonlyMap<Element, Measure>,
): Element | null {
  const bestProse = sizes.get(best)?.prose ?? 0
  for (let box = title?.parentElement ?? null; box !== null && box.localName !== 'body'; box = box.parentElement) {
    if (box.contains(best)) return null
    const prose = sizes.get(box)?.prose ?? 0
    if (prose >= minProseBeside.paragraph && prose * maxLengthRatio >= bestProse) return findBestBlock(box, sizes)
  }
  return null
}

/** Returns the element around the table if the element is a part of a table, because a row is not a body. */
function leaveTable(element: Element): Element {
  if (!tableParts.has(element.localName)) return element
  return element.closest('table')?.parentElement ?? element
}

/** The facts that are needed to join the parts of a body. */
interface Joining {
  sizes: ReadonlyMap<Element, Measure>
  title: Element | null
  removals: RemovalLog
}

function joinSiblings(body: Element, best: Element, { sizes, title, removals }: Joining): Element {
  let root = best
  let from = best
  const outside: Element[] = []
  for (let level = 0; level < maxLevels && from !== body; level++) {
    const parent = from.parentElement
    if (parent === null) break
    // Cells of one row are columns of the page, not parts of one article.
    const isColumn = from.localName === 'td'
    const children = [...parent.children]
    const siblings = children.filter((sibling) => sibling !== from)
    // Boxes above the title are not a part of the text below it.
    const titleAt =
      title === null
        ? 0
        : Math.max(
            0,
            children.findIndex((child) => child.contains(title)),
          )
    const below = children.slice(titleAt).filter((sibling) => sibling !== from)
    const joined = isColumn ? [] : below.filter((sibling) => isPartOfArticle(sibling, from, sizes))
    const others = siblings.filter((sibling) => !joined.includes(sibling) && !isAttachmentBox(sibling))
    if (joined.length > 0) {
      const first = [...parent.children].findIndex((child) => child === from || joined.includes(child))
      const last = [...parent.children].findLastIndex((child) => child === from || joined.includes(child))
      outside.push(
        ...others.filter((sibling) => {
          const at = [...parent.children].indexOf(sibling)
          return at < first || at > last || !canStandBetween(sibling, sizes)
        }),
      )
      // Boxes of one kind are parts of one text. An element that each of them has, such as "Câu 1: …" above an answer,
      // is a part of the text too.
      const alike = joined.filter((sibling) => isAlike(sibling, from)).slice(0, maxCompared)
      for (const element of outside.splice(0))
        if (!from.contains(element) || !alike.some((sibling) => hasAlike(sibling, element)))
          removals.remove(element, removalSteps.body, 'outside-body')
      root = parent
    } else outside.push(...others)
    from = parent
  }
  return root
}

/** Whether a box beside the best block is a part of the same article. */
function isPartOfArticle(sibling: Element, best: Element, sizes: ReadonlyMap<Element, Measure>): boolean {
  const size = sizes.get(sibling)
  if (size === undefined || size.text === 0) return false
  if (isAlike(sibling, best) && measureLinkDensity(size) < 0.5 && endsSentence((sibling.textContent ?? '').trim()))
    return !isOtherArticle(sibling)
  const minProse = size.hasBlocks ? minProseBeside.box : minProseBeside.paragraph
  return (
    size.prose >= minProse &&
    measureLinkDensity(size) < 0.25 &&
    size.prose > size.text * 0.5 &&
    !isOtherArticle(sibling)
  )
}

/** Whether a box is another article: it begins with a heading and a date below the heading. */
function isOtherArticle(box: Element): boolean {
  const heading = box.querySelector('h1, h2, h3, h4')
  if (heading === null) return false
  const [first, second] = readRawLines(box).slice(0, 2)
  return (
    first === (heading.textContent ?? '').replace(/\s+/gu, ' ').trim() && second !== undefined && isDateLine(second)
  )
}

/**
 * Whether two elements are of one kind: all classes of the element with fewer classes are also classes of the other.
 */
function isAlike(a: Element, b: Element): boolean {
  const [shorter, others] = [a, b].map((element) => [...element.classList].sort())
  if (a.localName !== b.localName || shorter === undefined || others === undefined) return false
  const [fewer, more] = shorter.length <= others.length ? [shorter, others] : [others, shorter]
  return fewer.length > 0 && fewer.every((name) => more.includes(name))
}

function hasAlike(box: Element, element: Element): boolean {
  return [...box.querySelectorAll(element.localName)].some((other) => isAlike(other, element))
}

/**
 * Whether a box may be between parts of an article. This is allowed for headings, pictures and short lines, but not for
 * lists of links.
 */
function canStandBetween(sibling: Element, sizes: ReadonlyMap<Element, Measure>): boolean {
  const size = sizes.get(sibling)
  if (size === undefined) return false
  if (headings.has(sibling.localName)) return size.text <= maxHeadingLength
  return measureLinkDensity(size) < 0.25
}
