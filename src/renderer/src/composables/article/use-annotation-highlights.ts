import { watch } from 'vue'
import { createPassageFinder } from '../../../../shared/text/passage-anchoring'
import type { TextRange } from '../../../../shared/text/text-range'
import { showRanges } from '../../lib/article/reading-text'
import type { ShownArticle } from '../../lib/article/shown-article'
import { useAnnotations } from '../../stores/article/annotations'
import type { ScrollPlace } from './use-scroll-anchor'

/**
 * Finds the passages of the annotations in the article and highlights these passages. Scrolls to an annotation on
 * request.
 */
export function useAnnotationHighlights(
  { page, reading }: Pick<ShownArticle, 'page' | 'reading'>,
  place: Pick<ScrollPlace, 'moveBy'>,
): void {
  const store = useAnnotations()

  watch([() => store.annotations, reading], show, { immediate: true })
  watch(() => store.scrollTarget, scrollToTarget)
  watch(
    () => store.clearCount,
    () => page.value?.getSelection()?.removeAllRanges(),
  )

  function show(): void {
    const [document, text] = [page.value, reading.value]
    if (document === null) return
    const find = text === null ? () => null : createPassageFinder(text.text)
    const found = new Map<string, TextRange>()
    for (const { id, passage } of store.annotations) {
      const range = find(passage)
      if (range !== null) found.set(id, range)
    }
    store.ranges = found
    const domRanges = (hasText: boolean): Range[] =>
      store.found.flatMap((each) => {
        const range = (each.text !== null) === hasText ? found.get(each.id) : undefined
        const domRange = range === undefined ? null : (text?.rangeOf(range) ?? null)
        return domRange === null ? [] : [domRange]
      })
    showRanges(document, 'marked', domRanges(false))
    showRanges(document, 'noted', domRanges(true))
  }

  function scrollToTarget(): void {
    const range = store.scrollTarget === null ? undefined : store.ranges.get(store.scrollTarget.id)
    const domRange = range === undefined ? null : (reading.value?.rangeOf(range) ?? null)
    const element = page.value?.documentElement
    if (domRange === null || element === undefined) return
    place.moveBy(() => domRange.getBoundingClientRect().top - element.clientHeight / 3)
  }
}
