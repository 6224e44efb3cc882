import { escapeHtml } from '../../text/escape-html'
import { endsSentence } from '../../text/sentences'
import { type PageBase, resolveAddress } from '../html/resolve-address'
import { type Block, splitIntoBlocks } from '../html/blocks'
import { isElement } from '../html/elements'
import { readText } from '../html/element-text'
import { readCaptionBelow, isMarkedCaption, maxCaptionLength, readNamedCaption } from './marked-caption'
import { type BodyItem, addCaption } from '../body-item'
import { readDumpLines } from '../dump/dump-lines'

/** The items of a body and the addresses of its pictures. */
export interface BodyParts {
  items: BodyItem[]
  /** Addresses of the pictures. {@link parsePictureMark} returns the index of an address from a mark in the HTML. */
  pictures: string[]
}

/**
 * Start of the address that marks the place of a picture. The domain does not exist, and sanitising keeps the address.
 */
const markStart = 'https://picture.invalid/'
/** A `pre` is code if it has more than one sign of code in this many characters. */
const maxCharactersPerSign = 50
/** A `pre` contains prose only if one of its sentences has at least this length. */
const minProse = 60

function createPictureMark(index: number): string {
  return `${markStart}${index}`
}

/** Returns the index of the picture that an address marks, or null if it is not a mark. */
export function parsePictureMark(address: string): number | null {
  const index = address.startsWith(markStart) ? address.slice(markStart.length) : ''
  return /^\d{1,6}$/.test(index) ? Number(index) : null
}

/**
 * Reads the items of a body: paragraphs, figures with their captions, and tables, lists and headings as a whole.
 * Changes the tree.
 */
export function readBodyItems(body: Element, base: PageBase): BodyParts {
  const pictures = markPictures(body, base)
  const items: BodyItem[] = []
  const blocks = splitIntoBlocks(body)
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at]
    if (block === undefined) continue
    const images = findFigureImages(block)
    if (images === null) {
      const caption = readNamedCaption(block)
      const paragraphs = splitPre(block)
      if (caption !== null) items.push({ kind: 'caption', text: caption, html: null })
      else if (paragraphs === null) items.push(createItem(block))
      else items.push(...paragraphs.map((text): BodyItem => ({ kind: 'paragraph', text, html: null })))
      continue
    }
    const { caption, rest } = takeCaption(block)
    const following = caption === null && rest === null ? readCaptionBelow(blocks[at + 1]) : null
    if (following !== null) at += 1
    items.push(createFigure(images, caption ?? following))
    if (rest !== null) items.push(rest)
  }
  return { items: joinLooseCaptions(items), pictures }
}

/**
 * Marks every picture that has an address and removes the others. Makes links absolute, because sanitising only keeps
 * absolute links.
 */
function markPictures(body: Element, base: PageBase): string[] {
  const pictures: string[] = []
  for (const image of body.querySelectorAll('img')) {
    const address = resolveAddress(image.getAttribute('src') ?? '', base)
    if (address === null) {
      image.remove()
      continue
    }
    image.setAttribute('src', createPictureMark(pictures.length))
    pictures.push(address)
  }
  for (const link of body.querySelectorAll('a[href]')) {
    const address = link.getAttribute('href') ?? ''
    if (!/^mailto:/i.test(address)) link.setAttribute('href', resolveAddress(address, base) ?? '')
  }
  return pictures
}

function createItem(block: Block): BodyItem {
  if (block.kind === 'whole') {
    const text = readText([block.element])
    return { kind: 'whole', text, html: block.element.outerHTML }
  }
  return createParagraph(block.nodes)
}

/** Splits a `pre` that contains prose into its paragraphs. Returns null for other blocks and for code. */
function splitPre(block: Block): string[] | null {
  if (block.kind !== 'whole' || block.element.localName !== 'pre') return null
  const text = block.element.textContent ?? ''
  const { length: signs } = text.match(/[{}<>=;\\|_$#]/g) ?? []
  if (block.element.querySelector('code, a, img') !== null || signs * maxCharactersPerSign > text.length) return null
  const paragraphs = readDumpLines(text).paragraphs.map((paragraph) => paragraph.text)
  return paragraphs.some((paragraph) => paragraph.length >= minProse && endsSentence(paragraph)) ? paragraphs : null
}

function createParagraph(nodes: readonly Node[]): BodyItem {
  const html = nodes.map((node) => (isElement(node) ? node.outerHTML : escapeHtml(node.textContent ?? ''))).join('')
  return { kind: 'paragraph', text: readText(nodes), html: `<p>${html.trim()}</p>` }
}

/**
 * Returns the pictures of a block that is a figure, or a paragraph with a picture and a short text. Returns null for
 * other blocks.
 */
function findFigureImages(block: Block): Element[] | null {
  if (block.kind === 'whole' && block.element.localName !== 'figure') return null
  const elements = block.kind === 'whole' ? [block.element] : block.nodes.filter(isElement)
  const images = elements.flatMap((element) =>
    element.localName === 'img' ? [element] : [...element.querySelectorAll('img')],
  )
  if (images.length === 0) return null
  return block.kind === 'whole' || readText(block.nodes).length <= maxCaptionLength ? images : null
}

/**
 * Takes the text from the block of a picture. The text is the caption, or a paragraph that begins or ends with the
 * picture (`rest`).
 */
function takeCaption(block: Block): { caption: string | null; rest: BodyItem | null } {
  if (block.kind === 'whole') {
    const caption = block.element.querySelector('figcaption')
    const text = readText([caption ?? block.element])
    return { caption: text === '' ? null : text, rest: null }
  }
  const text = readText(block.nodes)
  if (text === '') return { caption: null, rest: null }
  if (isMarkedCaption(block.nodes, text)) return { caption: text, rest: null }
  for (const node of block.nodes.filter(isElement)) for (const image of node.querySelectorAll('img')) image.remove()
  const nodes = block.nodes.filter((node) => !isElement(node) || node.localName !== 'img')
  return { caption: null, rest: createParagraph(nodes) }
}

/** Adds a caption to the figure right above it, if the figure has no caption. */
function joinLooseCaptions(items: readonly BodyItem[]): BodyItem[] {
  const joined: BodyItem[] = []
  for (const item of items) {
    const last = joined.at(-1)
    if (item.kind === 'caption' && last?.kind === 'figure' && last.text === '')
      joined[joined.length - 1] = addCaption(last, item.text)
    else joined.push(item)
  }
  return joined
}

function createFigure(images: readonly Element[], caption: string | null): BodyItem {
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
