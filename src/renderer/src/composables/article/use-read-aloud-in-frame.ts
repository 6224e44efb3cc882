import { watch } from 'vue'
import { findLastIndex } from '../../../../shared/text/find-last-index'
import { type ReadingText, showRanges } from '../../lib/article/reading-text'
import type { ScrollAnchor } from '../../lib/article/scroll-anchor'
import { useArticle } from '../../stores/article/article'
import { useReadAloud } from '../../stores/article/read-aloud'
import type { ShownArticle } from '../../lib/article/shown-article'
import type { ScrollPlace } from './use-scroll-anchor'

/**
 * Maximum place of the end of the spoken sentence, as a share of the view's height. Below this place, the article
 * scrolls.
 */
const maxBottomShare = 0.8

/** Supplies the article's text for reading aloud. Marks the current sentence and scrolls to this sentence. */
export function useReadAloudInFrame(
  { page, reading }: Pick<ShownArticle, 'page' | 'reading'>,
  place: Pick<ScrollPlace, 'current' | 'moveBy'>,
): void {
  const readAloud = useReadAloud()
  const article = useArticle()

  readAloud.readFrom(() => {
    const [document, text] = [page.value, reading.value]
    if (document === null || text === null) return null
    const isAtTop = document.documentElement.scrollTop < 8
    return { paragraphs: text.blocks, viewFrom: isAtTop ? 0 : viewStart(text, place.current()) }
  })
  // Reading aloud stops when the article shows another bulletin or another revision.
  watch(
    () => `${article.openId ?? ''} ${article.bulletin?.id ?? ''} ${article.bulletin?.revision.digest ?? ''}`,
    () => readAloud.stop(),
  )
  watch([() => readAloud.current, reading], () => {
    const [document, text, sentence] = [page.value, reading.value, readAloud.current]
    if (document === null) return
    const range = sentence === null || text === null ? null : text.rangeOf(sentence)
    showRanges(document, 'spoken', range === null ? [] : [range], 2)
    if (range === null) return
    const { top, bottom } = range.getBoundingClientRect()
    const { clientHeight } = document.documentElement
    if (top >= 0 && bottom <= clientHeight * maxBottomShare) return
    place.moveBy(() => range.getBoundingClientRect().top - clientHeight / 4)
  })
}

/**
 * Returns the offset of the first paragraph in view. Only a few paragraphs are measured, because measuring a
 * paragraph out of view makes the browser lay out this paragraph.
 */
function viewStart(text: ReadingText, anchor: ScrollAnchor | null): number {
  if (anchor === null) return 0
  const from = text.offsetOf(anchor.block, 0) ?? 0
  const first = findLastIndex(text.blocks.length, (at) => (text.blocks[at]?.to ?? Infinity) <= from) + 1
  const isInView = (at: number): boolean => {
    const block = text.blocks[at]
    return block === undefined || (text.rangeOf(block)?.getBoundingClientRect().bottom ?? 0) > 0
  }
  // A table or a list is one block of the view, and many paragraphs of the text.
  const count = text.blocks.length - first
  const above = findLastIndex(count, (at) => !isInView(first + at)) + 1
  return text.blocks[first + above]?.from ?? from
}
