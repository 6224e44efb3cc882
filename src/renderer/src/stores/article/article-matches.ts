import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/**
 * The matches in the open article. If the find bar is open, the matches belong to the text in the bar. Otherwise the
 * matches belong to the search in the library.
 */
export const useArticleMatches = defineStore('article-matches', () => {
  /** The text in the find bar. The value is null while the bar is closed. */
  const findText = shallowRef<string | null>(null)
  const count = shallowRef(0)
  /** The index of the match that is shown. */
  const current = shallowRef(0)

  /** Opens the find bar. If the bar is already open, keeps the bar's text. */
  function openBar(): void {
    findText.value ??= ''
  }

  function closeBar(): void {
    findText.value = null
  }

  /** Goes to the next (1) or the previous match (-1). After the last match, the first match comes again. */
  function go(step: 1 | -1): void {
    if (count.value > 0) current.value = (current.value + step + count.value) % count.value
  }

  return { findText, count, current, openBar, closeBar, go }
})
