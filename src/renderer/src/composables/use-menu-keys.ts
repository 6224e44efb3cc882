/** Moves the focus between the items of a menu with the arrow keys, Home and End (WAI-ARIA APG, "Menu"). */
export function moveInMenu(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement // the cast is safe, because the listener is attached to the menu
  const items = [...menu.querySelectorAll<HTMLElement>('button:not(:disabled)')]
  const at = items.findIndex((item) => item === document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (next === undefined) return
  event.preventDefault()
  items[(next + items.length) % items.length]?.focus()
}
