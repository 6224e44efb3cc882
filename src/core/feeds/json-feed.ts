import type { Feed } from './feed'
import { readFeedDate } from './feed-dates'
import { htmlToText, collapseWhitespace } from './html-to-text'
import { resolveLink } from './resolve-link'

/** Maximum length of the text of one field, in characters. */
const maxTextLength = 5_000

/** Reads a JSON Feed 1.0 or 1.1 (jsonfeed.org/version/1.1). Returns null for any other text. */
export function readJsonFeed(text: string, address: string, maxEntries: number): Feed | null {
  const feed = parseJson(text)
  if (!isRecord(feed) || !Array.isArray(feed['items'])) return null
  const isNamed = typeof feed['version'] === 'string' && feed['version'].includes('jsonfeed.org')
  if (!isNamed && !feed['items'].every(isRecord)) return null
  const items = feed['items'].slice(0, maxEntries).filter(isRecord)
  return {
    format: 'json',
    title: textIn(feed, 'title'),
    home: addressIn(feed, address, 'home_page_url'),
    next: addressIn(feed, address, 'next_url'),
    isCut: feed['items'].length > maxEntries,
    entries: items.map((item) => {
      const html = stringIn(item, 'content_html')
      const date = stringIn(item, 'date_published') ?? stringIn(item, 'date_modified')
      return {
        url: addressIn(item, address, 'url') ?? addressIn(item, address, 'external_url') ?? idAddress(item),
        title: textIn(item, 'title'),
        publishedAt: date === null ? null : readFeedDate(date),
        summary: textIn(item, 'summary') ?? textIn(item, 'content_text') ?? (html === null ? null : htmlToText(html)),
      }
    }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return null // The text is not JSON.
  }
}

/**
 * Returns the id of an entry if it is an absolute address. Returns null for any other id, because it can't be fetched.
 */
function idAddress(item: Record<string, unknown>): string | null {
  const id = stringIn(item, 'id')
  return id !== null && /^https?:/i.test(id) ? resolveLink(id, id) : null
}

function addressIn(item: Record<string, unknown>, base: string, name: string): string | null {
  const given = stringIn(item, name)
  return given === null ? null : resolveLink(given, base)
}

function textIn(item: Record<string, unknown>, name: string): string | null {
  const given = stringIn(item, name)
  return given === null ? null : collapseWhitespace(given.slice(0, maxTextLength))
}

function stringIn(item: Record<string, unknown>, name: string): string | null {
  const value = item[name]
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
