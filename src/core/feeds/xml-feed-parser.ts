import { Parser } from 'htmlparser2'
import { createElementText, type ElementText } from './element-text'
import type { Feed } from './feed'
import { createDraft, type Draft, entriesOf } from './feed-draft'
import { resolveLink } from './resolve-link'
import { nameIn, type Namespaces, namespacesIn, type Vocabulary } from './xml-namespaces'

/**
 * Maximum number of nested elements (`docs/security.md`). Real feeds have fewer. The time of the parser grows with the
 * depth multiplied by the number of end tags, so the depth must be limited.
 */
const maxDepth = 512

const formatsByRoot: Readonly<Record<string, Feed['format']>> = { rss: 'rss', feed: 'atom', rdf: 'rdf', channel: 'rss' }

/** A parser that receives an XML feed piece by piece. */
export interface XmlFeedParser {
  write(text: string): void
  /** Whether the rest of the text can be skipped, because the text is not a feed or a limit was reached. */
  isDone(): boolean
  /** Returns the feed, or null if the text is not a feed. */
  end(): Feed | null
}

type Attributes = Readonly<Record<string, string>>

interface OpenElement {
  name: string
  vocabulary: Vocabulary
  namespaces: Namespaces
  /** The address against which links inside the element are resolved. */
  base: string
  attributes: Attributes
}

/** Creates a parser. `address` is the address of the feed. */
export function createXmlFeedParser(address: string, maxEntries: number): XmlFeedParser {
  const open: OpenElement[] = []
  const channel = createDraft()
  const drafts: Draft[] = []
  let format: Feed['format'] | null = null
  let [isOther, isCut] = [false, false]
  /** The entry that is open, and its depth. */
  let entry: { draft: Draft; depth: number } | null = null
  /** The element whose text is being collected, its depth, and the draft that gets the text. */
  let field: { name: string; depth: number; draft: Draft; text: ElementText } | null = null

  const openEntry = ({ name, attributes, base }: OpenElement): void => {
    if (drafts.length >= maxEntries) {
      isCut = true
      return
    }
    const draft = createDraft()
    const about = attributes['rdf:about'] ?? attributes['href']
    draft.fallbackUrl = about === undefined ? null : resolveLink(about, base)
    if (name === 'item' && attributes['href'] !== undefined) format = 'cdf'
    draft.dates.updated = attributes['lastmod'] ?? null
    drafts.push(draft)
    entry = { draft, depth: open.length }
  }

  const openField = ({ name, attributes, base, vocabulary }: OpenElement): void => {
    const draft = entry?.draft ?? channel
    const isChild = entry === null ? isChannelChild(open) : open.length === entry.depth + 1
    if (!isChild || vocabulary === 'other') return
    const { href, rel = 'alternate', type = '', mode = '', ispermalink } = attributes
    if (name === 'link' && href !== undefined) draft.addLink(rel, resolveLink(href, base), type)
    else if (name !== 'guid' || ispermalink?.toLowerCase() !== 'false')
      field = { name, depth: open.length, draft, text: createElementText({ type, mode }) }
  }

  const closeField = ({ name, base }: Pick<OpenElement, 'name' | 'base'>): void => {
    if (field === null) return
    if (field.depth !== open.length) {
      field.text.closeChild(name)
      return
    }
    field.draft.addText(field.name, field.text.read(), base)
    field = null
  }

  const parser = new Parser(
    {
      onopentag(qualifiedName, given) {
        if (isOther || isCut) return
        const element = readElement(qualifiedName, given, open.at(-1) ?? null, address)
        const { name, vocabulary, attributes, base } = element
        if (open.length === 0) {
          format = formatsByRoot[name] ?? null
          if (format === null) isOther = true
        }
        open.push(element)
        if (open.length > maxDepth) isCut = true
        if (name === 'channel' && attributes['href'] !== undefined)
          channel.fallbackUrl = resolveLink(attributes['href'], base)
        if (field !== null) field.text.openChild(name)
        else if (entry === null && vocabulary === 'feed' && (name === 'item' || name === 'entry')) openEntry(element)
        else openField(element)
      },
      ontext(text) {
        field?.text.addText(text)
      },
      onclosetag() {
        if (isOther || isCut) return
        closeField(open.at(-1) ?? { name: '', base: address })
        if (entry !== null && entry.depth === open.length) entry = null
        open.pop()
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  const isDone = (): boolean => isOther || isCut
  return {
    write: (text) => parser.write(text),
    isDone,
    end() {
      if (!isDone()) parser.end()
      if (format === null || isOther) return null
      const home = channel.url() ?? (format === 'cdf' ? channel.fallbackUrl : null)
      return { format, title: channel.title, home, next: channel.next, entries: entriesOf(drafts), isCut }
    },
  }
}

function readElement(
  qualifiedName: string,
  given: Attributes,
  parent: OpenElement | null,
  address: string,
): OpenElement {
  const attributes = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
  const namespaces = namespacesIn(attributes, parent?.namespaces ?? null)
  const { local, vocabulary } = nameIn(qualifiedName, namespaces)
  const outerBase = parent?.base ?? address
  const base = resolveLink(attributes['xml:base'] ?? '', outerBase) ?? outerBase
  return { name: local, vocabulary, namespaces, base, attributes }
}

/** Whether the innermost open element is a direct child of the channel, and not of `<image>` or `<textInput>` in it. */
function isChannelChild(open: readonly OpenElement[]): boolean {
  const parent = open.at(-2)
  return parent !== undefined && parent.vocabulary === 'feed' && /^(?:channel|feed)$/.test(parent.name)
}
