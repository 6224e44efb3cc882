import { watch } from 'vue'
import { showRanges } from '../../lib/article/reading-text'
import { useArticle } from '../../stores/article/article'
import { useReadAloud } from '../../stores/article/read-aloud'
import type { ShownArticle } from '../../lib/article/shown-article'

/**
 * Maximum place of the end of the spoken sentence, as a share of the view's height. Below this place, the article
 * scrolls.
 */
const maxBottomShare = 0.8

/** Supplies the article's text for reading aloud. Marks the current sentence and scrolls to this sentence. */
export function useReadAloudInFrame({ page, reading }: Pick<ShownArticle, 'page' | 'reading'>): void {
  const readAloud = useReadAloud()
  const article = useArticle()

  readAloud.readFrom(() => {
    const [document, text] = [page.value, reading.value]
    if (document === null || text === null) return null
    const inView = text.blocks.find((block) => (text.rangeOf(block)?.getBoundingClientRect().bottom ?? 0) > 0)
    const isAtTop = document.documentElement.scrollTop < 8
    return { paragraphs: text.blocks, viewFrom: isAtTop ? 0 : (inView?.from ?? 0) }
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
    if (top < 0 || bottom > clientHeight * maxBottomShare) document.documentElement.scrollTop += top - clientHeight / 4
  })
}
