import { findMatchRanges } from '../../../../shared/search/search-matches'
import type { Query } from '../../../../shared/search/search-query'
import { foldWord } from '../../../../shared/text/word-keys'
import { blocksWithWords } from './find-text'
import { type TextBlock, textBlocks } from './text-blocks'

/**
 * Finds the matches of a query in an article, in reading order. Returns no match if the article lacks a word of the
 * query. Such an article is not a search result, so marking its single words would mislead the user.
 */
export function findMatches(article: HTMLElement, query: Query): StaticRange[] {
  // Only these blocks can match. Splitting all other blocks into words would take long in a long article.
  const candidates = query.number === undefined ? blocksWithWords(article, firstWords(query)) : textBlocks(article)
  const hasAll = query.terms.every((term, at) => {
    const alternatives = query.alternatives.filter(({ from, to }) => from <= at && at < to)
    const others = alternatives.map(({ folded, exact }) => ({ ...term, folded, exact, isPrefix: false }))
    return term.isExcluded || [term, ...others].some((each) => hasTerm(article, candidates, each))
  })
  if (!hasAll) return []
  return candidates.flatMap((block) =>
    findMatchRanges(block.text, query).flatMap(({ from, to }) => block.range(from, to) ?? []),
  )
}

/** Returns the first folded word of each term and of each other way to write a term. */
function firstWords({ terms, alternatives }: Pick<Query, 'terms' | 'alternatives'>): string[] {
  return [...terms, ...alternatives].flatMap(({ folded }) => folded.slice(0, 1))
}

/** Tells whether a block contains a term, or the text outside of the blocks, such as the name of the source. */
function hasTerm(article: HTMLElement, candidates: readonly TextBlock[], term: Query['terms'][number]): boolean {
  const query = { terms: [term], alternatives: [] }
  const isIn = (text: string): boolean => findMatchRanges(text, query).length > 0
  if (candidates.some(({ text }) => isIn(text))) return true
  return term.folded.every((word) => foldedText(article).includes(word)) && isIn(article.textContent)
}

/** The folded text of each article. */
const foldedTexts = new WeakMap<HTMLElement, string>()

function foldedText(article: HTMLElement): string {
  const folded = foldedTexts.get(article) ?? foldWord(article.textContent)
  foldedTexts.set(article, folded)
  return folded
}

/**
 * Marks the matches, and marks the current match in another colour. The CSS Custom Highlight API does not change the
 * article.
 */
export function showMatches(document: Document, matches: readonly AbstractRange[], current: number): void {
  const view = document.defaultView
  if (view === null || !('highlights' in view.CSS)) return
  view.CSS.highlights.set('match', new view.Highlight(...matches))
  const chosen = matches[current]
  view.CSS.highlights.set('current-match', new view.Highlight(...(chosen === undefined ? [] : [chosen])))
}
