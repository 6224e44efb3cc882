import { parseHTML } from 'linkedom'
import { AppError } from '../../../shared/errors'
import { checkHtmlLimits } from '../limits'

/** Where pages keep a text for a script to show: the element, and where its HTML stands. */
const carrierSelector = 'iframe[srcdoc], noscript, template, textarea'
/** A text so long, and so many times longer than what the page itself shows, is the page's article. */
const minDeferredLength = 200
const minLengthRatio = 2
/** Elements whose text is none of the page's. */
const uncountedSelector = 'script, style, noscript, template, textarea, select, nav, header, footer, ul li a'

/**
 * Opens what carries the page's text for a script that does not run here: `<iframe srcdoc>`, `<noscript>`, `<template>`,
 * and HTML in a `<textarea>`. Only the longest one, and only where the page shows next to nothing beside it: else it is
 * a fallback, an editor, or a copy. To be called before the tree's old encodings are made right.
 */
export function unwrapDeferredContent(body: Element, name: string): void {
  const outermost = [...body.querySelectorAll(carrierSelector)].filter(
    (element) => (element.parentElement?.closest(carrierSelector) ?? null) === null,
  )
  const longest = outermost
    .map((element) => ({ element, length: readDeferredHtml(element).length }))
    .sort(compareLengths)[0]
  if (longest === undefined || longest.length < minDeferredLength) return
  const { element } = longest
  const held =
    element.localName === 'iframe' || element.localName === 'textarea' ? parseDeferred(element, name) : element
  const length = measureText(held?.textContent)
  if (held === null || length < minDeferredLength || measureShownText(body) * minLengthRatio > length) return
  const content = element.ownerDocument.createElement('div')
  content.append(...held.childNodes)
  element.replaceWith(content)
}

function compareLengths(a: { length: number }, b: { length: number }): number {
  return b.length - a.length
}

function readDeferredHtml(element: Element): string {
  return element.getAttribute('srcdoc') ?? element.textContent ?? ''
}

/** The HTML that an attribute or a text field holds; null where it is no HTML, or more of it than a page may have. */
function parseDeferred(element: Element, name: string): Element | null {
  const html = readDeferredHtml(element)
  if (!/<(?:p|div|br|span|table)\b/i.test(html)) return null
  try {
    checkHtmlLimits(html, name)
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'too-complex') return null // the page is read without it
    throw thrown
  }
  return parseHTML(/<body[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`).document.body
}

/** How much text a page shows by itself, its navigation apart. */
function measureShownText(body: Element): number {
  let length = measureText(body.textContent)
  const counted = new Set<Element>()
  for (const element of body.querySelectorAll(uncountedSelector)) {
    const outer = element.parentElement?.closest(uncountedSelector) ?? null
    if (outer === null || !counted.has(outer)) length -= measureText(element.textContent)
    counted.add(element)
  }
  return length
}

function measureText(text: string | null | undefined): number {
  return (text ?? '').replace(/\s+/gu, ' ').trim().length
}
