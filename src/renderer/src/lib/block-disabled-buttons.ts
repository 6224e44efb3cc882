/**
 * Stops the clicks of buttons with `aria-disabled`, and the form submits that these clicks would cause. The interface
 * uses `aria-disabled` for a button that is disabled for a while. With the attribute `disabled`, the button would lose
 * the focus, and a keyboard user would begin again at the top of the window.
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
