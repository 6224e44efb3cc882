/**
 * Buttons that can't be pressed for a while say so by `aria-disabled`: one that is `disabled` while it has the focus
 * would drop it, and whoever works by keys would begin again at the top. Their clicks, and the submits they stand for,
 * end here.
 */
export function blockDisabledButtons(target: Document): void {
  target.addEventListener(
    'click',
    (event) => {
      if (!(event.target instanceof Element) || event.target.closest('button[aria-disabled="true"]') === null) return
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    true,
  )
}
