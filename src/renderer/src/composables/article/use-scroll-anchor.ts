import {
  captureScrollAnchor,
  distanceFromAnchor,
  distanceFromShare,
  restoreScrollAnchor,
  type ScrollAnchor,
  blocksOf,
} from '../../lib/article/scroll-anchor'
import type { ShownArticle } from '../../lib/article/shown-article'
import { useFrameHeight } from './use-frame-height'

/**
 * The maximum number of animation frames in which a restored place is corrected. Pictures and fonts may still move the
 * text in these frames.
 */
const maxFrames = 12

/** The place of the view in the article. */
export interface ScrollPlace {
  /** Changes the layout and keeps the visible text in place, also in the next `framesLater` animation frames. */
  keep(change: () => void, framesLater?: number): void
  /** Shows the block with this index. The given share of the block's height is above the view. */
  show(place: { block: number; offset: number }): void
  /**
   * Scrolls by a distance in px that `measure` returns, and measures again in each animation frame until the text no
   * longer moves. The browser only estimates the heights above a place that has never been in view.
   */
  moveBy(measure: () => number): void
  /** Forgets the place. The caller must call this function after each drawing of the article. */
  forget(): void
  /** Returns true if the view has a new place, and false if a change of the layout has moved the view. */
  onScroll(): boolean
  /** Returns the block at the top of the view. */
  current(): ScrollAnchor | null
}

/**
 * Keeps the place of the view in the article while text size, window and pictures change the layout. The place changes
 * only when the user scrolls. If each change of the layout set the place again, the view would move a little each time.
 */
export function useScrollAnchor({ frame, page, root }: Pick<ShownArticle, 'frame' | 'page' | 'root'>): ScrollPlace {
  let anchor: ScrollAnchor | null = null
  /** The scroll position in px after the last restoration. */
  let restoredTop = -1
  /** Whether `moveBy` has moved the view since the last scroll event. */
  let isMoved = false
  /** Counts the restorations, so that a newer one ends the corrections of an older one. */
  let restorations = 0
  const waitForHeight = useFrameHeight(frame)

  function capture(): ScrollAnchor | null {
    const [document, article] = [page.value, root.value]
    const isHidden = (document?.documentElement.clientHeight ?? 0) === 0
    return document === null || article === null || isHidden ? null : captureScrollAnchor(document, article)
  }

  function keep(change: () => void, framesLater = 0): void {
    anchor ??= capture()
    change()
    const [document, kept] = [page.value, anchor]
    if (document === null || kept === null) return
    correct(framesLater, () => {
      if (anchor === kept && kept.block.isConnected) restoreScrollAnchor(document, kept)
      return false
    })
  }

  /** Calls `restore` now and in the next animation frames. Stops after the frame in which `restore` returns true. */
  function correct(frames: number, restore: () => boolean): void {
    const own = ++restorations
    const step = (framesLeft: number): void => {
      const element = page.value?.documentElement
      if (own !== restorations || element === undefined) return
      if (element.clientHeight === 0) return waitForHeight(() => step(framesLeft))
      const isDone = restore()
      restoredTop = element.scrollTop
      if (framesLeft > 0) requestAnimationFrame(() => step(isDone ? Math.min(1, framesLeft) - 1 : framesLeft - 1))
    }
    step(frames)
  }

  function show({ block, offset }: { block: number; offset: number }): void {
    const drawn = root.value
    const shown = drawn === null ? undefined : blocksOf(drawn)[block]
    if (shown !== undefined) moveTo(() => distanceFromShare(shown, offset))
  }

  function moveTo(measure: () => number): void {
    const drawn = root.value
    correct(maxFrames, () => {
      const element = page.value?.documentElement
      if (element === undefined || root.value !== drawn) return true
      const distance = measure()
      element.scrollTop += distance
      anchor = capture()
      return Math.abs(distance) < 1
    })
  }

  function onScroll(): boolean {
    const document = page.value
    if (document === null || document.documentElement.clientHeight === 0) return false
    const isNew = isMoved
    isMoved = false
    if (Math.abs(document.documentElement.scrollTop - restoredTop) < 1) return isNew
    if (anchor?.block.isConnected === true && Math.abs(distanceFromAnchor(document, anchor)) < 1) return false
    restorations += 1
    restoredTop = -1
    anchor = capture()
    return true
  }

  return {
    keep,
    show,
    moveBy(measure) {
      isMoved = true
      moveTo(measure)
    },
    forget() {
      restorations += 1
      isMoved = false
      anchor = null
      restoredTop = -1
    },
    onScroll,
    current: () => (anchor ??= capture()),
  }
}
