import { nextTick, onBeforeUnmount, type Ref } from 'vue'

/**
 * A part that goes while the focus is in it gives it back to where it was when the part came: whoever works by keys would
 * else begin again at the top.
 */
export function useRestoreFocus(part: Readonly<Ref<HTMLElement | null>>): void {
  const before = document.activeElement
  onBeforeUnmount(() => {
    if (!(before instanceof HTMLElement) || part.value?.contains(document.activeElement) !== true) return
    before.focus()
    // What the part covered is shown again only when it has gone.
    void nextTick(() => {
      if (document.activeElement === document.body) before.focus()
    })
  })
}
