/** Elements in which Word writes the sign before an item of a list. */
const listSign = '[style*="mso-list:Ignore"], [style*="mso-list: Ignore"], [style*="mso-list:ignore"]'
/** Bullets in the fonts Symbol and Wingdings. Word also writes an "o" in Courier as a circle. */
const bullet = /^[\u00b7\u00a7\u2022\u25aa\u25cf\uf000-\uf0ffo]$/u

/**
 * Cleans text that was pasted from Word. Removes empty `o:p` elements. Replaces the signs before the items of lists,
 * which are characters of symbol fonts followed by blanks. Styles and classes are removed later, when the body is
 * sanitised.
 */
export function cleanWordPaste(body: Element): void {
  for (const sign of body.querySelectorAll(listSign)) {
    const text = (sign.textContent ?? '').replace(/[\s\u00a0]+/gu, ' ').trim()
    sign.textContent = text === '' ? '' : `${bullet.test(text) ? '•' : text} `
  }
  for (const element of body.querySelectorAll('o\\:p'))
    if ((element.textContent ?? '').replace(/[\s\u00a0]/gu, '') === '') element.remove()
}
