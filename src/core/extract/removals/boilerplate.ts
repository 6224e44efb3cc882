import type { RemovalReason } from '../../../shared/removal-reasons'
import { isAttachmentBox } from '../fields/attachments'
import { hasSeveralChildren } from '../html/elements'
import { findBestBlock } from '../html/find-best-block'
import { emptyMeasure, type Measure, measureElements } from '../html/measure-elements'
import { findProseSpan } from './prose-span'
import type { PageQuery } from '../html/page-query'
import { type BoilerplateRules, type BoxContext, findBoxReason, isBesideContent, readBoxName } from './box-reason'
import { type CardList, findCardLists, findWholeBox } from './cards'
import type { ChromeName } from './chrome-names'
import { isControl } from './controls'
import { findCopies } from './copies'
import { collectControls } from './folded-parts'
import { isIntroduced } from './link-signs'
import { type RemovalLog, removalSteps } from './removal-log'

/** Selectors of the article. A box that matches or contains one of them is the article, whatever its class name. */
const articleMarks = ['h1', 'article', '[itemprop="articleBody"]']
/** Minimum share of the prose in the container of the article, which is the smallest such box around the best block. */
const minContainerShare = 0.7
/** Minimum length in characters of text directly in a box that counts as prose. */
const minOwnProse = 60

/**
 * Removes elements that are never content, controls of the portal, copies of the article, and boxes beside the article.
 * A box with most of the text stays. Returns the length of the prose of the page outside boxes that surely hold other
 * content: footers, navigation, comments, cards, copies and hidden text.
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
  const cardLists = rules.isLenient ? [] : findCardLists(body, sizes)
  const cards = new Set(cardLists.flatMap((list) => list.cards))
  const names = new Map<Element, ChromeName>()
  const isSuspect = ([element, { prose }]: [Element, Measure]): boolean => {
    const name = element === body ? null : readBoxName(element)
    if (name !== null) names.set(element, name)
    return (name !== null || isBesideContent(element)) && prose > 0
  }
  const suspected = [...sizes].filter(isSuspect).map(([element]) => element)
  const articleAncestors = collectAncestors(page.all(articleMarks))
  const best = findBestBlock(
    body,
    sizes,
    new Set([...cards, ...suspected.filter((box) => !articleAncestors.has(box) && isApart(box, names))]),
  )
  const whole = sizes.get(body) ?? emptyMeasure
  // The block with most of the text is never removed, whatever its class name is.
  const bestAncestors = collectAncestors([best])
  const titleAncestors = collectAncestors(page.all(['h1']))
  const suspects = new Set([...cards, ...suspected.filter((box) => !bestAncestors.has(box))])
  const container = findContainer(best, body, sizes, suspects)
  const { isAtEdge } = findProseSpan(container, (element) => suspects.has(element))
  const controls = collectControls(body)
  let proseApart = 0
  let removed = null as Element | null // `as`: TypeScript would narrow the type to null
  const places = new Map<Element, BoxContext['place']>()
  for (const [element, size] of sizes) {
    const place = !container.contains(element) ? 'outside' : isAtEdge(element) ? 'edge' : 'inside'
    if (hasSeveralChildren(element)) places.set(element, place)
    if (element === body || protectedElements.has(element) || removed?.contains(element) === true) continue
    removed = null
    const reason = findBoxReason(element, {
      size,
      share: size.text / Math.max(1, whole.text),
      isAroundBest: bestAncestors.has(element),
      name: names.get(element) ?? null,
      place,
      isArticle: articleAncestors.has(element),
      hasTitle: titleAncestors.has(element),
      controls,
      rules,
    })
    if (reason === null || (reason !== 'never-content' && isAttachmentBox(element))) continue
    // Code and form controls are not text, so they are not recorded in the log.
    if (reason === 'never-content') element.remove()
    else {
      const isOther = place === 'outside' && names.get(element)?.isTechnical === true
      if (isOther || isSurelyApart(element, reason, names) || cardLists.some(({ list }) => element.contains(list)))
        proseApart += size.prose
      removals.remove(element, removalSteps.boilerplate, reason)
    }
    removed = element
  }
  const limit = new Set([...bestAncestors, ...titleAncestors])
  for (const list of cardLists)
    if (body.contains(list.list) && countCardSigns(list, places, names, container) >= 2)
      for (const element of findWholeBox(list, limit)) {
        proseApart += sizes.get(element)?.prose ?? 0
        removals.remove(element, removalSteps.boilerplate, 'others')
      }
  const remaining = measureElements(body)
  for (const copy of findCopies(remaining, whole.prose, best)) {
    proseApart += remaining.get(copy)?.prose ?? 0
    removals.remove(copy, removalSteps.boilerplate, 'repeated')
  }
  // A control is removed only if it is a whole line, because a link with the label of a control may be a part of a
  // sentence.
  for (const [element, size] of remaining)
    if (isControl(element, size)) removals.remove(element, removalSteps.boilerplate, 'control')
  return whole.prose - proseApart
}

/** Whether a removed box surely holds other content than the article. */
function isSurelyApart(box: Element, reason: RemovalReason, names: ReadonlyMap<Element, ChromeName>): boolean {
  return reason === 'hidden' || reason === 'beside' || isApart(box, names)
}

