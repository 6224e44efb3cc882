import { Parser } from 'htmlparser2'
import { escapeHtml } from '../text/escape-html'
import { collapseWhitespace } from '../feeds/html-to-text'
import { resolveLink } from '../feeds/resolve-link'

/** A feed or site in an OPML document, a list of feeds that feed readers exchange. */
export interface OpmlOutline {
  title: string
  /** The address of the feed. Null for a site without a feed. */
  feedUrl: string | null
  /** The address of the site. */
  siteUrl: string | null
  /** The names of the folders that contain the feed or site, the outermost folder first. */
  folders: string[]
}

/** A parsed OPML document. */
export interface Opml {
  title: string | null
  outlines: OpmlOutline[]
  /** The names of the outlines without a valid address, to show to the user. */
  unreadable: string[]
  /** Whether the rest of the document was ignored, because a limit was reached. */
  isCut: boolean
}

/**
 * Maximum number of feeds and sites, of nested elements, and of characters in a title. Real files have far less.
 */
const limits = { maxOutlines: 10_000, maxDepth: 64, maxTitleLength: 500 } as const
const chunkLength = 65_536

/**
 * Reads OPML 1.0 or 2.0. Returns null if the text is not OPML. Accepts malformed XML. When a limit is reached, ignores
 * the rest of the document. An outline with an address is a feed or site, and an outline without an address is a
 * folder. The parser does not expand entities that a DTD declares.
 */
export function readOpml(text: string): Opml | null {
  const opml: Opml = { title: null, outlines: [], unreadable: [], isCut: false }
  const known = new Set<string>()
  /**
   * The elements that are open at this place. `folder` is the name if the element is a folder, and null for any other
   * element.
   */
  const open: { element: string; folder: string | null }[] = []
  let [isOpml, isDone, titlePieces] = [false, false, [] as string[]]

  /** Adds an outline with an address and returns null. For a folder, returns the name of the folder. */
  const addOutline = (attributes: ReadonlyMap<string, string>): string | null => {
    const title = collapseWhitespace(
      (attributes.get('title') ?? attributes.get('text') ?? '').slice(0, limits.maxTitleLength),
    )
    const given = attributes.get('xmlurl') ?? attributes.get('url')
    const site = attributes.get('htmlurl') ?? null
    if (given === undefined && site === null) return title ?? ''
    const feedUrl = given === undefined ? null : resolveLink(given, given)
    const siteUrl = site === null ? null : resolveLink(site, site)
    const url = feedUrl ?? siteUrl
    if (opml.outlines.length + opml.unreadable.length >= limits.maxOutlines) opml.isCut = isDone = true
    else if (url === null) opml.unreadable.push((title ?? given ?? '').slice(0, limits.maxTitleLength))
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
        if (isDone) return
        const element = qualified.toLowerCase()
        if (open.length === 0) {
          isOpml = element === 'opml'
          isDone = !isOpml
        }
        if (open.length >= limits.maxDepth) opml.isCut = isDone = true
        const attributes = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
        open.push({ element, folder: element === 'outline' ? addOutline(attributes) : null })
      },
      ontext(piece) {
        if (open.at(-1)?.element === 'title' && titlePieces.length < limits.maxTitleLength) titlePieces.push(piece)
      },
      onclosetag() {
        if (open.pop()?.element === 'title') {
          opml.title ??= collapseWhitespace(titlePieces.join('').slice(0, limits.maxTitleLength))
          titlePieces = []
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  for (let at = 0; at < text.length && !isDone; at += chunkLength) parser.write(text.slice(at, at + chunkLength))
  if (!isDone) parser.end()
  return isOpml ? opml : null
}

/** Writes OPML 2.0. A folder becomes an outline around the outlines in it. `created` is the time of the document. */
export function writeOpml(title: string, outlines: readonly OpmlOutline[], created: Date): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escapeXml(title)}</title><dateCreated>${created.toUTCString()}</dateCreated></head>`,
    '  <body>',
    ...outlineLines(outlines, 0),
    '  </body>',
    '</opml>',
  ]
  return `${lines.join('\n')}\n`
}

/** Returns the lines of the outlines that are in no deeper folder, and then the lines of each folder at this depth. */
function outlineLines(outlines: readonly OpmlOutline[], depth: number): string[] {
  const indent = '  '.repeat(depth + 2)
  const here = outlines.filter(({ folders }) => folders.length === depth)
  const names = new Set(outlines.flatMap(({ folders }) => (folders.length > depth ? [folders[depth] ?? ''] : [])))
  return [
    ...here.map((outline) => `${indent}${outlineTag(outline)}`),
    ...[...names].flatMap((name) => [
      `${indent}<outline text="${escapeXml(name)}" title="${escapeXml(name)}">`,
      ...outlineLines(
        outlines.filter(({ folders }) => folders.length > depth && folders[depth] === name),
        depth + 1,
      ),
      `${indent}</outline>`,
    ]),
  ]
}

function outlineTag({ title, feedUrl, siteUrl }: OpmlOutline): string {
  const name = escapeXml(title)
  const type = feedUrl === null ? '' : ` type="rss" xmlUrl="${escapeXml(feedUrl)}"`
  const site = siteUrl === null ? '' : ` htmlUrl="${escapeXml(siteUrl)}"`
  return `<outline text="${name}" title="${name}"${type}${site}/>`
}

/** Escapes a text for XML. Removes the control characters that XML does not allow even in escaped form. */
function escapeXml(text: string): string {
  return escapeHtml(text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''))
}
