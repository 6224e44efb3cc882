import { escapeHtml } from '../../text/escape-html'
import { endsSentence } from '../../text/sentences'
import { type PageBase, resolveAddress } from '../html/resolve-address'
import { type Block, splitIntoBlocks } from '../html/blocks'
import { isElement } from '../html/elements'
import { readText } from '../html/element-text'
import { readCaptionBelow, isMarkedCaption, maxCaptionLength, readNamedCaption } from './marked-caption'
import { type BodyItem, addCaption } from '../body-item'
import { type RemovalLog, removalSteps } from '../removals/removal-log'
import { readDumpLines } from '../dump/dump-lines'

/** The items of a body and the addresses of its pictures. */
export interface BodyParts {
  items: BodyItem[]
  /** Addresses of the pictures. A mark in the HTML holds an index into this list (see {@link parsePictureMark}). */
  pictures: string[]
}

/**
 * Start of every picture mark. A mark is an address that replaces a picture's address in the HTML. Sanitising keeps
 * marks, because they are https addresses. The domain of a mark does not exist.
 */
const markStart = 'https://picture.invalid/'
/** Maximum average number of characters between two signs such as `{` or `;` in a `pre` element that contains code. */
const maxCharactersPerSign = 50
/**
 * Minimum length in characters of a paragraph in a `pre` element that ends like a sentence. One such paragraph shows
 * that the element contains prose.
 */
const minProse = 60
/**
 * Minimum length in characters of the text that a figure has outside its caption. A text of this length becomes a
 * paragraph.
 */
const minTextBeside = 60

function createPictureMark(index: number): string {
  return `${markStart}${index}`
}

/** Returns the index that a picture mark holds. Returns null if the address is not a mark. */
export function parsePictureMark(address: string): number | null {
  const index = address.startsWith(markStart) ? address.slice(markStart.length) : ''
  return /^\d{1,6}$/.test(index) ? Number(index) : null
}

/**
 * Reads the items of a body. An item is a paragraph, a figure with its caption, a caption, or a whole table, list or
 * heading. Changes the DOM tree of the body. Two kinds of text become no item and are recorded in `removals`: a short
 * text in a figure beside its caption, and controls in preformatted text.
 */
export function readBodyItems(body: Element, base: PageBase, removals: RemovalLog): BodyParts {
  const noteLeftOut = (text: string): void => removals.note(text, removalSteps.repeated, 'control')
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
      if (caption !== null) items.push({ kind: 'caption', text: caption, html: renderLinkedCaption(block) })
      else if (paragraphs === null) items.push(createItem(block))
      else items.push(...paragraphs.map((text): BodyItem => ({ kind: 'paragraph', text, html: null })))
      const beside = caption === null || block.kind !== 'whole' ? null : readFigureRest(block.element, noteLeftOut)
      if (beside !== null) items.push(beside)
      if (paragraphs !== null && block.kind === 'whole') notePreRest(block.element, paragraphs, noteLeftOut)
      continue
    }
    const { caption, rest } = takeCaption(block, noteLeftOut)
    const following = caption === null && rest === null ? readCaptionBelow(blocks[at + 1]) : null
    if (following !== null) at += 1
    items.push(createFigure(images, caption ?? following))
    if (rest !== null) items.push(rest)
  }
  return { items: joinLooseCaptions(items), pictures }
}

/**
 * Replaces the address of every picture with a mark, and removes pictures without a usable address. Returns the
 * replaced addresses. Also makes links absolute, because sanitising removes relative links.
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

/** Returns the HTML of a caption without its picture if the caption has a link. Otherwise returns null. */
function renderLinkedCaption(block: Block): string | null {
  const caption = block.kind === 'whole' ? block.element.querySelector('figcaption') : null
  if (caption?.querySelector('a[href]') == null) return null
  return `<figure class="caption-only"><figcaption>${caption.innerHTML}</figcaption></figure>`
}

/** Splits a `pre` element into paragraphs if it contains prose. Returns null for other blocks and for code. */
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
 * Returns the pictures of a figure, or of a paragraph that has at least one picture and only a short text. Returns null
 * for other blocks.
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
 * Reads the text of a block that contains a picture. The text is returned as `caption` if the block is a figure or is
 * marked as a caption. Any other text is returned as the paragraph `rest`, without the picture.
 */
function takeCaption(
  block: Block,
  noteLeftOut: (text: string) => void,
): { caption: string | null; rest: BodyItem | null } {
  if (block.kind === 'whole') {
    const caption = block.element.querySelector('figcaption')
    const text = readText([caption ?? block.element])
    return {
      caption: text === '' ? null : text,
      rest: caption === null ? null : readFigureRest(block.element, noteLeftOut),
    }
  }
  const text = readText(block.nodes)
  if (text === '') return { caption: null, rest: null }
  if (isMarkedCaption(block.nodes, text)) return { caption: text, rest: null }
  for (const node of block.nodes.filter(isElement)) for (const image of node.querySelectorAll('img')) image.remove()
  const nodes = block.nodes.filter((node) => !isElement(node) || node.localName !== 'img')
  return { caption: null, rest: createParagraph(nodes) }
}

/**
 * Returns the text of a figure outside its first caption, as a paragraph. Returns null if this text is shorter than
 * {@link minTextBeside}.
 */
function readFigureRest(figure: Element, noteLeftOut: (text: string) => void): BodyItem | null {
  const copy = figure.cloneNode(true) as Element
  copy.querySelector('figcaption')?.remove()
  const text = readText([copy])
  if (text === '') return null
  if (text.length >= minTextBeside) return { kind: 'paragraph', text, html: null }
  noteLeftOut(text)
  return null
}

/** Calls `noteLeftOut` with each control that was left out of preformatted text. */
function notePreRest(element: Element, paragraphs: readonly string[], noteLeftOut: (text: string) => void): void {
  const kept = new Set(paragraphs.flatMap((text) => text.split(/\s+/)))
  const rest = (element.textContent ?? '').split(/\s+/).filter((word) => !kept.has(word))
  if (rest.length > 0) noteLeftOut(rest.join(' '))
}

/** Adds each separate caption to the figure right above the caption, if that figure has no caption yet. */
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
