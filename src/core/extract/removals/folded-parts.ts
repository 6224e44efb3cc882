import { isElement } from '../html/elements'

/** Matches class names of parts that a page hides until the user presses the heading of the part. */
const foldedName =
  /(?:^|[-_\s])(?:collapse|collapsed|collapsible|accordion|panel|tab|tabs|pane|toggle|faq|faqs|answer|answers|spoiler|expand|expandable|dap-?an|tra-?loi|cau-?tra-?loi|hoi-?dap)(?:[-_\s\d]|$)/i
const headingTag = /^(?:dt|h[1-6]|summary|button|th)$/
const maxHeadingLength = 240

/**
 * Whether a hidden element is a part of the text that the user can unfold: an answer below its question, or a panel of
 * an accordion or a tab. `controls` holds the ids of elements that a button or a link of the page opens. A heading
 * above the element counts only if the element has prose (`hasProse`).
 */
export function isFoldedPart(element: Element, hasProse: boolean, controls: ReadonlySet<string>): boolean {
  const id = element.getAttribute('id')
  if (id !== null && id !== '' && controls.has(id)) return true
  if (element.localName === 'dd' || element.closest('details') !== null) return true
  const names = `${element.getAttribute('class') ?? ''} ${id ?? ''}`.replace(/([a-z\d])([A-Z])/g, '$1-$2')
  if (foldedName.test(names) || /^(?:tabpanel|region)$/.test(element.getAttribute('role') ?? '')) return true
  return hasProse && hasHeadingBefore(element)
}

/** Collects the ids of the elements that a button or a link of the page opens. */
export function collectControls(body: Element): Set<string> {
  const found = new Set<string>()
  for (const control of body.querySelectorAll('[aria-controls], [data-toggle], [data-bs-toggle], a[href^="#"]')) {
    for (const name of ['aria-controls', 'data-target', 'data-bs-target', 'href'])
      for (const id of (control.getAttribute(name) ?? '').split(/\s+/)) {
        const plain = id.replace(/^#/, '')
        if (plain !== '' && (name === 'aria-controls' || id.startsWith('#'))) found.add(plain)
      }
  }
  return found
}

/** Whether the element right above is a heading or a question, or holds nothing but a heading or a button. */
function hasHeadingBefore(element: Element): boolean {
  let before = element.previousElementSibling
  while (before !== null && (before.textContent ?? '').trim() === '') before = before.previousElementSibling
  if (before === null) return false
  const text = (before.textContent ?? '').replace(/\s+/gu, ' ').trim()
  if (text.length > maxHeadingLength) return false
  if (text.endsWith('?') || headingTag.test(before.localName) || before.getAttribute('role') === 'button') return true
  return [...before.children].some((child) => isElement(child) && headingTag.test(child.localName))
}
