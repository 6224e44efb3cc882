import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** What covers the library. */
export type View = 'library' | 'settings' | 'guide'
/** What stands beside the rail. */
export type Pane = { kind: 'bulletins' } | { kind: 'refreshes' } | { kind: 'source'; id: string }
/** What lies over everything. */
export type OpenDialog = 'keys' | 'palette' | 'report'

/** What the window shows around the bulletins: the view, what is beside the rail, the dialog over it, focus mode. */
export const useShell = defineStore('shell', () => {
  const view = shallowRef<View>('library')
  const pane = shallowRef<Pane>({ kind: 'bulletins' })
  const dialog = shallowRef<OpenDialog | null>(null)
  /** Only the bulletin, nothing beside it. */
  const isFocused = shallowRef(false)

  /** Shows something beside the rail, whatever covers it now. */
  function show(shown: Pane): void {
    view.value = 'library'
    isFocused.value = false
    pane.value = shown
  }

  return { view, pane, dialog, isFocused, show }
})
