/**
 * A group of XML names that the feed reader knows. Names in the group `other` never contain the address, title, date or
 * summary of an entry.
 */
export type Vocabulary = 'feed' | 'dc' | 'content' | 'other'

/** The group of XML names that each prefix means inside an element. The empty prefix is the default namespace. */
export type Namespaces = ReadonlyMap<string, Vocabulary>

/** The groups of the prefixes that a feed uses without a declaration. */
const defaultNamespaces: Namespaces = new Map<string, Vocabulary>([
  ...['', 'atom', 'rss', 'rdf'].map((prefix): [string, Vocabulary] => [prefix, 'feed']),
  ...['dc', 'dcterms'].map((prefix): [string, Vocabulary] => [prefix, 'dc']),
  ['content', 'content'],
])
const feedAddress =
  /^https?:\/\/(?:www\.w3\.org\/(?:2005\/atom|1999\/02\/22-rdf-syntax-ns)|purl\.org\/(?:atom|rss|net\/rss)|my\.netscape\.com|channel\.netscape\.com|backend\.userland\.com|(?:blogs\.law|cyber\.law|cyber)\.harvard)/i
const dcAddress = /^https?:\/\/purl\.org\/(?:dc|metadata\/dublin)/i
const contentAddress = /^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content/i

/**
 * Returns the namespaces inside an element: those that its attributes declare, and those around the element. `around`
 * is null at the root. The default namespace of the root always counts as that of the feed.
 */
export function namespacesIn(attributes: Readonly<Record<string, string>>, around: Namespaces | null): Namespaces {
  const declared = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (declared.length === 0) return around ?? defaultNamespaces
  const inside = new Map(around ?? defaultNamespaces)
  for (const [name, uri] of declared) {
    const prefix = name.slice('xmlns:'.length).toLowerCase()
    inside.set(prefix, around === null && prefix === '' ? 'feed' : vocabularyOf(uri))
  }
  return inside
}

function vocabularyOf(uri: string): Vocabulary {
  if (contentAddress.test(uri)) return 'content'
  if (/^https?:\/\/purl\.org\/rss\/1\.0\/modules\//i.test(uri)) return 'other'
  if (dcAddress.test(uri)) return 'dc'
  return feedAddress.test(uri) ? 'feed' : 'other'
}

/** Splits a qualified name into the local name in lower case and the group of its prefix. */
export function nameIn(qualified: string, namespaces: Namespaces): { local: string; vocabulary: Vocabulary } {
  const colon = qualified.indexOf(':')
  const prefix = colon < 0 ? '' : qualified.slice(0, colon).toLowerCase()
  return { local: qualified.slice(colon + 1).toLowerCase(), vocabulary: namespaces.get(prefix) ?? 'other' }
}
