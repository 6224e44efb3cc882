import { findMatchRanges } from '../../../../shared/search/search-matches'
import type { Query } from '../../../../shared/search/search-query'
import { textBlocks } from './text-blocks'

/**
 * Where an article shows what a query asks for, in reading order, as ranges of its own document. None where it does not
 * have every word: then it is no hit, and single words of it would mislead.
 */
export function findMatches(article: HTMLElement, query: Query): Range[] {
  const whole = article.textContent
  const hasAll = query.terms.every((term, at) => {
    const alternatives = query.alternatives.filter(({ from, to }) => from <= at && at < to)
    const others = alternatives.map(({ folded, exact }) => ({ ...term, folded, exact, isPrefix: false }))
    return (
      term.isExcluded ||
      [term, ...others].some((each) => findMatchRanges(whole, { terms: [each], alternatives: [] }).length > 0)
    )
  })
  if (!hasAll) return []
  return textBlocks(article).flatMap((block) =>
    findMatchRanges(block.text, query).flatMap(({ from, to }) => block.range(from, to) ?? []),
  )
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
