import { computed, onScopeDispose, ref, type Ref } from 'vue'
import { countLineChars } from '../lib/article/article-typography'
import type { Settings } from '../../../shared/settings/settings'

/** How the panes stand at this window's width and this text size (LOOK, Behaviour). */
export interface Layout {
  windowWidth: number
  /** One pane at a time, with bars within the thumb's reach. */
  isNarrow: boolean
  isRailFolded: boolean
  isListFolded: boolean
  railWidth: number
  listWidth: number
  articleWidth: number
}

const foldedRail = 64
/** Below this width, px, the window shows one pane at a time. */
export const narrowBelow = 900
const railFoldsBelow = 1100
const minLineChars = 30
const articlePadding = 80

/** Pure: the layout for a window width and settings. */
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
  const tooSmall = (width: number): boolean => countLineChars(width - articlePadding, settings.textSize) < minLineChars
  let isRailFolded = settings.railFolded || windowWidth < railFoldsBelow
  let isListFolded = settings.listFolded
  const articleWidth = (): number =>
    windowWidth - (isRailFolded ? foldedRail : settings.railWidth) - (isListFolded ? 0 : settings.listWidth)
  if (tooSmall(articleWidth())) {
    isListFolded = true
    isRailFolded = true
  }
  return {
    windowWidth,
    isNarrow,
    isRailFolded,
    isListFolded,
    railWidth: isRailFolded ? foldedRail : settings.railWidth,
    listWidth: isListFolded ? 0 : settings.listWidth,
    articleWidth: articleWidth(),
  }
}

/** The layout, following the window and the settings. */
export function useLayout(settings: Ref<Settings>): Readonly<Ref<Layout>> {
  const width = ref(innerWidth)
  const measure = (): void => void (width.value = innerWidth)
  addEventListener('resize', measure)
  onScopeDispose(() => removeEventListener('resize', measure))
  return computed(() => layoutFor(width.value, settings.value))
}
