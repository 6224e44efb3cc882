import { isAttachmentBox } from '../fields/attachments'
import { findBestBlock } from '../html/find-best-block'
import { emptyMeasure, type Measure, measureElements } from '../html/measure-elements'
import type { PageQuery } from '../html/page-query'
import { type BoilerplateRules, findBoxReason, isBesideContent, readBoxName } from './box-reason'
import type { ChromeName } from './chrome-names'
import { isControl } from './controls'
import { findCopies } from './copies'
import { collectControls } from './folded-parts'
import { type RemovalLog, removalSteps } from './removal-log'

/** A box that matches or contains one of these selectors is the article, whatever the class name of the box. */
const articleMarks = ['h1', 'article', '[itemprop="articleBody"]']
/** The container of the article is the smallest box around the best block with at least this share of the prose. */
const minContainerShare = 0.7
/** Text directly in a box counts as prose from this length on. */
const minOwnProse = 60

/**
 * Removes elements that are never content, controls of the portal, copies of the article, and boxes beside the article.
 * A box with most of the text stays. Returns the length of the prose that the best block of the page had before the
 * removal, without comments. Returns 0 if the best block itself was removed, because that block was not the article.
 */
export function removeBoilerplate(
  body: Element,
  page: PageQuery,
  rules: BoilerplateRules,
  removals: RemovalLog,
): number {
  const protectedElements = new Set(page.all(rules.keep))
  for (const element of page.all(rules.drop)) removals.remove(element, removalSteps.boilerplate, 'pack-drop')
  const sizes = measureElements(body)
  const best = findBestBlock(body, sizes)
  const whole = sizes.get(body) ?? emptyMeasure
  // The block with most of the text is not a box beside the article, whatever the class name of the block.
  const bestAncestors = collectAncestors([best])
  const articleAncestors = collectAncestors(page.all(articleMarks))
  const titleAncestors = collectAncestors(page.all(['h1']))
  const names = new Map<Element, ChromeName>()
  const text = findText(best, body, sizes, names)
  const controls = collectControls(body)
  let removed = null as Element | null // `as`: TypeScript would narrow the type to null
  let at = -1
  for (const [element, size] of sizes) {
    at += 1
    if (element === body || protectedElements.has(element) || removed?.contains(element) === true) continue
    removed = null
    const reason = findBoxReason(element, {
      size,
      share: size.text / Math.max(1, whole.text),
      isAroundBest: bestAncestors.has(element),
      name: names.get(element) ?? null,
      place: !text.container.contains(element) ? 'outside' : at < text.first || at > text.last ? 'edge' : 'inside',
      isArticle: articleAncestors.has(element),
      hasTitle: titleAncestors.has(element),
      controls,
      rules,
    })
    if (reason === null || (reason !== 'never-content' && isAttachmentBox(element))) continue
    // Code and form controls are not text, so they are not recorded in the log.
    if (reason === 'never-content') element.remove()
    else removals.remove(element, removalSteps.boilerplate, reason)
    removed = element
  }
  const remaining = measureElements(body)
  for (const copy of findCopies(remaining, whole.prose, best))
    removals.remove(copy, removalSteps.boilerplate, 'repeated')
  // A control is removed only if it is a whole line, because a link with the label of a control may be a part of a
  // sentence.
  for (const [element, size] of remaining)
    if (isControl(element, size)) removals.remove(element, removalSteps.boilerplate, 'control')
  return body.contains(best) ? (remaining.get(best)?.prose ?? 0) : 0
}

/** Where the text of an article is. */
interface TextPlace {
  /** The smallest box around the best block that holds most of the prose. */
  container: Element
  /** Positions of the first and the last paragraph of the text, in page order. */
  first: number
  last: number
}

/**
 * Finds the place of the text. Prose in boxes with a name or an element for other content does not count, because these
 * boxes are judged by their place. Stores what the names of boxes say in `names`.
 */
function findText(
  best: Element,
  body: Element,
  sizes: ReadonlyMap<Element, Measure>,
  names: Map<Element, ChromeName>,
): TextPlace {
  const prose = new Map<Element, number>()
  const paragraphs: { element: Element; at: number }[] = []
  let [suspect, at, whole] = [null as Element | null, -1, 0]
  for (const [element, size] of sizes) {
    at += 1
    const name = element === body ? null : readBoxName(element)
    if (name !== null) names.set(element, name)
    if (suspect?.contains(element) === true) continue
    suspect = (name !== null || isBesideContent(element)) && !element.contains(best) && size.prose > 0 ? element : null
    if (suspect !== null || size.prose === 0 || (size.hasBlocks && size.own < minOwnProse)) continue
    const length = size.hasBlocks ? size.own : size.prose
    whole += length
    paragraphs.push({ element, at })
    for (let box: Element | null = element; box !== null && box !== body; box = box.parentElement)
      prose.set(box, (prose.get(box) ?? 0) + length)
  }
  let container = best
  while (container !== body && (prose.get(container) ?? 0) < whole * minContainerShare)
    container = container.parentElement ?? body
  const inside = paragraphs.filter(({ element }) => container.contains(element))
  return { container, first: inside[0]?.at ?? 0, last: inside.at(-1)?.at ?? at }
}

/** Returns the elements and all their ancestors. */
function collectAncestors(elements: readonly Element[]): Set<Element> {
  const found = new Set<Element>()
  for (const element of elements)
    for (let at: Element | null = element; at !== null && !found.has(at); at = at.parentElement) found.add(at)
  return found
}
