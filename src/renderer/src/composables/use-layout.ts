import { computed, onScopeDispose, ref, type Ref } from 'vue'
import { countLineChars } from '../lib/article/article-typography'
import type { Settings } from '../../../shared/settings/settings'

/** The widths of the panes for a window width and a text size. */
export interface Layout {
  windowWidth: number
  /** Whether the window shows one pane at a time, with toolbars at the bottom of the window. */
  isNarrow: boolean
  isRailFolded: boolean
  isListFolded: boolean
  railWidth: number
  listWidth: number
  articleWidth: number
}

const foldedRailWidth = 64
/**
 * Minimum width of a window, in px, that shows several panes side by side. A narrower window shows one pane at a time.
 */
export const narrowBelow = 900
const railFoldsBelow = 1100
/**
 * Minimum number of characters in a line of the article. If a line would have room for fewer, the layout folds the list
 * and the left column.
 */
const minLineChars = 30
const articlePadding = 80

/** Computes the layout for a window width and settings. */
export function layoutFor(windowWidth: number, settings: Settings): Layout {
  const isNarrow = windowWidth < narrowBelow
  if (isNarrow)
    return {
      windowWidth,
      isNarrow,
      isRailFolded: false,
      isListFolded: false,
      railWidth: windowWidth,
      listWidth: windowWidth,
      articleWidth: windowWidth,
    }
  const isTooNarrow = (width: number): boolean =>
    countLineChars(width - articlePadding, settings.textSize) < minLineChars
  let isRailFolded = settings.railFolded || windowWidth < railFoldsBelow
  let isListFolded = settings.listFolded
  const articleWidth = (): number =>
    windowWidth - (isRailFolded ? foldedRailWidth : settings.railWidth) - (isListFolded ? 0 : settings.listWidth)
  if (isTooNarrow(articleWidth())) {
    isListFolded = true
    isRailFolded = true
  }
  return {
    windowWidth,
    isNarrow,
    isRailFolded,
    isListFolded,
    railWidth: isRailFolded ? foldedRailWidth : settings.railWidth,
    listWidth: isListFolded ? 0 : settings.listWidth,
    articleWidth: articleWidth(),
  }
}

/** Returns the layout of this window. The layout is computed again when the window's width or the settings change. */
export function useLayout(settings: Ref<Settings>): Readonly<Ref<Layout>> {
  const width = ref(innerWidth)
  const measure = (): void => void (width.value = innerWidth)
  addEventListener('resize', measure)
  onScopeDispose(() => removeEventListener('resize', measure))
  return computed(() => layoutFor(width.value, settings.value))
}
