import { createXmlFeedParser } from './xml-feed-parser'
import type { Feed } from './feed'
import { readJsonFeed } from './json-feed'

/** Maximum number of entries that are read from one feed. The largest real feeds have a few thousand. */
export const maxFeedEntries = 10_000
const chunkLength = 65_536

/**
 * Reads RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed. Returns null if the text is none of them. Accepts a
 * malformed feed with unclosed or badly nested elements and reads as much of it as possible. Expands only numeric
 * entities and the five entities of XML, ignores the document type, and fetches nothing. `address` is the address of
 * the feed. Links are resolved against this address and `xml:base`.
 */
export function readFeed(text: string, address: string, maxEntries = maxFeedEntries): Feed | null {
  if (/^\ufeff?\s*\{/.test(text)) return readJsonFeed(text, address, maxEntries)
  const parser = createXmlFeedParser(address, maxEntries)
  for (let at = 0; at < text.length && !parser.isDone(); at += chunkLength)
    parser.write(text.slice(at, at + chunkLength))
  return parser.end()
}
