import { escapeHtml } from '../../text/escape-html'
import { endsSentence } from '../../text/sentences'
import { type PageBase, resolveAddress } from '../html/resolve-address'
import { type Block, blocksOf, isElement, textOfNodes } from '../html/blocks'
import { isCredited } from '../fields/captions'
import { type BodyItem, withCaption } from '../body-item'
import { readDumpLines } from '../dump/dump-lines'

/** A body taken apart. */
export interface BodyParts {
  items: BodyItem[]
  /** Addresses of its pictures; {@link parsePictureMark} tells their places in the items' HTML. */
  pictures: string[]
}

const maxCaptionLength = 400
/** How a picture's place is written while the body is taken apart: an address that leads nowhere and sanitising keeps. */
const markStart = 'https://picture.invalid/'
const captionName =
  /caption|chu-?thich|photo-?credit|image-?credit|img-?credit|image-?source|media-?credit|pic-?note|photo-?desc|image-?desc|img-?desc|note-?img/i
/** A box named after captions holds more than this where it is the gallery itself. */
const maxCaptionBoxLength = 700

/** Code has more of its signs than one in so many characters; a text has a sentence of so many. */
const charactersPerSign = 50
const minProse = 60

function pictureMark(index: number): string {
  return `${markStart}${index}`
}

/** Which picture an address marks; null where it is none of ours. */
export function parsePictureMark(address: string): number | null {
  const index = address.startsWith(markStart) ? address.slice(markStart.length) : ''
  return /^\d{1,6}$/.test(index) ? Number(index) : null
}

/** A body's element as items: paragraphs, figures with their captions, tables and lists whole. */
export function readBodyItems(body: Element, base: PageBase): BodyParts {
  const pictures = markPictures(body, base)
  const items: BodyItem[] = []
  const blocks = blocksOf(body)
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at]
    if (block === undefined) continue
    const images = imagesOf(block)
    if (images === null) {
      const caption = namedCaption(block)
      const paragraphs = paragraphsOfPre(block)
      if (caption !== null) items.push({ kind: 'caption', text: caption, html: null })
      else if (paragraphs === null) items.push(plainItem(block))
      else items.push(...paragraphs.map((text): BodyItem => ({ kind: 'paragraph', text, html: null })))
      continue
    }
    const { caption, rest } = captionOf(block)
    const following = caption === null && rest === null ? captionIn(blocks[at + 1]) : null
    if (following !== null) at += 1
    items.push(figureItem(images, caption ?? following))
    if (rest !== null) items.push(rest)
  }
  return { items: withCaptions(items), pictures }
}

/** Marks every picture that has an address, drops those without; makes links absolute, so that sanitising can judge them. */
function markPictures(body: Element, base: PageBase): string[] {
  const pictures: string[] = []
  for (const image of body.querySelectorAll('img')) {
    const address = resolveAddress(image.getAttribute('src') ?? '', base)
    if (address === null) {
      image.remove()
      continue
    }
    image.setAttribute('src', pictureMark(pictures.length))
    pictures.push(address)
  }
  for (const link of body.querySelectorAll('a[href]')) {
    const address = link.getAttribute('href') ?? ''
    if (!/^mailto:/i.test(address)) link.setAttribute('href', resolveAddress(address, base) ?? '')
  }
  return pictures
}

function plainItem(block: Block): BodyItem {
  if (block.kind === 'whole') {
    const text = textOfNodes([block.element])
    return { kind: 'whole', text, html: block.element.outerHTML }
  }
  return paragraphItem(block.nodes)
}

