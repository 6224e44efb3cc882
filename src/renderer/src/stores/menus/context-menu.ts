import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** A command of the context menu. */
export interface ContextMenuItem {
  label: string
  isDisabled?: boolean
  run(): unknown
}

/** An entry of the context menu: a command, or the line between two groups of commands. */
export type ContextMenuEntry = ContextMenuItem | 'separator'

/** The menu that the right mouse button opens. Both hosts show the same menu inside the page. */
export const useContextMenu = defineStore('context-menu', () => {
  /** The open menu and its place in the window in px. The value is null if no menu is open. */
  const menu = shallowRef<{ x: number; y: number; entries: readonly ContextMenuEntry[] } | null>(null)

  /**
   * Opens a menu instead of the menu of the browser. `offset` is the place of the frame in which the event happened.
   */
  function open(event: MouseEvent, entries: readonly ContextMenuEntry[], offset = { x: 0, y: 0 }): void {
    event.preventDefault()
    menu.value = { x: event.clientX + offset.x, y: event.clientY + offset.y, entries }
  }

  function close(): void {
    menu.value = null
  }

  return { menu, open, close }
})
