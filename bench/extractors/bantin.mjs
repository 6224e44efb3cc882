// The interface between Bản Tin's extraction and tools that compare extractors. Such a tool passes the HTML of a page
// and scores the result. Run `npm run build` first.
import { extractBulletin } from '../../out/main/extract.js'

export const name = 'bantin'

/**
 * Returns the fields that the program would store for a page. `text` is the body that the program searches, prints and
 * reads aloud. `html` is empty, because the stored HTML also contains captions and pictures, which are not body text.
 */
export function extract(html, url) {
  const { text } = extractBulletin({ bytes: Buffer.from(html), name: 'page.html', address: url ?? null })
  const { title, published, author, summary, bodyText } = text
  return { title, date: published.value, author, sapo: summary, html: '', text: bodyText }
}
