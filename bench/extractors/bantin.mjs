// Bản Tin's extraction for scoring tools that hand over a page's HTML and compare what comes back. `npm run build` first.
import { extractBulletin } from '../../out/main/extract.js'

export const name = 'bantin'

/**
 * What the program would store of this page. `text` is the body alone, as it is searched, printed and read out; `html`
 * is left empty, since the stored HTML has captions and the places of pictures in it, which are no body text.
 */
export function extract(html, url) {
  const { text } = extractBulletin({ bytes: Buffer.from(html), name: 'page.html', address: url ?? null })
  const { title, published, author, summary, bodyText } = text
  return { title, date: published.value, author, sapo: summary, html: '', text: bodyText }
}
