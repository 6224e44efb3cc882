import { onScopeDispose, watch } from 'vue'
import { narrowBelow } from './use-layout'
import { useArticle } from '../stores/article/article'

/** What an entry of the window's history holds. */
interface Entry {
  at: number
  openId: string | null
}

const idPattern = /^[0-9a-hjkmnp-tv-z]{16}(?:~\d+)?$/

function entryOf(state: unknown): Entry | null {
  if (typeof state !== 'object' || state === null || !('at' in state) || !('openId' in state)) return null
  const { at, openId } = state
  if (typeof at !== 'number') return null
  return typeof openId === 'string' && idPattern.test(openId) ? { at, openId } : { at, openId: null }
}

/**
 * Each opened bulletin is an entry of the window's own history: the browser's buttons, a phone's gesture, Alt with the
 * arrows and the side buttons of a mouse all go the same way. The address stays what it is. A bulletin named behind `#`
 * (a new tab or window), or the one that was open before the page was loaded again, is opened.
 */
export function useHistory(): { goBack(): void; goForward(): void } {
  const article = useArticle()
  const named = location.hash.slice(1)
  const first = entryOf(history.state) ?? { at: 0, openId: null }
  const openId = idPattern.test(named) ? named : first.openId
  /** What stands at each place of the history, as far as this page put it there. */
  const known = new Map<number, string | null>([[first.at, openId]])
  let now: Entry = { ...first, openId }
  history.replaceState(now, '', location.pathname)
  if (openId !== null) void article.open(openId)

  watch(
    () => article.openId,
    (id) => {
      if (id === now.openId) return
      // Back to the list it was opened from: that entry is there already.
      if (id === null && known.get(now.at - 1) === null) return history.back()
      // Nothing open beside the list is no place to come back to; on a narrow window it is the list.
      const isReplaced = now.openId === null && innerWidth >= narrowBelow
      now = { at: isReplaced ? now.at : now.at + 1, openId: id }
      known.set(now.at, id)
      if (isReplaced) history.replaceState(now, '')
      else history.pushState(now, '')
    },
    { flush: 'sync' },
  )

  const onPop = ({ state }: PopStateEvent): void => {
    const entry = entryOf(state)
    if (entry === null) return
    now = entry
    if (entry.openId === null) article.close()
    else if (entry.openId !== article.openId) void article.open(entry.openId)
  }
  addEventListener('popstate', onPop)
  onScopeDispose(() => removeEventListener('popstate', onPop))
  return { goBack: () => history.back(), goForward: () => history.forward() }
}
