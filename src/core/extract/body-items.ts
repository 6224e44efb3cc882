import { escapeHtml } from '../text/escape'
import { type Block, blocksOf, isElement, textOfNodes } from './blocks'

/** One piece of a body in reading order. `html` is as received with addresses made absolute; null: the escaped text. */
export interface BodyItem {
  kind: 'paragraph' | 'figure' | 'caption' | 'whole'
  text: string
  html: string | null
  /** Figures only. */
  alt?: string | null
}

const longestCaption = 400
/** Where pages put a picture's real address while it is not yet shown. */
const lazyAttributes = ['data-original', 'data-src', 'data-lazy-src', 'data-photo-original-src', 'src']

/** A body's element as items: paragraphs, figures with their captions, tables and lists whole. */
export function bodyItems(body: Element, base: string | null): BodyItem[] {
  prepare(body, base)
  const items: BodyItem[] = []
  const blocks = blocksOf(body)
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at]
    if (block === undefined) continue
    const picture = pictureOf(block)
    if (picture === null) items.push(plainItem(block))
    else {
      const next = blocks[at + 1]
      const caption = picture.caption ?? captionIn(next)
      if (picture.caption === null && caption !== null) at += 1
      items.push(figureItem(picture.image, caption))
    }
  }
  return items
}

/** The HTML of an item, not yet sanitised. */
export function htmlOfItem({ kind, text, html }: BodyItem): string {
  if (html !== null) return html
  return kind === 'caption'
    ? `<figure class="caption-only"><figcaption>${escapeHtml(text)}</figcaption></figure>`
    : `<p>${escapeHtml(text)}</p>`
}

/** Real picture addresses and absolute links, so that sanitising can judge them. */
function prepare(body: Element, base: string | null): void {
  for (const image of body.querySelectorAll('img')) {
    const address = lazyAttributes
      .map((name) => image.getAttribute(name))
      .find((value) => value !== null && !value.startsWith('data:'))
    image.setAttribute('src', absolute(address ?? '', base))
  }
  for (const link of body.querySelectorAll('a[href]'))
    link.setAttribute('href', absolute(link.getAttribute('href') ?? '', base))
}

function absolute(address: string, base: string | null): string {
  return URL.parse(address, base ?? undefined)?.href ?? ''
}

function plainItem(block: Block): BodyItem {
  if (block.kind === 'whole') {
    const text = textOfNodes([block.element])
    return { kind: 'whole', text, html: block.element.outerHTML }
  }
  const html = block.nodes
    .map((node) => (isElement(node) ? node.outerHTML : escapeHtml(node.textContent ?? '')))
    .join('')
  return { kind: 'paragraph', text: textOfNodes(block.nodes), html: `<p>${html.trim()}</p>` }
}

interface Picture {
  image: Element
  caption: string | null
}

/** The picture of a block that is one: a figure, or a paragraph with nothing but a picture in it. */
function pictureOf(block: Block): Picture | null {
  if (block.kind === 'whole') {
    if (block.element.localName !== 'figure') return null
    const image = block.element.querySelector('img')
    const caption = block.element.querySelector('figcaption')
    return image === null ? null : { image, caption: caption === null ? null : textOfNodes([caption]) }
  }
  const elements = block.nodes.filter(isElement)
  const image = elements
    .map((element) => (element.localName === 'img' ? element : element.querySelector('img')))
    .find((found) => found !== null)
  if (image === undefined) return null
  const text = textOfNodes(block.nodes)
  return text.length <= longestCaption ? { image, caption: text === '' ? null : text } : null
}

/** A short paragraph under a picture, in italics, centred or named, is its caption. */
function captionIn(block: Block | undefined): string | null {
  if (block?.kind !== 'paragraph') return null
  const text = textOfNodes(block.nodes)
  const [only, ...more] = block.nodes.filter((node) => (node.textContent ?? '').trim() !== '')
  const isSlanted =
    more.length === 0 &&
    isElement(only) &&
    (['em', 'i'].includes(only.localName) || only.querySelector('em, i') !== null)
  const parent = block.nodes[0]?.parentElement
  const names = `${parent?.getAttribute('class') ?? ''} ${parent?.getAttribute('style') ?? ''} ${parent?.getAttribute('align') ?? ''}`
  const isMarked =
    /caption|chu-?thich|image|center/i.test(names) || /^\(?(?:ảnh|hình)\s*[:\d]|ảnh\s*:\s*\S{1,40}/iu.test(text)
  return text !== '' && text.length <= longestCaption && (isSlanted || isMarked) ? text : null
}

function figureItem(image: Element, caption: string | null): BodyItem {
  const alt = image.getAttribute('alt')?.trim() ?? ''
  const captionHtml = caption === null ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`
  const source = escapeHtml(image.getAttribute('src') ?? '')
  return {
    kind: 'figure',
    text: caption ?? '',
    alt: alt === '' ? null : alt,
    html: `<figure><img src="${source}" alt="${escapeHtml(alt)}">${captionHtml}</figure>`,
  }
}
