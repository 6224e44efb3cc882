/** How Word writes the sign before an item of a list into pages. */
const listSign = '[style*="mso-list:Ignore"], [style*="mso-list: Ignore"], [style*="mso-list:ignore"]'
/** Bullets in the fonts Symbol and Wingdings; "o" is Courier's circle. */
const bullet = /^[\u00b7\u00a7\u2022\u25aa\u25cf\uf000-\uf0ffo]$/u

/**
 * Cleans what pasting from Word leaves in a page: empty `o:p`, and the signs before the items of lists, which are
 * characters of symbol fonts and a row of blanks. Styles and classes go when the body is sanitised.
 */
export function cleanWordPaste(body: Element): void {
  for (const sign of body.querySelectorAll(listSign)) {
    const text = (sign.textContent ?? '').replace(/[\s\u00a0]+/gu, ' ').trim()
    sign.textContent = text === '' ? '' : `${bullet.test(text) ? '•' : text} `
  }
  for (const element of body.querySelectorAll('o\\:p'))
    if ((element.textContent ?? '').replace(/[\s\u00a0]/gu, '') === '') element.remove()
}
