import { createXmlFeedParser } from './xml-feed-parser'
import type { Feed } from './feed'
import { readJsonFeed } from './json-feed'

/** Maximum number of entries that are read from one feed. The largest real feeds have a few thousand. */
export const maxFeedEntries = 10_000
const chunkLength = 65_536
/** Maximum number of characters that are skipped before a feed. */
const maxJunkLength = 20_000
const feedStart = /<\?xml\s|<(?:rss|feed|rdf:rdf|channel)[\s>]/i

/**
 * Reads RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed. Returns null for any other text. `address` is the
 * address of the feed. Links are resolved against `xml:base` or this address.
 * Reads as much as possible of a malformed feed with unclosed or badly nested elements. Skips other words before the
 * feed, such as a warning of PHP. Expands only numeric entities and the five entities of XML, ignores the document
 * type, and fetches nothing.
 */
export function readFeed(text: string, address: string, maxEntries = maxFeedEntries): Feed | null {
  const start = findFeedStart(text)
  if (/^\ufeff?\s*\{/.test(text.slice(start, start + 1000))) return readJsonFeed(text.slice(start), address, maxEntries)
  const parser = createXmlFeedParser(address, maxEntries)
  for (let at = start; at < text.length && !parser.isDone(); at += chunkLength)
    parser.write(text.slice(at, at + chunkLength))
  return parser.end()
}

/**
 * Finds the position at which a feed begins. A server program with an error may write warnings before the feed. Returns
 * 0 for an HTML page, because a page may show the source of a feed as its text.
 */
function findFeedStart(text: string): number {
  const head = text.slice(0, maxJunkLength)
  const at = feedStart.exec(head)?.index ?? -1
  const json = at < 0 ? /\{\s*"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org/.exec(head)?.index : undefined
  const start = json ?? at
  return start <= 0 || /<(?:!doctype\s+html|html|head|body)[\s>]/i.test(head.slice(0, start)) ? 0 : start
}
