import { onBeforeUnmount, type Ref, watch } from 'vue'

/**
 * Where a press takes away the very button that was pressed (a pause makes it a "go on", what was stopped leaves the
 * list), the focus goes to the next button of its section, else to what scrolls it: whoever works by keys would else
 * begin again at the top.
 */
export function useFocusFallback(part: Readonly<Ref<HTMLElement | null>>): void {
  /** What has the focus, then what it stands in, up to the part itself. */
  let path: readonly Element[] = []

  function take({ target }: FocusEvent): void {
    path = target instanceof Element ? [...ancestorsOf(target)] : []
  }
  /** Left for somewhere else; what is taken away only leaves as its removal is through. */
  function leave(): void {
    const left = path
    queueMicrotask(() => {
      if (path === left && left[0]?.isConnected === true && left[0] !== document.activeElement) path = []
    })
  }
  function* ancestorsOf(target: Element): Generator<Element> {
    for (let at: Element | null = target; at !== null; at = at.parentElement) {
      yield at
      if (at === part.value) return
    }
  }

  const watcher = new MutationObserver(() => {
    if (path[0]?.isConnected !== false || document.activeElement !== document.body) return
    const places = path.filter(({ isConnected }) => isConnected)
    path = []
    places
      .map(nextIn)
      .find((next) => next !== null)
      ?.focus()
  })
  watch(
    part,
    (shown) => {
      watcher.disconnect()
      shown?.addEventListener('focusin', take)
      shown?.addEventListener('focusout', leave)
      if (shown !== null) watcher.observe(shown, { childList: true, subtree: true })
    },
    { immediate: true, flush: 'post' },
  )
  onBeforeUnmount(() => watcher.disconnect())
}

function nextIn(place: Element): HTMLElement | null {
  if (place instanceof HTMLElement && place.matches('[tabindex="0"]')) return place
  return place.closest('section, header') === null ? null : place.querySelector<HTMLElement>('button:enabled')
}
