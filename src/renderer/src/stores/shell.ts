import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** The views of the window. The settings and the guide cover the library. */
export type View = 'library' | 'settings' | 'guide'
/** The pane beside the rail. */
export type Pane = { kind: 'bulletins' } | { kind: 'refreshes' } | { kind: 'source'; id: string }
/** A dialog that the window can show. */
export type OpenDialog = 'keys' | 'palette' | 'report'

/** The frame of the window: its view, the pane beside the rail, the open dialog, and focus mode. */
export const useShell = defineStore('shell', () => {
  const view = shallowRef<View>('library')
  const pane = shallowRef<Pane>({ kind: 'bulletins' })
  const dialog = shallowRef<OpenDialog | null>(null)
  /** Focus mode: the window shows only the bulletin. */
  const isFocused = shallowRef(false)

  /** Shows a pane of the library. Closes the settings or the guide, and ends focus mode. */
  function show(shown: Pane): void {
    view.value = 'library'
    isFocused.value = false
    pane.value = shown
  }

  return { view, pane, dialog, isFocused, show }
})
