import { Parser } from 'htmlparser2'
import type { Entry } from '../../shared/source'
import { createDraft, type Draft, entriesOf } from './feed-draft'
import { readJsonFeed } from './json-feed'
import { isHiddenElement, breaksWords, htmlToText, collapseWhitespace } from './html-to-text'
import { nameIn, type Namespaces, namespacesIn } from './xml-namespaces'
import { resolveLink } from './resolve-link'

/** A feed taken apart. */
export interface Feed {
  /** `cdf`: Microsoft's Channel Definition Format, of the time before RSS. */
  format: 'rss' | 'rdf' | 'atom' | 'cdf' | 'json'
  title: string | null
  /** The page the feed belongs to. */
  home: string | null
  /** Where older entries are (RFC 5005, JSON Feed's `next_url`). */
  next: string | null
  /** In the feed's own order; what is given twice stands here twice. */
  entries: Entry[]
  /** Whether entries beyond the limit, or nested deeper than any feed, were left. */
  isCut: boolean
}

/** Most entries read of one feed; the longest real ones have a few thousand. */
export const maxFeedEntries = 10_000
/** No feed nests deeper (SECURITY, Limits); the parser's time grows with depth × end tags. */
const deepest = 512
/** Text of one element beyond this is left: a title and a lead are wanted. */
const longestText = 20_000
const chunkLength = 65_536

/** An element that is open. */
interface Open {
  local: string
  isFeeds: boolean
  namespaces: Namespaces
  base: string
}

/** The text being gathered: of which element, for whom. */
interface Gathering {
  depth: number
  name: string
  type: string
  mode: string
  into: Draft
  pieces: string[]
  length: number
  /** How many scripts and style sheets are open inside. */
  silence: number
}

const roots: Readonly<Record<string, Feed['format']>> = { rss: 'rss', feed: 'atom', rdf: 'rdf', channel: 'rss' }

/**
 * Reads RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed; null where the text is none of them. Whatever is
 * wrong with it, what can be read is: the parser forgives unclosed and badly nested elements. No entity but XML's five
 * and numbers is ever expanded, and nothing outside is ever asked for: a document type is not looked at. `address` is
 * the one the text came from; links are resolved against it and `xml:base`.
 */
export function readFeed(text: string, address: string, maxEntries = maxFeedEntries): Feed | null {
  if (/^\ufeff?\s*\{/.test(text)) return readJsonFeed(text, address, maxEntries)
  const reading = createReading(address, maxEntries)
  for (let at = 0; at < text.length && !reading.isOver(); at += chunkLength)
    reading.parser.write(text.slice(at, at + chunkLength))
  if (!reading.isOver()) reading.parser.end()
  return reading.result()
}

interface Reading {
  parser: Parser
  /** The limit is reached, or it is no feed: the rest need not be looked at. */
  isOver(): boolean
  result(): Feed | null
}

function createReading(address: string, maxEntries: number): Reading {
  const open: Open[] = []
  const channel = createDraft()
  const drafts: Draft[] = []
  let format: Feed['format'] | null = null
  let [isOther, isCut] = [false, false]
  /** The entry that is open, and how deep it lies. */
  let entry: { draft: Draft; depth: number } | null = null
  let gathering: Gathering | null = null

  const beginEntry = (local: string, attributes: Readonly<Record<string, string>>, base: string): void => {
    if (drafts.length >= maxEntries) {
      isCut = true
      return
    }
    const draft = createDraft()
    const about = attributes['rdf:about'] ?? attributes['href']
    draft.fallbackUrl = about === undefined ? null : resolveLink(about, base)
    if (local === 'item' && attributes['href'] !== undefined) format = 'cdf'
    draft.dates.updated = attributes['lastmod'] ?? null
    drafts.push(draft)
    entry = { draft, depth: open.length }
  }

  const parser = new Parser(
    {
      onopentag(qualified, given) {
        if (isOther || isCut) return
        const attributes = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
        const parent = open.at(-1)
        const namespaces = namespacesIn(attributes, parent?.namespaces ?? null)
        const { local, vocabulary } = nameIn(qualified, namespaces)
        if (parent === undefined) {
          format = roots[local] ?? null
          if (format === null) isOther = true
        }
        const around = parent?.base ?? address
        const base = resolveLink(attributes['xml:base'] ?? '', around) ?? around
        open.push({ local, isFeeds: vocabulary === 'feed', namespaces, base })
        if (open.length > deepest) isCut = true
        if (local === 'channel' && attributes['href'] !== undefined)
          channel.fallbackUrl = resolveLink(attributes['href'], base)
        if (gathering !== null) {
          if (breaksWords(local)) gathering.pieces.push(' ')
          if (isHiddenElement(local)) gathering.silence += 1
          return
        }
        if (entry === null && vocabulary === 'feed' && (local === 'item' || local === 'entry')) {
          beginEntry(local, attributes, base)
          return
        }
        const owner = entry?.draft ?? channel
        const isChild = entry === null ? isChannelChild(open) : open.length === entry.depth + 1
        if (!isChild || vocabulary === 'other') return
        if (local === 'link' && attributes['href'] !== undefined) {
          owner.addLink(
            attributes['rel'] ?? 'alternate',
            resolveLink(attributes['href'], base),
            attributes['type'] ?? '',
          )
          return
        }
        const [type, mode] = [attributes['type'] ?? '', attributes['mode'] ?? '']
        if (local === 'guid' && attributes['ispermalink']?.toLowerCase() === 'false') return
        gathering = { depth: open.length, name: local, type, mode, into: owner, pieces: [], length: 0, silence: 0 }
      },
      ontext(piece) {
        if (gathering === null || gathering.silence > 0 || gathering.length > longestText) return
        gathering.pieces.push(piece)
        gathering.length += piece.length
      },
      onclosetag() {
        if (isOther || isCut) return
        if (gathering !== null) {
          if (gathering.depth === open.length) {
            gathering.into.addText(gathering.name, shownText(gathering), open.at(-1)?.base ?? address)
            gathering = null
          } else {
            const local = open.at(-1)?.local ?? ''
            if (breaksWords(local)) gathering.pieces.push(' ')
            if (isHiddenElement(local)) gathering.silence -= 1
          }
        }
        if (entry !== null && entry.depth === open.length) entry = null
        open.pop()
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  return {
    parser,
    isOver: () => isOther || isCut,
    result: () =>
      format === null || isOther
        ? null
        : {
            format,
            title: channel.title,
            home: channel.url() ?? (format === 'cdf' ? channel.fallbackUrl : null),
            next: channel.next,
            entries: entriesOf(drafts),
            isCut,
          },
  }
}

/** Directly in `<channel>`, `<feed>` or a root that is the channel itself; not in `<image>` or `<textInput>`. */
function isChannelChild(open: readonly Open[]): boolean {
  const parent = open.at(-2)
  return parent !== undefined && parent.isFeeds && /^(?:channel|feed)$/.test(parent.local)
}

/** What a gathered element shows: Atom says how its text is to be read, RSS leaves it to be guessed. */
function shownText({ pieces, type, mode }: Gathering): string | null {
  const text = pieces.join('').slice(0, longestText)
  if (mode === 'base64') return htmlToText(Buffer.from(text, 'base64').toString('utf8'))
  return type === 'text' || type === 'text/plain' || type.includes('xhtml')
    ? collapseWhitespace(text)
    : htmlToText(text)
}
