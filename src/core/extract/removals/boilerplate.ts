import { isAttachmentBox } from '../fields/attachments'
import { findBestBlock } from '../html/find-best-block'
import { emptyMeasure, measureElements } from '../html/measure-elements'
import type { PageQuery } from '../html/page-query'
import { type BoilerplateRules, readNames, longName, findBoxReason } from './box-reason'
import { isControl } from './controls'
import { findCopies } from './copies'
import { type RemovalLog, removalSteps } from './removal-log'

/** A box that matches or contains one of these selectors is the article, whatever the class name of the box. */
const articleMarks = ['h1', 'article', '[itemprop="articleBody"]']

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
  let removed = null as Element | null // `as`: TypeScript would narrow the type to null
  let commentProse = 0
  for (const [element, size] of sizes) {
    if (element === body || protectedElements.has(element) || removed?.contains(element) === true) continue
    removed = null
    const share = size.text / Math.max(1, whole.text)
    const proseShare = size.prose / Math.max(1, whole.prose)
    const reason = findBoxReason(element, {
      share,
      proseShare,
      isAroundBest: bestAncestors.has(element),
      isArticle: articleAncestors.has(element),
      hasTitle: titleAncestors.has(element),
      rules,
    })
    if (reason === null || (reason !== 'never-content' && isAttachmentBox(element))) continue
    // Code and form controls are not text, so they are not recorded in the log.
    if (reason === 'never-content') element.remove()
    else {
      if (best.contains(element) && longName.test(readNames(element))) commentProse += size.prose
      removals.remove(element, removalSteps.boilerplate, reason)
    }
    removed = element
  }
  const remaining = measureElements(body)
  for (const copy of findCopies(remaining, whole.prose, best))
    removals.remove(copy, removalSteps.boilerplate, 'repeated')
  // A control is removed only if it is a whole line, because a link with the label of a control may be a part of a
  // sentence.
  for (const [element, size] of remaining)
    if (isControl(element, size)) removals.remove(element, removalSteps.boilerplate, 'control')
  return body.contains(best) ? (sizes.get(best)?.prose ?? 0) - commentProse : 0
}

/** Returns the elements and all their ancestors. */
function collectAncestors(elements: readonly Element[]): Set<Element> {
  const found = new Set<Element>()
  for (const element of elements)
    for (let at: Element | null = element; at !== null && !found.has(at); at = at.parentElement) found.add(at)
  return found
}
