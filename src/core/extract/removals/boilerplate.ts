import { isAttachmentBox } from '../fields/attachments'
import { findBestBlock } from '../html/find-best-block'
import { emptyMeasure, measureElements } from '../html/measure-elements'
import type { PageQuery } from '../html/page-query'
import { type BoilerplateRules, readNames, longName, findBoxReason } from './box-reason'
import { isControl } from './controls'
import { findCopies } from './copies'
import { type RemovalLog, removalSteps } from './removal-log'

/** An element with one of these in it is the article, whatever its name. */
const articleMarks = ['h1', 'article', '[itemprop="articleBody"]']
/**
 * Removes what is never content, the portal's controls, and boxes beside the content unless they hold most of the text.
 * Returns how much prose the page's best block had before, but for what its readers wrote; 0 if it is none of the
 * article's.
 */
export function removeBoilerplate(
  body: Element,
  page: PageQuery,
  rules: BoilerplateRules,
  removals: RemovalLog,
): number {
  const kept = new Set(page.all(rules.keep))
  for (const element of page.all(rules.drop)) removals.remove(element, removalSteps.boilerplate, 'pack-drop')
  const sizes = measureElements(body)
  const best = findBestBlock(body, sizes)
  const whole = sizes.get(body) ?? emptyMeasure
  // Whatever it calls itself: the block with most of the text is no box beside it.
  const around = collectAncestors([best])
  const articles = collectAncestors(page.all(articleMarks))
  const titled = collectAncestors(page.all(['h1']))
  let removed = null as Element | null // narrowed to null otherwise, although the loop sets it
  let commentProse = 0
  for (const [element, size] of sizes) {
    if (element === body || kept.has(element) || removed?.contains(element) === true) continue
    removed = null
    const share = size.text / Math.max(1, whole.text)
    const proseShare = size.prose / Math.max(1, whole.prose)
    const reason = findBoxReason(element, {
      share,
      proseShare,
      isAroundBest: around.has(element),
      isArticle: articles.has(element),
      hasTitle: titled.has(element),
      rules,
    })
    if (reason === null || (reason !== 'never-content' && isAttachmentBox(element))) continue
    // Code and controls are no text: they need no line in the log.
    if (reason === 'never-content') element.remove()
    else {
      if (best.contains(element) && longName.test(readNames(element))) commentProse += size.prose
      removals.remove(element, removalSteps.boilerplate, reason)
    }
    removed = element
  }
  const left = measureElements(body)
  for (const copy of findCopies(left, whole.prose, best)) removals.remove(copy, removalSteps.boilerplate, 'repeated')
  // Only whole lines: a link named like a control may stand in a sentence.
  for (const [element, size] of left)
    if (isControl(element, size)) removals.remove(element, removalSteps.boilerplate, 'control')
  return body.contains(best) ? (sizes.get(best)?.prose ?? 0) - commentProse : 0
}

/** Elements and all around them. */
function collectAncestors(elements: readonly Element[]): Set<Element> {
  const found = new Set<Element>()
  for (const element of elements)
    for (let at: Element | null = element; at !== null && !found.has(at); at = at.parentElement) found.add(at)
  return found
}
