import { findMatchRanges } from '../../../../shared/search/search-matches'
import type { Query } from '../../../../shared/search/search-query'
import { textBlocks } from './text-blocks'

/**
 * Finds the matches of a query in an article, in reading order. Returns no match if the article lacks a word of the
 * query. Such an article is not a search result, so marking its single words would mislead the user.
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

/**
 * Marks the matches, and marks the current match in another colour. The CSS Custom Highlight API does not change the
 * article.
 */
export function showMatches(document: Document, matches: readonly Range[], current: number): void {
  const view = document.defaultView
  if (view === null || !('highlights' in view.CSS)) return
  view.CSS.highlights.set('match', new view.Highlight(...matches))
  const chosen = matches[current]
  view.CSS.highlights.set('current-match', new view.Highlight(...(chosen === undefined ? [] : [chosen])))
}
