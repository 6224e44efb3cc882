import { parseHTML } from 'linkedom'
import type { PageRepair } from '../../text/repair/page-repair'
import { unwrapDeferredContent } from './deferred-content'
import { repairDocumentEncoding } from './repair-encoding'

/** Selects the elements that give a page structure. An HTML page without any of them contains only plain text. */
const structure = 'p, div, h1, h2, h3, table, article, section, ul, li, td, img, figure'

/**
 * Builds the DOM tree of a page. If the page shows hardly any text without JavaScript, its deferred text becomes
 * visible (see `unwrapDeferredContent`). Old encodings are repaired here, because later steps remove the names of the
 * fonts. `name` is the name of the page, for errors.
 */
export function parsePage(html: string, name: string, repair: PageRepair): { document: Document; body: Element } {
  const { document } = parseHTML(/<(?:body|html)[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`)
  const body = document.querySelector('body') ?? document.querySelector('html') ?? document.documentElement
  unwrapDeferredContent(body, name)
  if (repair.isNeeded(html)) repairDocumentEncoding(document, repair, { namesFonts: repair.namesOldFont(html) })
  return { document, body }
}

/**
 * Whether a page has elements that structure its text, such as paragraphs. Other elements do not count, because a text
 * viewer also puts elements such as `pre` around plain text.
 */
export function hasStructure(body: Element): boolean {
  return body.querySelector(structure) !== null
}

/** Returns the text of a page without structure, with its line breaks. Changes the tree. */
export function takePlainText(body: Element): string {
  for (const element of body.querySelectorAll('script, style, noscript')) element.remove()
  for (const lineBreak of body.querySelectorAll('br')) lineBreak.replaceWith('\n')
  return body.textContent ?? ''
}
