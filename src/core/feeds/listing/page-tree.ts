import { Parser } from 'htmlparser2'
import { isHiddenElement, breaksWords, collapseWhitespace } from '../html-to-text'
import { resolveLink } from '../resolve-link'

/** An element of a page, as far as its links are looked for: no scripts, no styles, no comments. */
export interface PageElement {
  name: string
  attributes: Readonly<Record<string, string>>
  parent: PageElement | null
  /** Elements and texts in order. */
  children: (PageElement | string)[]
  depth: number
}

/** A link of a page that leads to an http(s) address. */
export interface PageLink {
  element: PageElement
  url: string
  /** What it shows: its text, else the text in place of its picture. */
  text: string
}

/** A page as a tree of its elements. */
export interface PageTree {
  root: PageElement
  /** In the page's order. */
  links: PageLink[]
  /** Elements `a`, `link` and `meta` that are no such links, for those who look for other things. */
  others: PageElement[]
  title: string | null
  /** What links are resolved against: the page's `<base>`, else its address. */
  base: string
  /** Whether the page was longer or deeper than is looked at. */
  isCut: boolean
}

/** SECURITY, Limits: nodes and depth. Links are ours: saved pages of portals have 100 to 500. */
const limits = { nodes: 200_000, depth: 512, links: 6_000 } as const
const chunkLength = 65_536
const empty = new Set(['br', 'img', 'input', 'hr', 'link', 'meta', 'base', 'source', 'area', 'col', 'wbr', 'embed'])
const longestShown = 2_000
/** Class names and id together; utility CSS makes long ones. */
const longestClass = 500

/**
 * Reads a page's elements, leniently and within limits: what is behind them is not looked at. Time is linear in the
 * length, no recursion; the parser is the one that extraction uses.
 */
export function readPageTree(html: string, address: string): PageTree {
  const root: PageElement = { name: '', attributes: {}, parent: null, children: [], depth: 0 }
  const found: { element: PageElement; isLink: boolean }[] = []
  let [open, base, title, isCut, nodes, silence] = [root, address, null as string | null, false, 0, 0]
  let [isInTitle, titleText] = [false, '']
  const parser = new Parser({
    onopentag(name, attributes) {
      if (isCut) return
      nodes += 1
      if (nodes > limits.nodes || open.depth >= limits.depth || found.length > limits.links) {
        isCut = true
        return
      }
      if (isHiddenElement(name)) silence += 1
      if (name === 'title' && title === null) isInTitle = true
      if (name === 'base') base = resolveLink(attributes['href'] ?? '', address) ?? base
      const element: PageElement = { name, attributes, parent: open, children: [], depth: open.depth + 1 }
      open.children.push(element)
      if (name === 'a' || name === 'link' || name === 'meta') found.push({ element, isLink: name === 'a' })
      if (!empty.has(name)) open = element
    },
    ontext(text) {
      if (isCut || silence > 0) return
      if (isInTitle) titleText += text
      else if (open.children.length < limits.nodes) open.children.push(text)
    },
    onclosetag(name) {
      if (isCut || empty.has(name)) return
      if (isHiddenElement(name)) silence = Math.max(0, silence - 1)
      if (name === 'title' && isInTitle) {
        isInTitle = false
        title = collapseWhitespace(titleText)
      }
      open = open.parent ?? root
    },
  })
  for (let at = 0; at < html.length && !isCut; at += chunkLength) parser.write(html.slice(at, at + chunkLength))
  if (!isCut) parser.end()
  const links: PageLink[] = []
  const others: PageElement[] = []
  for (const { element, isLink } of found) {
    const url = isLink ? resolveLink(element.attributes['href'] ?? '', base) : null
    if (url === null) others.push(element)
    else links.push({ element, url, text: shownText(element) ?? pictureText(element) ?? '' })
  }
  return { root, links, others, title, base, isCut }
}

/** The text an element shows, on one line, up to some length; null where it shows none. */
export function shownText(element: PageElement): string | null {
  return collapseWhitespace(piecesOf(element).join(''))
}

/** The texts an element shows, each as one line between elements that part words; `without` is left out. */
export function shownLines(element: PageElement, without: PageElement | null = null): string[] {
  return piecesOf(element, without)
    .join('')
    .split('\n')
    .map(collapseWhitespace)
    .filter((line) => line !== null)
}

/** Walks an element's subtree in order, without recursion; `visit` answers whether to go on inside. */
export function walk(element: PageElement, visit: (child: PageElement) => boolean): void {
  const waiting = element.children.toReversed()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string' || !visit(next)) continue
    for (const child of next.children.toReversed()) waiting.push(child)
  }
}

/** The nearest element around (or the element itself) for which `test` holds, up to `levels` above; null where none. */
export function closest(
  element: PageElement,
  test: (around: PageElement) => boolean,
  levels = Infinity,
): PageElement | null {
  let around: PageElement | null = element
  for (let level = 0; around !== null && level <= levels; level += 1) {
    if (test(around)) return around
    around = around.parent
  }
  return null
}

/** Class names and id as words: "list-focus_main" → list, focus, main. */
export function wordsOf({ attributes }: PageElement): string[] {
  return `${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`
    .slice(0, longestClass)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
}

function piecesOf(element: PageElement, without: PageElement | null = null): string[] {
  const pieces: string[] = []
  let length = 0
  // White space of the source is a blank; only elements begin lines.
  const waiting: (PageElement | string)[] = element.children.toReversed()
  for (let next = waiting.pop(); next !== undefined && length < longestShown; next = waiting.pop()) {
    if (typeof next === 'string') {
      const text = next === '\n' ? next : next.replace(/\s+/g, ' ')
      pieces.push(text)
      length += text.length
      continue
    }
    if (next === without) {
      pieces.push('\n')
      continue
    }
    const parts = breaksWords(next.name)
    // Elements count too: one without any text may hold a page's worth of others.
    length += 1
    if (parts) waiting.push('\n')
    for (const child of next.children.toReversed()) waiting.push(child === '\n' ? ' ' : child)
    if (parts) waiting.push('\n')
  }
  return pieces
}

function pictureText(link: PageElement): string | null {
  let text: string | null = null
  walk(link, ({ name, attributes }) => {
    if (name === 'img') text ??= collapseWhitespace(attributes['alt'] ?? attributes['title'] ?? '')
    return text === null
  })
  return text ?? collapseWhitespace(link.attributes['title'] ?? '')
}
