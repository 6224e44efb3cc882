import { onBeforeUnmount, type Ref, watch } from 'vue'

/**
 * Moves the focus when a pressed button disappears. For example, a resume button replaces a pause button, or a stopped
 * item leaves the list. The focus goes to the next button of the same section, or else to the element that scrolls.
 * Without this function, a keyboard user would begin again at the top of the window.
 */
export function useFocusFallback(root: Readonly<Ref<HTMLElement | null>>): void {
  /** The element with the focus and the ancestors of this element, up to the root. */
  let path: readonly Element[] = []

  function onFocusIn({ target }: FocusEvent): void {
    path = target instanceof Element ? [...ancestorsOf(target)] : []
  }
  /**
   * Forgets the stored elements if the focus moved elsewhere. An element that is being removed is still connected
   * during this event.
   */
  function onFocusOut(): void {
    const left = path
    queueMicrotask(() => {
      if (path === left && left[0]?.isConnected === true && left[0] !== document.activeElement) path = []
    })
  }
  function* ancestorsOf(target: Element): Generator<Element> {
    for (let at: Element | null = target; at !== null; at = at.parentElement) {
      yield at
      if (at === root.value) return
    }
  }

  const watcher = new MutationObserver(() => {
    if (path[0]?.isConnected !== false || document.activeElement !== document.body) return
    const connected = path.filter(({ isConnected }) => isConnected)
    path = []
    connected
      .map(nextIn)
      .find((next) => next !== null)
      ?.focus()
  })
  watch(
    root,
    (shown) => {
      watcher.disconnect()
      shown?.addEventListener('focusin', onFocusIn)
      shown?.addEventListener('focusout', onFocusOut)
      if (shown !== null) watcher.observe(shown, { childList: true, subtree: true })
    },
    { immediate: true, flush: 'post' },
  )
  onBeforeUnmount(() => watcher.disconnect())
}

function nextIn(ancestor: Element): HTMLElement | null {
  if (ancestor instanceof HTMLElement && ancestor.matches('[tabindex="0"]')) return ancestor
  return ancestor.closest('section, header') === null ? null : ancestor.querySelector<HTMLElement>('button:enabled')
}
