import type { Element, Nodes } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { type Handle, toMdast } from 'hast-util-to-mdast'
import type { Definition, PhrasingContent, Root, Text } from 'mdast'
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableToMarkdown } from 'mdast-util-gfm-table'
import { type Handle as ToMarkdownHandle, type Options, toMarkdown } from 'mdast-util-to-markdown'
import { renderArticle } from './article-html'
import type { ExportContext, ExportItem, Format } from './format'
import { toDataUrl } from './html'

/**
 * The maximum number of cells that spans add to the tables of one bulletin. A single cell that spans a thousand rows
 * and a thousand columns would add a million cells.
 */
const maxSpannedCells = 20_000

/**
 * The `markdown` format: CommonMark with tables and strikethrough as in GitHub Flavored Markdown. Text that looks like
 * markup is escaped. Pictures are written as link reference definitions at the end of the file, so that the text stays
 * readable.
 */
export const markdown: Format = {
  kind: 'page',
  takesPicture: () => true,
  write(item: ExportItem, context: ExportContext): Uint8Array {
    const html = renderArticle(item, context, (file) => (item.pictures.has(file) ? file : null))
    const tree = fromHtml(html, { fragment: true })
    boundSpans(tree)
    const root = toMdast(tree, { handlers, document: true })
    if (root.type !== 'root') throw new Error('markdown: no document')
    root.children.push(...createDefinitions(root, item))
    return Buffer.from(toMarkdown(root, { extensions, bullet: '-', emphasis: '_', rule: '-' }))
  },
}

/** Matches the characters that begin a tag, code, a link or a picture in Markdown. */
const openers = /([<`[])/u

/**
 * Writes characters that begin markup as character references. A backslash is not enough. Programs such as `marked`
 * turn bare addresses into links and end the address at a backslash.
 */
const escapeText: ToMarkdownHandle = (node: Text, _parent, state, info) => {
  const pieces = node.value.split(openers)
  return pieces
    .map((piece, at) => {
      if (at % 2 === 1) return `&#${piece.charCodeAt(0)};`
      const before = at === 0 ? info.before : ';'
      const after = at === pieces.length - 1 ? info.after : '&'
      return state.safe(piece, { ...info, before, after })
    })
    .join('')
}

const extensions: Options[] = [
  gfmStrikethroughToMarkdown(),
  gfmTableToMarkdown({ tablePipeAlign: false }),
  { handlers: { text: escapeText } },
]

/** Writes an element for which Markdown has no syntax as an HTML tag without attributes. */
const keepAsTags: Handle = (state, element: Element) => [
  { type: 'html', value: `<${element.tagName}>` },
  // The cast is safe, because an element of phrasing content contains only phrasing content.
  ...(state.all(element) as PhrasingContent[]),
  { type: 'html', value: `</${element.tagName}>` },
]

const toDelete: Handle = (state, element: Element) => ({
  type: 'delete',
  children: state.all(element) as PhrasingContent[], // safe cast: this element contains only phrasing content
})

const handlers: Record<string, Handle> = {
  mark: keepAsTags,
  sub: keepAsTags,
  sup: keepAsTags,
  u: keepAsTags,
  s: toDelete,
  del: toDelete,
  // Code is written as a tag without backticks, because a program that pairs backticks differently would read the code
  // as markup.
  code: (state, element: Element) => state.all(element),
  a: (state, element: Element) => ({
    type: 'link',
    url: String(element.properties['href'] ?? '').replace(/[\s<>()[\]`"\\]/gu, percentEncode),
    children: state.all(element) as PhrasingContent[], // safe cast: this element contains only phrasing content
  }),
  img: (_state, { properties }: Element) => ({
    type: 'imageReference',
    referenceType: 'full',
    // The pattern matches the name of a stored file, which consists of hexadecimal digits and an extension.
    identifier: String(properties['src']),
    label: String(properties['src']),
    alt: String(properties['alt'] ?? '').replace(/[<[\]`\\]/gu, ' '),
  }),
  section(state, element: Element) {
    if (!hasClass(element, 'source-box')) return state.all(element) // other sections contain blocks and stay unchanged
    const [list] = element.children
    const terms = list?.type === 'element' ? list.children.filter((child) => child.type === 'element') : []
    const lines = terms.flatMap((term, at): PhrasingContent[][] => {
      const text = state.all(term) as PhrasingContent[]
      if (term.tagName !== 'dt') return []
      const value = terms[at + 1]
      return [
        [
          { type: 'strong', children: [...text, { type: 'text', value: ':' }] },
          { type: 'text', value: ' ' },
          ...(value === undefined ? [] : (state.all(value) as PhrasingContent[])),
        ],
      ]
    })
    return [{ type: 'thematicBreak' }, { type: 'paragraph', children: joinPhrases(lines, { type: 'break' }) }]
  },
  p(state, element: Element) {
    if (hasClass(element, 'kicker')) {
      const parts = element.children.flatMap((part) => (part.type === 'element' ? [state.all(part)] : []))
      return { type: 'paragraph', children: joinPhrases(parts as PhrasingContent[][], { type: 'text', value: ' · ' }) }
    }
    const children = state.all(element) as PhrasingContent[] // safe cast: a paragraph holds only phrasing content
    if (hasClass(element, 'summary')) return { type: 'paragraph', children: [{ type: 'strong', children }] }
    if (!hasClass(element, 'author') || children.length < 2) return { type: 'paragraph', children }
    const [name, ...offices] = children
    return { type: 'paragraph', children: [...(name === undefined ? [] : [name]), { type: 'break' }, ...offices] }
  },
}

/** Joins lists of phrasing content and puts `between` between neighbouring lists. */
function joinPhrases(parts: readonly PhrasingContent[][], between: PhrasingContent): PhrasingContent[] {
  return parts.flatMap((part, at) => (at === 0 ? part : [between, ...part]))
}

function percentEncode(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

function hasClass({ properties }: Element, name: string): boolean {
  return Array.isArray(properties['className']) && properties['className'].includes(name)
}

/** Removes all spans from the tables if the spans together add more than {@link maxSpannedCells} cells. */
function boundSpans(tree: Nodes): void {
  const cells: Element[] = []
  const collect = (node: Nodes): void => {
    if (node.type === 'element' && (node.tagName === 'td' || node.tagName === 'th')) cells.push(node)
    if ('children' in node) for (const child of node.children) collect(child)
  }
  collect(tree)
  const getSpan = (cell: Element, name: 'colSpan' | 'rowSpan'): number => Number(cell.properties[name] ?? 1) || 1
  const total = cells.reduce((sum, cell) => sum + getSpan(cell, 'colSpan') * getSpan(cell, 'rowSpan'), -cells.length)
  if (total <= maxSpannedCells) return
  for (const { properties } of cells) {
    delete properties['colSpan']
    delete properties['rowSpan']
  }
}

/** Creates the link reference definitions of the pictures in the text, one definition for each picture. */
function createDefinitions(root: Root, { pictures }: ExportItem): Definition[] {
  const namedPictures = new Set<string>()
  const collect = (node: { type: string; children?: unknown[]; identifier?: string }): void => {
    if (node.type === 'imageReference' && node.identifier !== undefined) namedPictures.add(node.identifier)
    for (const child of node.children ?? []) collect(child as typeof node) // safe cast: every mdast node has this shape
  }
  collect(root)
  return [...namedPictures].flatMap((file): Definition[] => {
    const url = toDataUrl(file, pictures.get(file))
    return url === null ? [] : [{ type: 'definition', identifier: file, label: file, url }]
  })
}
