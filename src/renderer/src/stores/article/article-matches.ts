import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/**
 * Matches in the open article. They belong to the text in the find bar if it is open, else to the search in the
 * library.
 */
export const useArticleMatches = defineStore('article-matches', () => {
  /** The text in the find bar. Null while the bar is closed. */
  const findText = shallowRef<string | null>(null)
  const count = shallowRef(0)
  /** Index of the match that is shown. */
  const current = shallowRef(0)

  /** Opens the find bar. If the bar is already open, keeps the bar's text. */
  function openBar(): void {
    findText.value ??= ''
  }

  function closeBar(): void {
    findText.value = null
  }

  /** Goes to the next (1) or the previous match (-1). After the last match comes the first one. */
  function go(step: 1 | -1): void {
    if (count.value > 0) current.value = (current.value + step + count.value) % count.value
  }

  return { findText, count, current, openBar, closeBar, go }
})