/** The paragraphs of a text that its page shows with its own line ends; null for other blocks and for code. */
function paragraphsOfPre(block: Block): string[] | null {
  if (block.kind !== 'whole' || block.element.localName !== 'pre') return null
  const text = block.element.textContent ?? ''
  const { length: signs } = text.match(/[{}<>=;\\|_$#]/g) ?? []
  if (block.element.querySelector('code, a, img') !== null || signs * charactersPerSign > text.length) return null
  const paragraphs = readDumpLines(text).paragraphs.map((paragraph) => paragraph.text)
  return paragraphs.some((paragraph) => paragraph.length >= minProse && endsSentence(paragraph)) ? paragraphs : null
}

function paragraphItem(nodes: readonly Node[]): BodyItem {
  const html = nodes.map((node) => (isElement(node) ? node.outerHTML : escapeHtml(node.textContent ?? ''))).join('')
  return { kind: 'paragraph', text: textOfNodes(nodes), html: `<p>${html.trim()}</p>` }
}

/** The pictures of a block that is a figure, or a paragraph with a picture and little else; null for other blocks. */
function imagesOf(block: Block): Element[] | null {
  if (block.kind === 'whole' && block.element.localName !== 'figure') return null
  const elements = block.kind === 'whole' ? [block.element] : block.nodes.filter(isElement)
  const images = elements.flatMap((element) =>
    element.localName === 'img' ? [element] : [...element.querySelectorAll('img')],
  )
  if (images.length === 0) return null
  return block.kind === 'whole' || textOfNodes(block.nodes).length <= maxCaptionLength ? images : null
}

/** What stands in a picture's own block: its caption, or a paragraph that only begins or ends with a picture. */
function captionOf(block: Block): { caption: string | null; rest: BodyItem | null } {
  if (block.kind === 'whole') {
    const caption = block.element.querySelector('figcaption')
    const text = textOfNodes([caption ?? block.element])
    return { caption: text === '' ? null : text, rest: null }
  }
  const text = textOfNodes(block.nodes)
  if (text === '') return { caption: null, rest: null }
  if (isMarkedCaption(block.nodes, text)) return { caption: text, rest: null }
  for (const node of block.nodes.filter(isElement)) for (const image of node.querySelectorAll('img')) image.remove()
  const nodes = block.nodes.filter((node) => !isElement(node) || node.localName !== 'img')
  return { caption: null, rest: paragraphItem(nodes) }
}

/** A short paragraph under a picture that looks like a caption or calls itself one. */
function captionIn(block: Block | undefined): string | null {
  if (block?.kind !== 'paragraph') return null
  const text = textOfNodes(block.nodes)
  return text !== '' && text.length <= maxCaptionLength && isMarkedCaption(block.nodes, text) ? text : null
}

/** In italics, centred, named as captions are, or with its author ("Ảnh: …"). */
function isMarkedCaption(nodes: readonly Node[], text: string): boolean {
  const filled = nodes.filter((node) => (node.textContent ?? '').trim() !== '')
  const isSlanted = filled.length > 0 && filled.every((node) => isElement(node) && isWhollySlanted(node))
  const parent = nodes[0]?.parentElement ?? null
  // A box that holds only this paragraph speaks for it; a whole column of text does not.
  const isOwn = parent !== null && textOfNodes([parent]).length <= text.length * 1.2 + 20
  const names = isOwn ? ['class', 'style', 'align'].map((name) => parent.getAttribute(name) ?? '').join(' ') : ''
  return (
    isSlanted || isInPictureBox(parent, text) || captionName.test(names) || /center/i.test(names) || isCredited(text)
  )
}

/** A box that holds a picture and this text, and is a small part of what is around it. */
function isInPictureBox(parent: Element | null, text: string): boolean {
  const box = parent?.querySelector('img') === null ? parent.parentElement : parent
  // A picture may stand at a paragraph's beginning.
  if (box === null || box.localName === 'p' || box.localName === 'body' || box.querySelector('img') === null)
    return false
  if (textOfNodes([box]).length > text.length + 2) return false
  let around = box.parentElement
  while (around !== null && lengthOf(around) <= text.length + 5) around = around.parentElement
  return around !== null && lengthOf(around) > text.length * 2
}

function lengthOf(element: Element): number {
  return (element.textContent ?? '').trim().length
}

function isWhollySlanted(element: Element): boolean {
  const text = (element.textContent ?? '').trim()
  if (['em', 'i', 'small'].includes(element.localName)) return true
  const inner = element.querySelector('em, i, small')
  return inner !== null && (inner.textContent ?? '').trim().length >= text.length * 0.8
}

/** The text of a block that calls itself a caption, wherever it stands. */
function namedCaption(block: Block): string | null {
  if (block.kind === 'whole') {
    if (block.element.localName !== 'figure' || block.element.querySelector('table, pre, blockquote') !== null)
      return null
    const caption = block.element.querySelector('figcaption')
    return caption === null ? null : textOfNodes([caption]) || null
  }
  const text = textOfNodes(block.nodes)
  if (text === '' || text.length > maxCaptionLength) return null
  const filled = block.nodes.filter((node) => (node.textContent ?? '').trim() !== '')
  let box = filled.length === 1 && isElement(filled[0]) ? filled[0] : (block.nodes[0]?.parentElement ?? null)
  for (let level = 0; level < 4 && box !== null; level++) {
    const names = `${box.getAttribute('class') ?? ''} ${box.getAttribute('id') ?? ''}`
    if (box.localName === 'figcaption' || captionName.test(names))
      return textOfNodes([box]).length <= maxCaptionBoxLength ? text : null
    box = box.parentElement
  }
  return null
}

/** A caption right under a picture without one is that picture's. */
function withCaptions(items: readonly BodyItem[]): BodyItem[] {
  const joined: BodyItem[] = []
  for (const item of items) {
    const last = joined.at(-1)
    if (item.kind === 'caption' && last?.kind === 'figure' && last.text === '')
      joined[joined.length - 1] = withCaption(last, item.text)
    else joined.push(item)
  }
  return joined
}

function figureItem(images: readonly Element[], caption: string | null): BodyItem {
  const alts = images.map((image) => image.getAttribute('alt')?.trim() ?? '')
  const captionHtml = caption === null ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`
  const sources = images.map((image, at) => {
    const source = escapeHtml(image.getAttribute('src') ?? '')
    return `<img src="${source}" alt="${escapeHtml(alts[at] ?? '')}">`
  })
  const alt = alts.find((text) => text !== '')
  return {
    kind: 'figure',
    text: caption ?? '',
    alt: alt ?? null,
    html: `<figure>${sources.join('')}${captionHtml}</figure>`,
  }
}
