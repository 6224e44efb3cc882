import { isBlockElement } from '../html/elements'

/** The number or sign of a footnote: "1", "[12]", "(3)", "*". */
const mark = /^[[(]?(?:\d{1,3}|[*†‡]{1,3}|[a-z])[\])]?$/iu

/**
 * Keeps the numbers of footnotes apart from the text. A number in the text that leads to its note becomes superscript.
 * A number at the beginning of a note gets a space behind. Without this, only a style of the page separates them.
 */
export function separateFootnoteMarks(body: Element): void {
  const links = [...body.querySelectorAll('a[href^="#"]')].filter((link) => mark.test((link.textContent ?? '').trim()))
  if (links.length === 0) return
  const targets = new Set<string>()
  for (const target of body.querySelectorAll('[id], a[name]'))
    for (const name of ['id', 'name']) targets.add(target.getAttribute(name) ?? '')
  for (const link of links) {
    if (!targets.has((link.getAttribute('href') ?? '').slice(1)) || link.closest('sup, nav, table') !== null) continue
    if (isAtStart(link)) separate(link)
    else if (link.querySelector('sup') === null) raise(link)
  }
}

/** Whether no text stands before the link in its block. */
function isAtStart(link: Element): boolean {
  for (let at: Element | null = link; at !== null && !isBlockElement(at); at = at.parentElement)
    for (let before = at.previousSibling; before !== null; before = before.previousSibling)
      if ((before.textContent ?? '').trim() !== '') return false
  return true
}

function separate(link: Element): void {
  const next = link.nextSibling
  if (next !== null && next.nodeType === 3 && /^\S/.test(next.textContent ?? '')) link.after(' ')
}

function raise(link: Element): void {
  const sup = link.ownerDocument.createElement('sup')
  link.replaceWith(sup)
  sup.append(link)
}
