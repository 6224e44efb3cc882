import { onScopeDispose, watch } from 'vue'
import { narrowBelow } from './use-layout'
import { useArticle } from '../stores/article/article'

/** The state of one entry in the window's history. */
interface Entry {
  /** The position of the entry in the history of this window. */
  index: number
  openId: string | null
}

const idPattern = /^[0-9a-hjkmnp-tv-z]{16}(?:~\d+)?$/

function entryOf(state: unknown): Entry | null {
  if (typeof state !== 'object' || state === null || !('index' in state) || !('openId' in state)) return null
  const { index, openId } = state
  if (typeof index !== 'number') return null
  return typeof openId === 'string' && idPattern.test(openId) ? { index, openId } : { index, openId: null }
}

/**
 * Makes each opened bulletin an entry of the window's history. The user can then go back and forward with the browser's
 * buttons, a phone's gesture, Alt with the arrow keys, or a mouse's side buttons. The address of the page does not
 * change. In a new tab or window, opens the bulletin whose id follows `#` in the address. After a reload, opens the
 * bulletin that was open before.
 */
export function useHistory(): { goBack(): void; goForward(): void } {
  const article = useArticle()
  const named = location.hash.slice(1)
  const first = entryOf(history.state) ?? { index: 0, openId: null }
  const openId = idPattern.test(named) ? named : first.openId
  /** The open bulletin of each entry that this page has created, by the index of the entry. */
  const known = new Map<number, string | null>([[first.index, openId]])
  let now: Entry = { ...first, openId }
  history.replaceState(now, '', location.pathname)
  if (openId !== null) void article.open(openId)

  watch(
    () => article.openId,
    (id) => {
      if (id === now.openId) return
      // Goes back if the previous entry is the list, because the bulletin was opened from there.
      if (id === null && known.get(now.index - 1) === null) return history.back()
      // In a narrow window, an entry without a bulletin is the list. In a wide window such an entry is useless, so the
      // opened bulletin replaces it.
      const isReplaced = now.openId === null && innerWidth >= narrowBelow
      now = { index: isReplaced ? now.index : now.index + 1, openId: id }
      known.set(now.index, id)
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
