/** Selects the elements in which Word writes the bullet or the number of a list item. */
const listSign = '[style*="mso-list:Ignore"], [style*="mso-list: Ignore"], [style*="mso-list:ignore"]'
/**
 * Matches the characters that Word uses as bullets: those that the fonts Symbol and Wingdings show as bullets, and the
 * letter "o" in Courier.
 */
const bullet = /^[\u00b7\u00a7\u2022\u25aa\u25cf\uf000-\uf0ffo]$/u

/**
 * Cleans text that was pasted from Word. Removes empty `o:p` elements. Replaces the bullets of list items, which are
 * characters of symbol fonts, with "•". Styles and classes are removed later, when the body is sanitised.
 */
export function cleanWordPaste(body: Element): void {
  for (const sign of body.querySelectorAll(listSign)) {
    const text = (sign.textContent ?? '').replace(/[\s\u00a0]+/gu, ' ').trim()
    sign.textContent = text === '' ? '' : `${bullet.test(text) ? '•' : text} `
  }
  for (const element of body.querySelectorAll('o\\:p'))
    if ((element.textContent ?? '').replace(/[\s\u00a0]/gu, '') === '') element.remove()
}
