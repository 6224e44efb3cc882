/** The explanation of an abbreviation or a number. */
export interface Hint {
  text: string
  /** The position of the term in the window, in px. */
  top: number
  bottom: number
  left: number
}

/**
 * Calls `show` with the hint of a term when the term gets the pointer or the focus. Calls `show` with null when the
 * pointer or the focus leaves the term, or when the user presses Escape. The terms are elements of the frame with the
 * attribute `data-hint`.
 */
export function listenForTermHints(
  document: Document,
  frame: HTMLIFrameElement,
  show: (hint: Hint | null) => void,
): void {
  const onTerm = (event: Event): void => {
    // The frame has its own Element class, so `instanceof` returns false with this window's class.
    const target = event.target as Partial<Element> | null
    const term = target?.closest?.<HTMLElement>('[data-hint]')
    const text = term?.dataset['hint']
    if (term == null || text === undefined) return show(null)
    const [box, rect] = [frame.getBoundingClientRect(), term.getBoundingClientRect()]
    show({
      text,
      top: rect.top + box.top,
      bottom: rect.bottom + box.top,
      left: rect.left + rect.width / 2 + box.left,
    })
  }
  for (const name of ['pointerover', 'focusin']) document.addEventListener(name, onTerm)
  for (const name of ['focusout', 'scroll']) document.addEventListener(name, () => show(null))
  document.documentElement.addEventListener('pointerleave', () => show(null))
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') show(null)
  })
}
