import { unescapeTwiceEscaped } from '../../text/repair/double-escaped'

/** JSON-LD types that describe an article (schema.org). */
const articleType = /Article|NewsArticle|Report|BlogPosting|WebPage/

/** The properties of an article in JSON-LD. A value is null if JSON-LD does not declare the property. */
export interface JsonLd {
  headline: string | null
  description: string | null
  author: string | null
  publisher: string | null
  published: string | null
  body: string | null
}

/** Reads the first JSON-LD block that describes an article. All values are null if there is no such block. */
export function readJsonLd(document: Document): JsonLd {
  const empty: JsonLd = {
    headline: null,
    description: null,
    author: null,
    publisher: null,
    published: null,
    body: null,
  }
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const article = flattenNodes(parseJson(script.textContent)).find((node) => articleType.test(String(node['@type'])))
    if (article === undefined) continue
    return {
      headline: readText(article['headline'] ?? article['name']),
      description: readText(article['description']),
      author: readName(article['author']),
      publisher: readName(article['publisher']),
      published: readText(article['datePublished']),
      body: typeof article['articleBody'] === 'string' ? article['articleBody'].trim() : null,
    }
  }
  return empty
}

/**
 * Parses JSON. Accepts raw line breaks inside strings, because some portals write them. Returns null if the text is
 * still not JSON.
 */
function parseJson(text: string | null): unknown {
  try {
    return JSON.parse((text ?? '').replace(/[\n\r\t]+/g, ' '))
  } catch {
    return null // the block is not JSON, and the visible text of the page is still read
  }
}

function flattenNodes(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.slice(0, 50).flatMap(flattenNodes)
  if (!isRecord(value)) return []
  return [value, ...(Array.isArray(value['@graph']) ? flattenNodes(value['@graph']) : [])]
}

function readName(value: unknown): string | null {
  if (Array.isArray(value)) {
    const names = value.map(readName).filter((name) => name !== null)
    return names.length === 0 ? null : names.join(', ')
  }
  if (isRecord(value))
    return value['@type'] === 'Organization' && value['author'] !== undefined ? null : readText(value['name'])
  return readText(value)
}

function readText(value: unknown): string | null {
  return typeof value === 'string' ? cleanText(unescapeTwiceEscaped(value)?.text ?? value) : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Replaces each run of white space with one space and trims the text. Returns null if the result is empty. */
export function cleanText(text: string | null | undefined): string | null {
  const trimmed = text?.replace(/\s+/gu, ' ').trim() ?? ''
  return trimmed === '' ? null : trimmed
}
