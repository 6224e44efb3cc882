/** What an abbreviation or a number stands for, and where the words stand in the window, px. */
export interface Hint {
  text: string
  top: number
  bottom: number
  left: number
}

/**
 * Tells what the words under the pointer, or those with the focus, stand for; null when they are left or Escape is
 * pressed. They lie in the frame and say it in `data-hint`.
 */
export function listenForTermHints(
  document: Document,
  frame: HTMLIFrameElement,
  tell: (hint: Hint | null) => void,
): void {
  const show = (event: Event): void => {
    const target = event.target as Partial<Element> | null // of the frame: no instance of this window's classes
    const term = target?.closest?.<HTMLElement>('[data-hint]')
    const text = term?.dataset['hint']
    if (term == null || text === undefined) return tell(null)
    const [box, place] = [frame.getBoundingClientRect(), term.getBoundingClientRect()]
    tell({
      text,
      top: place.top + box.top,
      bottom: place.bottom + box.top,
      left: place.left + place.width / 2 + box.left,
    })
  }
  for (const name of ['pointerover', 'focusin']) document.addEventListener(name, show)
  for (const name of ['focusout', 'scroll']) document.addEventListener(name, () => tell(null))
  document.documentElement.addEventListener('pointerleave', () => tell(null))
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') tell(null)
  })
}
