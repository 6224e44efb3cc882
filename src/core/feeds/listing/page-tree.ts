import { Parser } from 'htmlparser2'
import { isHiddenElement, breaksWords, collapseWhitespace } from '../html-to-text'
import { resolveLink } from '../resolve-link'

/** An element of a page. The tree has no text from scripts, style sheets and comments. */
export interface PageElement {
  name: string
  attributes: Readonly<Record<string, string>>
  parent: PageElement | null
  /** The elements and texts inside this element, in order. */
  children: (PageElement | string)[]
  depth: number
}

/** A link to an http or https address. */
export interface PageLink {
  element: PageElement
  url: string
  /** The text of the link, or the alternative text of its picture if the link has no text. */
  text: string
}

/** A parsed page. */
export interface PageTree {
  root: PageElement
  /** The links in the order of the page. */
  links: PageLink[]
  /** The `link` and `meta` elements, and the `a` elements that are not in `links`. */
  others: PageElement[]
  title: string | null
  /** The address against which links are resolved: that of `<base>`, or else that of the page. */
  base: string
  /** Whether the rest of the page was ignored because a limit was reached. */
  isCut: boolean
}

/**
 * The maximum number of nodes, of nested elements and of links (`docs/security.md`). Pages of portals have 100 to 500
 * links.
 */
const limits = { maxNodes: 200_000, maxDepth: 512, maxLinks: 6_000 } as const
const chunkLength = 65_536
const voidElements = new Set([
  'br',
  'img',
  'input',
  'hr',
  'link',
  'meta',
  'base',
  'source',
  'area',
  'col',
  'wbr',
  'embed',
])
/** Maximum number of characters that are read as the text of one element. */
const maxShownLength = 2_000
/**
 * Maximum number of characters of the classes and the id of one element. Some style sheets need long lists of classes.
 */
const maxClassLength = 500

/**
 * Parses a page with the parser that the extraction uses. Accepts malformed HTML. When a limit is reached, ignores the
 * rest of the page. Takes linear time and does not recurse.
 */
export function readPageTree(html: string, address: string): PageTree {
  const root: PageElement = { name: '', attributes: {}, parent: null, children: [], depth: 0 }
  const found: { element: PageElement; isLink: boolean }[] = []
  let [open, base, title, isCut, nodes, hiddenDepth] = [root, address, null as string | null, false, 0, 0]
  let [isInTitle, titleText] = [false, '']
  const parser = new Parser({
    onopentag(name, attributes) {
      if (isCut) return
      nodes += 1
      if (nodes > limits.maxNodes || open.depth >= limits.maxDepth || found.length > limits.maxLinks) {
        isCut = true
        return
      }
      if (isHiddenElement(name)) hiddenDepth += 1
      if (name === 'title' && title === null) isInTitle = true
      if (name === 'base') base = resolveLink(attributes['href'] ?? '', address) ?? base
      const element: PageElement = { name, attributes, parent: open, children: [], depth: open.depth + 1 }
      open.children.push(element)
      if (name === 'a' || name === 'link' || name === 'meta') found.push({ element, isLink: name === 'a' })
      if (!voidElements.has(name)) open = element
    },
    ontext(text) {
      if (isCut || hiddenDepth > 0) return
      if (isInTitle) titleText += text.slice(0, Math.max(0, maxShownLength - titleText.length))
      else if (open.children.length < limits.maxNodes) open.children.push(text)
    },
    onclosetag(name) {
      if (isCut || voidElements.has(name)) return
      if (isHiddenElement(name)) hiddenDepth = Math.max(0, hiddenDepth - 1)
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

/**
 * Returns the text that an element shows, on one line and cut at {@link maxShownLength}. Returns null if the element
 * shows no text.
 */
export function shownText(element: PageElement): string | null {
  return collapseWhitespace(piecesOf(element).join(''))
}

/**
 * Returns the lines of text that an element shows. An element that separates words begins a new line. The text of the
 * element `without` is left out.
 */
export function shownLines(element: PageElement, without: PageElement | null = null): string[] {
  return piecesOf(element, without)
    .join('')
    .split('\n')
    .map(collapseWhitespace)
    .filter((line) => line !== null)
}

/**
 * Visits all elements inside an element in order, without recursion. If `visit` returns false, the elements inside the
 * visited element are skipped.
 */
export function walk(element: PageElement, visit: (child: PageElement) => boolean): void {
  const waiting = element.children.toReversed()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string' || !visit(next)) continue
    for (const child of next.children.toReversed()) waiting.push(child)
  }
}

/**
 * Returns the nearest matching element: the element itself, or one around it, at most `levels` above. Returns null if
 * none matches.
 */
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

/** Returns the words in the classes and the id of an element: "list-focus_main" has the words list, focus and main. */
export function wordsOf({ attributes }: PageElement): string[] {
  return `${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`
    .slice(0, maxClassLength)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
}

function piecesOf(element: PageElement, without: PageElement | null = null): string[] {
  const pieces: string[] = []
  let length = 0
  // Line breaks in the HTML source become spaces, because only elements begin new lines.
  const waiting: (PageElement | string)[] = element.children.toReversed()
  for (let next = waiting.pop(); next !== undefined && length < maxShownLength; next = waiting.pop()) {
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
    const isBlock = breaksWords(next.name)
    // Elements count as one character each, because an element without text may contain very many other elements.
    length += 1
    if (isBlock) waiting.push('\n')
    for (const child of next.children.toReversed()) waiting.push(child === '\n' ? ' ' : child)
    if (isBlock) waiting.push('\n')
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
