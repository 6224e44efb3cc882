import { parseHTML } from 'linkedom'
import { AppError } from '../../../shared/errors'
import { checkHtmlLimits } from '../limits'

/** Selects elements that may hold a text until JavaScript shows that text. */
const carrierSelector = 'iframe[srcdoc], noscript, template, textarea'
/** Minimum length in characters of a deferred text that is the article. */
const minDeferredLength = 200
/** Minimum ratio of the length of such a deferred text to the length of the text that the page shows. */
const minLengthRatio = 2
/** Selects elements whose text is not counted as text that the page shows. */
const uncountedSelector = 'script, style, noscript, template, textarea, select, nav, header, footer, ul li a'

/**
 * Makes the deferred text of a page visible. A deferred text is an article that the page shows only with JavaScript,
 * which this program does not run. The text is in `<iframe srcdoc>`, `<noscript>` or `<template>`, or is HTML in a
 * `<textarea>`. The function replaces this element with its text. If the page itself shows more than a little text, the
 * page stays unchanged, because the element then holds a fallback, an editor or a copy. The caller must call this
 * function before it repairs old encodings, so that the deferred text is repaired too. `name` is the name of the page,
 * for errors.
 */
export function unwrapDeferredContent(body: Element, name: string): void {
  const outermost = [...body.querySelectorAll(carrierSelector)].filter(
    (element) => (element.parentElement?.closest(carrierSelector) ?? null) === null,
  )
  const carrier = outermost
    .map((element) => ({ element, length: readDeferredHtml(element).length }))
    .sort(compareLengths)[0]
  if (carrier === undefined || carrier.length < minDeferredLength) return
  const { element } = carrier
  const source =
    element.localName === 'iframe' || element.localName === 'textarea' ? parseDeferred(element, name) : element
  const length = measureText(source?.textContent)
  if (source === null || length < minDeferredLength || measureShownText(body) * minLengthRatio > length) return
  const content = element.ownerDocument.createElement('div')
  content.append(...source.childNodes)
  element.replaceWith(content)
}

function compareLengths(a: { length: number }, b: { length: number }): number {
  return b.length - a.length
}

function readDeferredHtml(element: Element): string {
  return element.getAttribute('srcdoc') ?? element.textContent ?? ''
}

/**
 * Parses the HTML in the `srcdoc` of a frame or in a text area. Returns null if the text is not HTML or exceeds
 * `htmlLimits`.
 */
function parseDeferred(element: Element, name: string): Element | null {
  const html = readDeferredHtml(element)
  if (!/<(?:p|div|br|span|table)\b/i.test(html)) return null
  try {
    checkHtmlLimits(html, name)
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'too-complex') return null // the page is read without this text
    throw thrown
  }
  return parseHTML(/<body[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`).document.body
}

/** Returns the length of the text that the page itself shows. Text in navigation is not counted. */
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
