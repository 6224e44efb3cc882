/** How much text a box holds before one of the elements in it. */
export function textBefore(box: Element, inner: Element): number {
  let length = 0
  for (let at: Element | null = inner; at !== null && at !== box; at = at.parentElement)
    for (let before = at.previousSibling; before !== null; before = before.previousSibling)
      length += (before.textContent ?? '').trim().length
  return length
}

/** Text of an element, white space folded; empty if there is no element. */
export function textIn(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim()
}
