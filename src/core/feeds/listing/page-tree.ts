import { Parser } from 'htmlparser2'
import { isHiddenElement, breaksWords, collapseWhitespace } from '../html-to-text'
import { resolveLink } from '../resolve-link'

/** An element of a page. The tree contains no text of scripts, styles and comments. */
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
  /** The text of the link. If the link has no text, the alternative text of its picture. */
  text: string
}

/** A parsed page. */
export interface PageTree {
  root: PageElement
  /** The links in the page's order. */
  links: PageLink[]
  /** The `link` and `meta` elements, and the `a` elements that are not in `links`. */
  others: PageElement[]
  title: string | null
  /** The address that links are resolved against: `<base>`, otherwise the page's address. */
  base: string
  /** Whether the rest of the page was left out because of a limit. */
  isCut: boolean
}

/** `docs/security.md` sets the limits of nodes and depth. Saved pages of portals have 100 to 500 links. */
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
/** Maximum length of the text that is read from one element, in characters. */
const maxShownLength = 2_000
/** Maximum length of class names and id together, in characters. Utility CSS produces long class names. */
const maxClassLength = 500

/**
 * Parses a page. Accepts malformed HTML, and ignores the rest of a page that exceeds a limit. Takes linear time and
 * does not recurse. Extraction uses the same parser.
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
 * The text that an element shows, on one line, cut at {@link maxShownLength}. Returns null if the element shows no
 * text.
 */
export function shownText(element: PageElement): string | null {
  return collapseWhitespace(piecesOf(element).join(''))
}

/**
 * The lines of text that an element shows. Elements that separate words start new lines. Leaves out the element
 * `without`.
 */
export function shownLines(element: PageElement, without: PageElement | null = null): string[] {
  return piecesOf(element, without)
    .join('')
    .split('\n')
    .map(collapseWhitespace)
    .filter((line) => line !== null)
}

/**
 * Visits the elements inside an element in order, without recursion. `visit` returns whether to visit the elements
 * inside the visited one.
 */
export function walk(element: PageElement, visit: (child: PageElement) => boolean): void {
  const waiting = element.children.toReversed()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string' || !visit(next)) continue
    for (const child of next.children.toReversed()) waiting.push(child)
  }
}

/** The nearest matching element: the element itself, or one at most `levels` above it. Returns null if none matches. */
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

/** The words of class names and id: "list-focus_main" has the words list, focus and main. */
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
  // White space in the HTML source becomes a space, because only elements start new lines.
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
    // Elements count towards the limit, because an element without text may contain very many other elements.
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
