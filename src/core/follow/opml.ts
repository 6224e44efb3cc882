import { Parser } from 'htmlparser2'
import { escapeHtml } from '../text/escape-html'
import { collapseWhitespace } from '../feeds/html-to-text'
import { resolveLink } from '../feeds/resolve-link'

/** A followed feed or site as OPML carries it from one reader to another. */
export interface OpmlOutline {
  title: string
  /** The feed's address; null for a site without one. */
  feedUrl: string | null
  /** The site's page. */
  siteUrl: string | null
  /** Names of the folders it lies in, the outermost first. */
  folders: string[]
}

/** An OPML document taken apart. */
export interface Opml {
  title: string | null
  outlines: OpmlOutline[]
  /** Outlines that name no address that can be asked for; said to the reader, not silently dropped. */
  unreadable: string[]
  isCut: boolean
}

/** Most subscriptions, and how deep folders may lie; no reader has more by far. */
const limits = { outlines: 10_000, depth: 64, titleLength: 500 } as const
const chunkLength = 65_536

/**
 * Reads OPML 1.0 or 2.0, leniently and within limits; null where the text is none. An outline with an address is a
 * subscription, one without is a folder. Entities of a document type are not expanded.
 */
export function readOpml(text: string): Opml | null {
  const opml: Opml = { title: null, outlines: [], unreadable: [], isCut: false }
  const known = new Set<string>()
  /** Open elements; the name of a folder, or null for any other. */
  const open: { element: string; folder: string | null }[] = []
  let [isOpml, isOver, titlePieces] = [false, false, [] as string[]]

  const addOutline = (attributes: ReadonlyMap<string, string>): string | null => {
    const title = collapseWhitespace(
      (attributes.get('title') ?? attributes.get('text') ?? '').slice(0, limits.titleLength),
    )
    const given = attributes.get('xmlurl') ?? attributes.get('url')
    const site = attributes.get('htmlurl') ?? null
    if (given === undefined && site === null) return title ?? ''
    const feedUrl = given === undefined ? null : resolveLink(given, given)
    const siteUrl = site === null ? null : resolveLink(site, site)
    const url = feedUrl ?? siteUrl
    if (opml.outlines.length + opml.unreadable.length >= limits.outlines) opml.isCut = isOver = true
    else if (url === null) opml.unreadable.push((title ?? given ?? '').slice(0, limits.titleLength))
    else if (!known.has(url)) {
      known.add(url)
      const folders = open.flatMap(({ folder }) => (folder === null || folder === '' ? [] : [folder]))
      opml.outlines.push({ title: title ?? new URL(url).host, feedUrl, siteUrl, folders })
    }
    return null
  }

  const parser = new Parser(
    {
      onopentag(qualified, given) {
        if (isOver) return
        const element = qualified.toLowerCase()
        if (open.length === 0) {
          isOpml = element === 'opml'
          isOver = !isOpml
        }
        if (open.length >= limits.depth) opml.isCut = isOver = true
        const attributes = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
        open.push({ element, folder: element === 'outline' ? addOutline(attributes) : null })
      },
      ontext(piece) {
        if (open.at(-1)?.element === 'title' && titlePieces.length < limits.titleLength) titlePieces.push(piece)
      },
      onclosetag() {
        if (open.pop()?.element === 'title') {
          opml.title ??= collapseWhitespace(titlePieces.join('').slice(0, limits.titleLength))
          titlePieces = []
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  for (let at = 0; at < text.length && !isOver; at += chunkLength) parser.write(text.slice(at, at + chunkLength))
  if (!isOver) parser.end()
  return isOpml ? opml : null
}

/** Writes OPML 2.0: folders as outlines around what lies in them. `created` is the document's own time. */
export function writeOpml(title: string, outlines: readonly OpmlOutline[], created: Date): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escapeXml(title)}</title><dateCreated>${created.toUTCString()}</dateCreated></head>`,
    '  <body>',
    ...linesOf(outlines, 0),
    '  </body>',
    '</opml>',
  ]
  return `${lines.join('\n')}\n`
}

/** The outlines that lie at this depth, then each folder with its own. */
function linesOf(outlines: readonly OpmlOutline[], depth: number): string[] {
  const indent = '  '.repeat(depth + 2)
  const here = outlines.filter(({ folders }) => folders.length === depth)
  const names = new Set(outlines.flatMap(({ folders }) => (folders.length > depth ? [folders[depth] ?? ''] : [])))
  return [
    ...here.map((outline) => `${indent}${lineOf(outline)}`),
    ...[...names].flatMap((name) => [
      `${indent}<outline text="${escapeXml(name)}" title="${escapeXml(name)}">`,
      ...linesOf(
        outlines.filter(({ folders }) => folders.length > depth && folders[depth] === name),
        depth + 1,
      ),
      `${indent}</outline>`,
    ]),
  ]
}

function lineOf({ title, feedUrl, siteUrl }: OpmlOutline): string {
  const name = escapeXml(title)
  const type = feedUrl === null ? '' : ` type="rss" xmlUrl="${escapeXml(feedUrl)}"`
  const site = siteUrl === null ? '' : ` htmlUrl="${escapeXml(siteUrl)}"`
  return `<outline text="${name}" title="${name}"${type}${site}/>`
}

/** XML has no sign for most control characters, not even escaped. */
function escapeXml(text: string): string {
  return escapeHtml(text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''))
}