/** Whether a box is a footer, a navigation, or comments. Such a box is not the article, even if it has the most text. */
function isApart(box: Element, names: ReadonlyMap<Element, ChromeName>): boolean {
  const kind = names.get(box)?.kind
  return box.localName === 'footer' || box.localName === 'nav' || kind === 'footer' || kind === 'comments'
}

/**
 * Counts the signs that a row of cards is not a part of the article: the cards themselves, their place, a name, an
 * element for other content or a heading for other articles. Plain links at the end of a text may belong to the text. A
 * heading announces a list of links and dates, but not cards with pictures.
 */
function countCardSigns(
  { list, isFull, isPlain, hasHeading }: CardList,
  places: ReadonlyMap<Element, BoxContext['place']>,
  names: ReadonlyMap<Element, ChromeName>,
  container: Element,
): number {
  const place = places.get(list) ?? 'inside'
  let signs = 1 + (hasHeading ? 1 : 0)
  if (place === 'outside' || (place === 'edge' && isFull && !isIntroduced(list, container, isPlain))) signs += 1
  for (let box: Element | null = list; box !== null && !box.contains(container); box = box.parentElement)
    if (names.has(box) || isBesideContent(box)) signs += 1
  return signs
}

/**
 * Finds the smallest box around the best block that holds most of the prose. Prose in `suspects` does not count, because
 * these boxes are judged by their place.
 */
function findContainer(
  best: Element,
  body: Element,
  sizes: ReadonlyMap<Element, Measure>,
  suspects: ReadonlySet<Element>,
): Element {
  const prose = new Map<Element, number>()
  let whole = 0
  let suspect = null as Element | null // `as`: TypeScript would narrow the type to null
  for (const [element, size] of sizes) {
    if (suspect?.contains(element) === true) continue
    suspect = suspects.has(element) ? element : null
    if (suspect !== null || size.prose === 0 || (size.hasBlocks && size.own < minOwnProse)) continue
    const length = size.hasBlocks ? size.own : size.prose
    whole += length
    for (let box: Element | null = element; box !== null && box !== body; box = box.parentElement)
      prose.set(box, (prose.get(box) ?? 0) + length)
  }
  let container = best
  while (container !== body && (prose.get(container) ?? 0) < whole * minContainerShare)
    container = container.parentElement ?? body
  return container
}

/** Returns the elements and all their ancestors. */
function collectAncestors(elements: readonly Element[]): Set<Element> {
  const found = new Set<Element>()
  for (const element of elements)
    for (let at: Element | null = element; at !== null && !found.has(at); at = at.parentElement) found.add(at)
  return found
}
