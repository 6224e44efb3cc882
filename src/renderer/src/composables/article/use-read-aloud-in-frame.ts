import { watch } from 'vue'
import { showRanges } from '../../lib/article/reading-text'
import { useArticle } from '../../stores/article/article'
import { useReadAloud } from '../../stores/article/read-aloud'
import type { ShownArticle } from '../../lib/article/shown-article'

/** The sentence is followed so that it stays within this part of the view. */
const lowest = 0.8

/** Reading aloud in the article's frame: gives the text, marks the sentence that is read, and follows it. */
export function useReadAloudInFrame({ page, reading }: Pick<ShownArticle, 'page' | 'reading'>): void {
  const listening = useReadAloud()
  const article = useArticle()

  listening.readFrom(() => {
    const [document, text] = [page.value, reading.value]
    if (document === null || text === null) return null
    const inView = text.blocks.find((block) => (text.rangeOf(block)?.getBoundingClientRect().bottom ?? 0) > 0)
    const isAtTop = document.documentElement.scrollTop < 8
    return { paragraphs: text.blocks, viewFrom: isAtTop ? 0 : (inView?.from ?? 0) }
  })
  // Another bulletin, or another version of it, is not what the voice reads.
  watch(
    () => `${article.openId ?? ''} ${article.bulletin?.id ?? ''} ${article.bulletin?.revision.digest ?? ''}`,
    () => listening.stop(),
  )
  watch([() => listening.current, reading], () => {
    const [document, text, sentence] = [page.value, reading.value, listening.current]
    if (document === null) return
    const range = sentence === null || text === null ? null : text.rangeOf(sentence)
    showRanges(document, 'spoken', range === null ? [] : [range], 2)
    if (range === null) return
    const { top, bottom } = range.getBoundingClientRect()
    const { clientHeight } = document.documentElement
    if (top < 0 || bottom > clientHeight * lowest) document.documentElement.scrollTop += top - clientHeight / 4
  })
}
