import { matchRanges } from '../../../shared/search-matches'
import type { Query } from '../../../shared/search-query'

/** Elements whose text is read as one: a match never goes from one into the next. */
const blocks = 'h1, h2, h3, h4, p, li, dt, dd, td, th, caption, figcaption, pre, blockquote'

/**
 * Where an article shows what a query asks for, in reading order, as ranges of its own document. None where it does not
 * have every word: then it is no hit, and single words of it would mislead.
 */
export function findMatches(article: HTMLElement, query: Query): Range[] {
  const document = article.ownerDocument
  const whole = article.textContent
  const hasAll = query.terms.every((term, at) => {
    const alternatives = query.alternatives.filter(({ from, to }) => from <= at && at < to)
    const others = alternatives.map(({ folded, exact }) => ({ ...term, folded, exact, isPrefix: false }))
    return (
      term.isExcluded ||
      [term, ...others].some((each) => matchRanges(whole, { terms: [each], alternatives: [] }).length > 0)
    )
  })
  if (!hasAll) return []
  const found: Range[] = []
  for (const block of article.querySelectorAll(blocks)) {
    if (block.closest('.source-box, .documents') !== null || block.querySelector(blocks) !== null) continue
    const nodes: { node: Node; from: number }[] = []
    let text = ''
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      nodes.push({ node, from: text.length })
      text += node.textContent ?? ''
    }
    const place = (at: number): [Node, number] | null => {
      const holder = nodes.findLast(({ from }) => from <= at)
      return holder === undefined ? null : [holder.node, at - holder.from]
    }
    for (const { from, to } of matchRanges(text, query)) {
      const [start, end] = [place(from), place(to - 1)]
      if (start === null || end === null) continue
      const range = document.createRange()
      range.setStart(...start)
      range.setEnd(end[0], end[1] + 1)
      found.push(range)
    }
  }
  return found
}

/** Marks ranges without touching the article's nodes (CSS Custom Highlight API), the one at `current` more strongly. */
export function showMatches(document: Document, matches: readonly Range[], current: number): void {
  // A document in a frame has a window with all that this one has.
  const view = document.defaultView
  if (view === null || !('highlights' in view.CSS)) return
  view.CSS.highlights.set('match', new view.Highlight(...matches))
  const chosen = matches[current]
  view.CSS.highlights.set('current-match', new view.Highlight(...(chosen === undefined ? [] : [chosen])))
}
