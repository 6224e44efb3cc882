import { onScopeDispose, watch } from 'vue'
import type { Bulletin, Position } from '../../../../shared/bulletin'
import type { ShownArticle } from '../../lib/article/shown-article'
import { useArticle } from '../../stores/article/article'
import type { ScrollPlace } from './use-scroll-anchor'

/** The time, in ms, without scrolling after which the position is stored. */
const restMs = 600
/** Maximum scroll position, in px, at which the article counts as not begun. */
const beginPx = 40
/** Minimum share of the scroll range at which the article counts as read to its end. */
const endShare = 0.98

/** Stores and restores the reading position of the article, and shows the progress. */
export function useReadingPosition(
  { frame, page, root }: Pick<ShownArticle, 'frame' | 'page' | 'root'>,
  place: ScrollPlace,
): {
  /** Stores the reading position. The caller must call this function before another bulletin is drawn. */
  store(): void
  /** Restores the reading position. The caller must call this function after the first drawing of a bulletin. */
  begin(bulletin: Bulletin): void
  /** Ends the work on the shown bulletin. The caller must call this function when the frame is empty. */
  end(): void
  onScroll(): void
  showProgress(): void
} {
  const article = useArticle()
  /** The bulletin whose position is stored. The article store may already hold the next bulletin. */
  let shownId: string | null = null
  /** The position that was stored last, as JSON. */
  let stored = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Whether the user has scrolled since the position was stored or restored. Only then is there a new position. */
  let hasScrolled = false

  // Pictures, fonts, the window's size and other views change the scroll height, and so the progress changes too.
  const sizes = new ResizeObserver(showProgress)
  for (const source of [frame, root])
    watch(source, (element, before) => {
      if (before) sizes.unobserve(before)
      if (element) sizes.observe(element)
    })
  onScopeDispose(() => sizes.disconnect())

  function begin({ id, status }: Bulletin): void {
    shownId = id
    stored = JSON.stringify(status.position)
    if (article.readNumber === null && status.position !== null) place.show(status.position)
    hasScrolled = false
  }

  function end(): void {
    shownId = null
  }

  function onScroll(): void {
    showProgress()
    if (!place.onScroll()) return
    hasScrolled = true
    clearTimeout(timer)
    timer = setTimeout(store, restMs)
  }

  function showProgress(): void {
    article.progress = shareRead() ?? article.progress
  }

  /** Returns the share of the article that has been read (0 to 1). Returns null if another view covers the frame. */
  function shareRead(): number | null {
    const { clientHeight = 0, scrollHeight = 0, scrollTop = 0 } = page.value?.documentElement ?? {}
    if (clientHeight === 0) return null
    const range = scrollHeight - clientHeight
    return range <= 0 ? 1 : Math.min(1, scrollTop / range)
  }

  /** Stores the reading position. At the beginning and at the end of the article, stores null instead. */
  function store(): void {
    clearTimeout(timer)
    timer = undefined
    // The position is not stored in an older revision, because it does not fit the current revision.
    if (shownId === null || article.readNumber !== null || !hasScrolled) return
    const position = currentPosition()
    if (position === undefined) return
    hasScrolled = false
    const text = JSON.stringify(position)
    if (text === stored) return
    stored = text
    void article.storePosition(shownId, position)
  }

  /** Returns the reading position, null at the beginning and at the end of the article, or undefined without article. */
  function currentPosition(): Position | null | undefined {
    const [document, share] = [page.value, shareRead()]
    if (document === null || share === null) return undefined
    const anchor = place.current()
    if (anchor === null) return undefined
    if (document.documentElement.scrollTop <= beginPx || share >= endShare) return null
    return { block: anchor.index, offset: Math.round(anchor.share * 1e5) / 1e5 }
  }

  return { store, begin, end, onScroll, showProgress }
}
