import { findDate } from '../../text/dates'
import { readFoldedText } from '../html/element-text'
import { containsBlock, hasSeveralChildren, isBlockElement, isBreak, isElement } from '../html/elements'
import { isFileAddress } from '../html/file-address'
import type { Measure } from '../html/measure-elements'
import { isReadMoreLine, isRelatedHeading } from '../line-kind'

/** Lengths of a card in characters: the minimum of its linked title, the maximum of its text and of its excerpt. */
const lengths = { minTitle: 12, maxText: 600, maxExcerpt: 320 }
/** Minimum length in characters of an excerpt that makes a linked title a card and not only a link. */
const minExcerpt = 30
/** Minimum share of a list's text that its cards hold. */
const minCardShare = 0.6
/**
 * Minimum share of the text that the prose outside the cards must have. Otherwise the page itself is a list or a
 * digest.
 */
const minProseOutside = 0.25
const minProseLength = 150
const maxHeadingLength = 80
const maxTargets = 4
/** Maximum number of characters beside a linked title, such as a bullet and a date. */
const maxBesideTitle = 30
const excluded = new Set('tr td th tbody thead p a span font table body html head option'.split(' '))

/** A row of at least two cards, each of which announces another page. */
export interface CardList {
  /** The element whose children are the cards. */
  list: Element
  cards: readonly Element[]
  /** Whether the cards have pictures, dates, excerpts or links such as "Xem thêm". */
  isFull: boolean
  /** Whether the cards have only a linked title and perhaps a date, so that they may be a list inside a text. */
  isPlain: boolean
  /** Whether the heading above the cards announces other articles. */
  hasHeading: boolean
}

/**
 * Finds the rows of cards on a page. Cards are children of one element with the same tag and classes. Each has a linked
 * title and little other text. Returns no card if the page has hardly any text besides cards, because such a page is a
 * list or a digest.
 */
export function findCardLists(body: Element, sizes: ReadonlyMap<Element, Measure>): CardList[] {
  const found: CardList[] = []
  let [outer, proseInCards] = [null as Element | null, 0]
  for (const [element, size] of sizes) {
    if (size.linked === 0 || excluded.has(element.localName) || !hasSeveralChildren(element)) continue
    if (outer?.contains(element) === true) continue
    const cards = findCards(element, size, sizes)
    if (cards === null) continue
    outer = element
    for (const card of cards) proseInCards += sizes.get(card)?.prose ?? 0
    found.push({
      list: element,
      cards,
      isFull:
        cards.filter((card) => hasMoreThanTitle(card) || findDate(readFoldedText(card)) !== null).length * 2 >
        cards.length,
      isPlain: !cards.some(hasMoreThanTitle),
      hasHeading: hasRelatedHeading(element),
    })
  }
  const whole = sizes.get(body)?.prose ?? 0
  const outside = whole - proseInCards
  return outside < minProseLength || outside < whole * minProseOutside ? [] : found
}

function findCards(list: Element, size: Measure, sizes: ReadonlyMap<Element, Measure>): Element[] | null {
  const groups = new Map<string, Element[]>()
  for (const child of list.children) {
    const inner = sizes.get(child)
    if (inner === undefined || inner.text === 0 || (inner.linked === 0 && child.localName !== 'a')) continue
    if (!isCard(child, inner)) continue
    const kind = `${child.localName}.${(child.getAttribute('class') ?? '').replace(/\d+|\b(?:first|last|odd|even|active)\b/g, '').trim()}`
    groups.set(kind, [...(groups.get(kind) ?? []), child])
  }
  const cards = [...groups.values()].filter((group) => group.length >= 2).flat()
  if (cards.length < 2) return null
  const length = cards.reduce((sum, card) => sum + (sizes.get(card)?.text ?? 0), 0)
  return length >= size.text * minCardShare ? cards : null
}

