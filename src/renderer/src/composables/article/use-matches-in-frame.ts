import { watch } from 'vue'
import { parseQuery } from '../../../../shared/search/search-query'
import { findMatches, showMatches } from '../../lib/article/find-matches'
import { findText, prepareFind } from '../../lib/article/find-text'
import type { ShownArticle } from '../../lib/article/shown-article'
import { useArticleMatches } from '../../stores/article/article-matches'
import { useBulletins } from '../../stores/list/bulletins'
import type { ScrollPlace } from './use-scroll-anchor'

/**
 * Finds matches in the article and shows these matches. If the find bar is open, the matches belong to the text in the
 * bar. Otherwise the matches belong to the search in the library.
 */
export function useMatchesInFrame(
  { page, root }: Pick<ShownArticle, 'page' | 'root'>,
  place: Pick<ScrollPlace, 'moveBy'>,
): {
  /** Finds the matches again. The caller must call this function after each drawing of the article. */
  refresh(): void
  /** Scrolls to a match if it is not in view. */
  scrollTo(at: number): void
} {
  const store = useArticleMatches()
  const bulletins = useBulletins()
  let matches: StaticRange[] = []

  watch(() => bulletins.searchText, refresh)
  watch(
    () => store.findText,
    (text) => {
      if (text === null) select(matches[store.current])
      refresh()
      if (text !== null) scrollTo(0)
    },
  )
  watch(
    () => store.current,
    (at) => {
      if (page.value !== null) showMatches(page.value, matches, at)
      scrollTo(at)
    },
  )

  function refresh(): void {
    if (page.value === null || root.value === null) return
    matches = find(root.value)
    store.count = matches.length
    store.current = 0
    showMatches(page.value, matches, 0)
  }

  function find(article: HTMLElement): StaticRange[] {
    if (store.findText === '') prepareFind(article)
    if (store.findText !== null) return findText(article, store.findText)
    return bulletins.isSearching
      ? findMatches(article, parseQuery(bulletins.understoodAs ?? bulletins.searchText, { isTyping: true }))
      : []
  }

  /**
   * Selects the current match when the find bar closes, as browsers do. The user can then highlight the match without a
   * mouse.
   */
  function select(range: StaticRange | undefined): void {
    if (range === undefined) return
    const { startContainer, startOffset, endContainer, endOffset } = range
    page.value?.getSelection()?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset)
  }

  function scrollTo(at: number): void {
    const element = page.value?.documentElement
    const rect = boxOf(matches[at])
    if (element === undefined || rect === undefined || (rect.top >= 0 && rect.bottom <= element.clientHeight)) return
    const range = matches[at]
    place.moveBy(() => (boxOf(range)?.top ?? 0) - element.clientHeight / 3)
  }

  return { refresh, scrollTo }
}

function boxOf(match: StaticRange | undefined): DOMRect | undefined {
  const range = match?.startContainer.ownerDocument?.createRange()
  if (match === undefined || range === undefined) return undefined
  range.setStart(match.startContainer, match.startOffset)
  range.setEnd(match.endContainer, match.endOffset)
  return range.getBoundingClientRect()
}
