import { unescapeTwiceEscaped } from '../../text/repair/double-escaped'
import { isSameText } from './title'

/** Matches JSON-LD types that describe an article (schema.org). */
const articleType = /Article|Report|BlogPosting|GovernmentService|LegalDocument|Legislation/
const pageType = /WebPage/
const maxNodes = 500
/** Maximum number of characters of a broken JSON-LD block that are searched for single values. */
const maxBrokenLength = 200_000

/** The properties of an article in JSON-LD. A value is null if JSON-LD does not declare the property. */
export interface JsonLd {
  headline: string | null
  description: string | null
  author: string | null
  publisher: string | null
  published: string | null
  body: string | null
}

type JsonNode = Record<string, unknown>

const noJsonLd: JsonLd = {
  headline: null,
  description: null,
  author: null,
  publisher: null,
  published: null,
  body: null,
}

/**
 * Reads the JSON-LD node that describes the article of the page. A page may also describe other articles, so a node is
 * preferred if its headline is a part of `documentTitle`. References by `@id` are followed. From a block that is not
 * JSON, only the date and the author are read. All values are null if no node describes an article.
 */
export function readJsonLd(document: Document, documentTitle = ''): JsonLd {
  const texts = [...document.querySelectorAll('script')]
    .filter((script) => /^application\/ld\+json/i.test(script.getAttribute('type')?.trim() ?? ''))
    .map((script) => script.textContent ?? '')
  const parsed = texts.map((text) => ({ text, value: parseJson(text) }))
  const nodes = parsed.flatMap(({ value }) => flattenNodes(value, 0)).slice(0, maxNodes)
  const article = chooseArticle(nodes, documentTitle)
  if (article !== null) {
    const readName = createNameReader(nodes)
    return {
      headline: readText(article['headline'] ?? article['name']),
      description: readText(article['description']),
      author: readName(article['author']),
      publisher: readName(article['publisher']),
      published: readText(article['datePublished']) ?? readText(article['dateCreated']),
      body: typeof article['articleBody'] === 'string' ? article['articleBody'].trim() : null,
    }
  }
  const broken = parsed.find(({ text, value }) => value === null && articleType.test(text))
  return broken === undefined ? noJsonLd : readBroken(broken.text)
}

function chooseArticle(nodes: readonly JsonNode[], documentTitle: string): JsonNode | null {
  const articles = nodes.filter((node) => articleType.test(typeOf(node)))
  const isTitled = (node: JsonNode): boolean => {
    const headline = readText(node['headline'] ?? node['name'])
    return (
      headline !== null &&
      (isSameText(headline, documentTitle) || documentTitle.toLowerCase().includes(headline.toLowerCase()))
    )
  }
  return articles.find(isTitled) ?? articles[0] ?? nodes.find((node) => pageType.test(typeOf(node))) ?? null
}

function typeOf(node: JsonNode): string {
  return String(node['@type'])
}

/**
 * Parses JSON as portals write it: with raw line breaks in strings, in an HTML comment or a CDATA section, with a comma
 * before a closing bracket, or with a semicolon at the end. Returns null if the text is still not JSON.
 */
function parseJson(text: string): unknown {
  const bare = text
    .replace(/^\s*(?:\/\/|\/\*)?\s*<!\[CDATA\[\s*(?:\*\/)?|(?:\/\/|\/\*)?\s*\]\]>\s*(?:\*\/)?\s*$/g, '')
    .replace(/^(?:\s*<!--(?:(?!-->)[^{[]){0,500}(?:-->)?)+|-->\s*$/g, '')
    .replace(/[\n\r\t]+/g, ' ')
    .replace(/;\s*$/, '')
  for (const candidate of [bare, bare.replace(/,\s*(?=[}\]])/g, '')])
    try {
      return JSON.parse(candidate)
    } catch {
      continue // the next candidate is tried, then the visible text of the page
    }
  return null
}

/**
 * Reads the date and the name of the author from a block that is not JSON. The form of these two values cannot be
 * mistaken.
 */
function readBroken(received: string): JsonLd {
  const text = received.slice(0, maxBrokenLength)
  const published = /"datePublished"\s*:\s*"([^"\\]{8,40})"/.exec(text)?.[1]
  const author = /"author"\s*:\s*\[?\s*(?:\{[^{}[\]]{0,300}?"name"\s*:\s*)?"([^"\\]{2,80})"\s*[,}\]]/.exec(text)?.[1]
  return { ...noJsonLd, published: readText(published), author: readText(author) }
}

function flattenNodes(value: unknown, depth: number): JsonNode[] {
  if (depth > 4) return []
  if (Array.isArray(value)) return value.slice(0, 50).flatMap((item) => flattenNodes(item, depth + 1))
  if (!isRecord(value)) return []
  const inner = ['@graph', 'mainEntity', 'mainEntityOfPage'].flatMap((name) => flattenNodes(value[name], depth + 1))
  return [value, ...inner]
}

/** Creates a function that reads the names of persons and organizations. The function follows references by `@id`. */
function createNameReader(nodes: readonly JsonNode[]): (value: unknown) => string | null {
  const byId = new Map(
    nodes.flatMap((node) =>
      typeof node['@id'] === 'string' && node['name'] !== undefined ? [[node['@id'], node] as const] : [],
    ),
  )
  const read = (value: unknown, depth: number): string | null => {
    if (depth > 4) return null
    if (Array.isArray(value)) {
      const names = value.slice(0, 50).map((item) => read(item, depth + 1))
      return [...new Set(names.filter((name) => name !== null))].join(', ') || null
    }
    if (!isRecord(value)) return readText(value)
    if (value['@type'] === 'Organization' && value['author'] !== undefined) return null
    if (value['name'] !== undefined) return read(value['name'], depth + 1)
    const reference = byId.get(String(value['@id']))
    if (reference !== undefined && reference !== value) return read(reference, depth + 1)
    const parts = [value['familyName'], value['givenName']].map(readText)
    return parts.filter((part) => part !== null).join(' ') || null
  }
  return (value) => read(value, 0)
}

function readText(value: unknown): string | null {
  return typeof value === 'string' ? cleanText(unescapeTwiceEscaped(value)?.text ?? value) : null
}

function isRecord(value: unknown): value is JsonNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Replaces each run of white space with one space and trims the text. Returns null if the result is empty. */
export function cleanText(text: string | null | undefined): string | null {
  const trimmed = text?.replace(/\s+/gu, ' ').trim() ?? ''
  return trimmed === '' ? null : trimmed
}
