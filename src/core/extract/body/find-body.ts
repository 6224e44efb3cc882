import { isAttachmentBox } from '../fields/attachments'
import { isDateLine } from '../../text/dates'
import { endsSentence } from '../../text/sentences'
import { findBestBlock } from '../html/find-best-block'
import { measureLinkDensity, type Measure, measureElements } from '../html/measure-elements'
import { readRawLines } from '../html/page-lines'
import { type RemovalLog, removalSteps } from '../removals/removal-log'

/** Selects elements that schema.org markup declares as the body. */
const declaredBodySelector = '[itemprop="articleBody"], [property="articleBody"]'
const tableParts = new Set('table tr tbody thead tfoot'.split(' '))
const headings = new Set('h2 h3 h4 h5 h6'.split(' '))
/**
 * Minimum characters of prose in a paragraph or a box beside the best block. With less prose, the paragraph or box does
 * not belong to the article.
 */
const minProseBeside = { paragraph: 80, box: 100 }
/**
 * Maximum ratio of the length of a text elsewhere on the page to the length of the text below the title. Above this
 * ratio, the text elsewhere is the article.
 */
const maxLengthRatio = 3
/** Maximum number of levels in the tree between the best block and the element with the whole article. */
const maxLevels = 6
const maxHeadingLength = 120
/**
 * Minimum share of the page's remaining prose that the body holds in a gentle reading. A gentle reading ignores class
 * names and links.
 */
const minGentleShare = 0.9
/**
 * Maximum number of boxes with the same classes that are compared. A higher number is not needed, because such boxes
 * have the same structure.
 */
const maxCompared = 3

/**
 * Finds the element that contains the body of the article. The best block is the block with most of the text. Pictures
 * or advertisements may split an article. Then other paragraphs are beside that block, or beside a box (a container
 * element) around it. In this case the function returns the parent of all these parts and removes boxes that do not
 * belong to the article. `title` is the element of the title, or null if the title is not known. A text below the title
 * is preferred to a longer text elsewhere, because a notice is often shorter than the imprint of the portal. If
 * `isGentle` is true, the function returns the smallest element with nearly all prose of the page and removes nothing.
 */
export function findBody(body: Element, title: Element | null, removals: RemovalLog, isGentle = false): Element {
  const sizes = measureElements(body)
  const readProse = (element: Element): number => sizes.get(element)?.prose ?? 0
  const overall = findBestBlock(body, sizes)
  const scored = findBestUnderTitle(title, overall, sizes) ?? overall
  const declared = [...body.querySelectorAll(declaredBodySelector)]
    .filter((element) => readProse(element) >= readProse(scored) * 0.5)
    .sort((a, b) => readProse(b) - readProse(a))[0]
  const best = leaveTable(declared ?? scored)
  if (isGentle) return findMostProse(body, best, readProse)
  return best === body ? body : joinSiblings(body, best, { sizes, title, removals })
}

/**
 * Finds the smallest box around the best block that holds nearly all prose of the page. If the block is in a table
 * cell, the box stays inside that cell, because the cells of one row are columns of the page.
 */
function findMostProse(body: Element, best: Element, readProse: (element: Element) => number): Element {
  let root = best
  while (root !== body && root.localName !== 'td' && readProse(root) < readProse(body) * minGentleShare)
    root = root.parentElement ?? body
  return root
}

/**
 * Finds the best block in the smallest box around the title that has enough prose. Returns null if `best`, the best
 * block of the page, is also in that box or has much more prose than the box.
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

/**
 * Returns the parent of the table if the given element is a part of a table, because a table row is not a body. Returns
 * any other element unchanged.
 */
function leaveTable(element: Element): Element {
  if (!tableParts.has(element.localName)) return element
  return element.closest('table')?.parentElement ?? element
}

/** The values that `joinSiblings` needs besides the elements. */
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
    // The siblings of a table cell are not joined, because the cells of one row are columns of the page and not parts
    // of one article.
    const isColumn = from.localName === 'td'
    const children = [...parent.children]
    const siblings = children.filter((sibling) => sibling !== from)
    // Siblings above the title are not joined, because they do not belong to the text below the title.
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
      // Boxes with the same classes are parts of one text. Such boxes may have an element above the answer, such as
      // "Câu 1: …". If all of these boxes have such an element, the element is a part of the text too.
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

/** Whether a box is another article. Such a box begins with a heading, and the line below the heading is a date. */
function isOtherArticle(box: Element): boolean {
  const heading = box.querySelector('h1, h2, h3, h4')
  if (heading === null) return false
  const [first, second] = readRawLines(box).slice(0, 2)
  return (
    first === (heading.textContent ?? '').replace(/\s+/gu, ' ').trim() && second !== undefined && isDateLine(second)
  )
}

/**
 * Whether two elements are of the same kind: they have the same tag name, and the element with fewer classes has only
 * classes of the other element. An element without a class matches no other element.
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
 * Whether a box may stay between two parts of an article. Short headings and boxes with few links may stay. Lists of
 * links may not stay.
 */
function canStandBetween(sibling: Element, sizes: ReadonlyMap<Element, Measure>): boolean {
  const size = sizes.get(sibling)
  if (size === undefined) return false
  if (headings.has(sibling.localName)) return size.text <= maxHeadingLength
  return measureLinkDensity(size) < 0.25
}
