import { nextTick, onBeforeUnmount, type Ref } from 'vue'

/**
 * Restores the focus when an element with the focus disappears. The focus returns to the element that had the focus
 * before. Without this function, a keyboard user would begin again at the top of the window.
 */
export function useRestoreFocus(element: Readonly<Ref<HTMLElement | null>>): void {
  const before = document.activeElement
  onBeforeUnmount(() => {
    if (!(before instanceof HTMLElement) || element.value?.contains(document.activeElement) !== true) return
    before.focus()
    // An element that was covered until now can take the focus only at the next tick.
    void nextTick(() => {
      if (document.activeElement === document.body) before.focus()
    })
  })
}
