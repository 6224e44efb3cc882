import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** What covers the library. */
export type View = 'library' | 'settings' | 'guide'
/** What lies over everything. */
export type OpenDialog = 'keys' | 'palette' | 'report'

/** What the window shows around the bulletins: the view, the dialog over it, focus mode, the bar for finding. */
export const useShell = defineStore('shell', () => {
  const view = shallowRef<View>('library')
  const dialog = shallowRef<OpenDialog | null>(null)
  /** Only the bulletin, nothing beside it. */
  const isFocused = shallowRef(false)

  return { view, dialog, isFocused }
})