function isCard(element: Element, size: Measure): boolean {
  if (excluded.has(element.localName) && element.localName !== 'a') return false
  if (size.text < lengths.minTitle || size.text > lengths.maxText || size.prose > lengths.maxExcerpt) return false
  const links = element.localName === 'a' ? [element] : [...element.getElementsByTagName('a')]
  const targets = new Set<string>()
  let title = 0
  for (const link of links) {
    const address = link.getAttribute('href') ?? ''
    if (address === '' || /^(?:#|javascript:|mailto:|tel:)/i.test(address)) continue
    if (isFileAddress(address)) return false
    targets.add(address.replace(/#.*$/, ''))
    if (isOwnLine(link, element)) title = Math.max(title, readFoldedText(link).length)
  }
  if (targets.size === 0 || targets.size > maxTargets || title < lengths.minTitle) return false
  return element.querySelector('table, blockquote, pre') === null
}

/**
 * Whether a link is the only text of its line, perhaps with a date. A link in the middle of a sentence is not a title.
 */
function isOwnLine(link: Element, card: Element): boolean {
  if (link === card || containsBlock(link)) return true
  let beside = 0
  for (let at = link; at !== card && !isBlockElement(at) && at.parentElement !== null; at = at.parentElement)
    for (const side of ['previousSibling', 'nextSibling'] as const)
      for (let node = at[side]; node !== null && !endsLine(node); node = node[side])
        beside += (node.textContent ?? '').trim().length
  return beside <= maxBesideTitle
}

function endsLine(node: Node): boolean {
  return isElement(node) && (isBreak(node) || isBlockElement(node) || containsBlock(node))
}

/** Whether a card has more than its linked title and a date: a picture, a heading with an excerpt, or "Xem thêm". */
function hasMoreThanTitle(card: Element): boolean {
  if (card.querySelector('img, time, picture') !== null) return true
  const links = card.localName === 'a' ? [card] : [...card.getElementsByTagName('a')]
  if (links.some((link) => isReadMoreLine(readFoldedText(link)) || isRelatedHeading(readFoldedText(link)))) return true
  const text = readFoldedText(card)
  const linked = Math.max(0, ...links.map((link) => readFoldedText(link).length))
  const isLinkedWhole = linked >= text.length
  return isLinkedWhole ? card.querySelector('h1, h2, h3, h4, h5, p, div') !== null : text.length - linked >= minExcerpt
}

/** Whether the nearest line above a list announces other articles. */
function hasRelatedHeading(list: Element): boolean {
  return findHeadingAbove(list).some((heading) => isRelatedHeading(readFoldedText(heading)))
}

/** Returns the elements with a short text right above an element: its previous sibling, or that of a box around it. */
export function findHeadingAbove(element: Element): Element[] {
  for (let box: Element | null = element; box !== null && box.localName !== 'body'; box = box.parentElement) {
    let before = box.previousElementSibling
    while (before !== null && readFoldedText(before) === '') before = before.previousElementSibling
    if (before === null) continue
    if (readFoldedText(before).length > maxHeadingLength) return []
    const found = [before]
    for (let inner = before.lastElementChild; inner !== null; inner = inner.lastElementChild) found.push(inner)
    return found
  }
  return []
}

/**
 * Returns the elements to remove for a row of cards: the smallest box that holds the cards, their heading and "Xem
 * thêm", or the cards and the heading above them.
 */
export function findWholeBox({ list, cards }: CardList, limit: ReadonlySet<Element>): Element[] {
  const length = cards.reduce((sum, card) => sum + readFoldedText(card).length, 0)
  let box = list
  while (box.parentElement !== null && !limit.has(box.parentElement)) {
    if (readFoldedText(box.parentElement).length > length + maxHeadingLength) break
    box = box.parentElement
  }
  if (limit.has(box)) return [...cards]
  const rest = readFoldedText(box).length - length
  const isWhole = rest <= maxHeadingLength * 2
  const [heading] = findHeadingAbove(box)
  const isOwnHeading =
    heading !== undefined && heading.nextElementSibling === box && isRelatedHeading(readFoldedText(heading))
  return [...(isOwnHeading ? [heading] : []), ...(isWhole ? [box] : cards)]
}
