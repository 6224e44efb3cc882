import { fold } from '../../text/fold'
import { endsSentence } from '../../text/sentences'
import type { BodyItem } from '../body-item'
import { classifyLine } from '../line-kind'
import { isVietnamese } from './language'
import { findOwnBoxes, type PageLine } from '../html/page-lines'
import { isSameText } from './title'

const lengths = { min: 60, max: 900, minDescription: 30, minLead: 50 }
const emphasis = /^(?:b|strong|em|i|h[2-6])$/
/** Class names of a lead, as whole words. */
const leadName =
  /(?:^|[-_ ])(?:sapo|lead|lede|chapeau|brief|intro(?:-?text)?|excerpt|teaser|desc(?:ription)?|mo-?ta|tom-?tat|trich-?(?:yeu|dan)|dan-?nhap|summary|subtitle|sub-?head|dek)(?:[-_ ]|$)/i
/** Elements for details. A paragraph above them belongs to the text and is not a lead. */
const detailBoxes = /^(?:details|blockquote|li|td)$/
const bold = /font-weight\s*:\s*(?:bold|[6-9]00)|font-style\s*:\s*italic/i

/** Finds the first line between title and body that is long enough for a summary. Returns null if there is none. */
export function findSummaryAboveBody(
  lines: readonly PageLine[],
  title: string,
  items: readonly BodyItem[],
): string | null {
  const bodyTexts = new Set(items.map(({ text }) => text))
  const titleAt = lines.findIndex(({ text }) => isSameText(text, title))
  const bodyAt = lines.findIndex(({ text }) => bodyTexts.has(text))
  if (titleAt < 0 || bodyAt <= titleAt) return null
  const between = lines.slice(titleAt + 1, bodyAt).map(({ text }) => text)
  return (
    between.find(
      (text) => text.length >= lengths.min && text.length <= lengths.max && classifyLine(text).kind === 'text',
    ) ?? null
  )
}

/**
 * Returns the first paragraph of a Vietnamese body if it is a lead, else null. A lead is bold or italic, has a class
 * name for leads, or is in its own box above the box with the text. In other languages such a paragraph may equally be
 * the beginning of the text.
 */
export function findLead(lines: readonly PageLine[], title: string, bodyItems: readonly BodyItem[]): string | null {
  const items = skipHead(bodyItems, title)
  const [first, second, third] = items.filter(({ kind, text }) => kind === 'paragraph' && text !== '')
  const opening = items.find(({ kind, text }) => (kind === 'paragraph' || kind === 'whole') && text !== '')
  if (first === undefined || first !== opening || second === undefined || !isVietnamese(items)) return null
  const { text } = first
  if (text.length < lengths.minLead || text.length > lengths.max || !endsSentence(text) || /[?:]$/u.test(text))
    return null
  const [lead, next, afterNext] = [first, second, third ?? second].map((item) =>
    lines.find((line) => line.text === item.text),
  )
  if (lead === undefined || next === undefined) return null
  if (isEmphasised(lead) && !isEmphasised(next)) return text
  const box = findCommonBox(next.element, afterNext?.element ?? next.element)
  if (lead.element === null) return null
  if (hasLeadName(lead.element, next.element, afterNext?.element ?? null)) return text
  if (box === null || box.contains(lead.element) || detailBoxes.test(box.localName)) return null
  return isPartOfSame(lead.element, box) || !hasMostParagraphs(box, lines, items) ? null : text
}

/** Whether a paragraph has a class name for leads, and differs from the paragraphs below it, which are of one kind. */
function hasLeadName(lead: Element, next: Element | null, afterNext: Element | null): boolean {
  const kind = (element: Element | null): string =>
    element === null ? '' : `${element.localName} ${(element.getAttribute('class') ?? '').trim()}`
  const name = lead.getAttribute('class') ?? ''
  return (
    leadName.test(name) &&
    lead !== next &&
    kind(next) === kind(afterNext) &&
    kind(lead) !== kind(next) &&
    afterNext !== lead
  )
}

/** Whether a box contains at least half of the paragraphs. A box inside the text contains only a few. */
function hasMostParagraphs(box: Element, lines: readonly PageLine[], items: readonly BodyItem[]): boolean {
  const inside = new Set(
    lines.filter(({ element }) => element !== null && box.contains(element)).map(({ text }) => text),
  )
  const texts = items.map(({ text }) => text).filter((text) => text !== '')
  return texts.filter((text) => inside.has(text)).length * 2 >= texts.length
}

/** Skips items at the beginning that repeat the title or contain only a date. A later step removes these items. */
function skipHead(items: readonly BodyItem[], title: string): readonly BodyItem[] {
  const start = items.findIndex(
    ({ text }) => text !== '' && !isSameText(text, title) && classifyLine(text).kind === 'text',
  )
  return start < 0 ? items : items.slice(start)
}

/**
 * Whether an element is in a box of the same kind as the box beside it. Such boxes contain the parts of one text
 * ("part1", "part2"), so the first of them is not a lead.
 */
function isPartOfSame(element: Element, box: Element): boolean {
  const kind = describeBox(box)
  for (let around: Element | null = element; around !== null; around = around.parentElement)
    if (around.parentElement === box.parentElement) return kind !== '' && describeBox(around) === kind
  return false
}

function describeBox(box: Element): string {
  return (box.getAttribute('class') ?? '').replace(/\d+/g, '').trim()
}

function isEmphasised(line: PageLine): boolean {
  if (findOwnBoxes(line, 4).some((box) => emphasis.test(box.localName) || bold.test(box.getAttribute('style') ?? '')))
    return true
  const inner = [...(line.element?.querySelectorAll('b, strong, em, i') ?? [])].map((element) =>
    (element.textContent ?? '').replace(/\s+/gu, ' ').trim(),
  )
  // If breaks separate the lines, the element also contains text of other lines. Therefore the emphasised text must be
  // in this line.
  return inner.some((text) => text.length >= line.text.length * 0.95 && line.text.includes(text))
}

/** Finds the innermost box that contains both paragraphs and is not a paragraph itself. */
function findCommonBox(a: Element | null, b: Element | null): Element | null {
  let box = a === b && a !== null && a.localName !== 'p' ? a : (a?.parentElement ?? null)
  while (box !== null && b !== null && !box.contains(b)) box = box.parentElement
  return box
}

/**
 * Returns the page's description if it describes this article: most of its words are in the title or the body. A
 * description that is the beginning of a paragraph is only a summary if it is the whole paragraph and the paragraph is
 * bold or italic. Otherwise returns null.
 */
export function findSummaryInDescription(
  description: string | null,
  title: string,
  items: readonly BodyItem[],
): string | null {
  if (description === null || description.length < lengths.minDescription) return null
  const start = fold(description)
    .replace(/[\s.…]+$/u, '')
    .slice(0, 80)
  const repeated = items.find(({ text }) => fold(text).startsWith(start))
  if (repeated !== undefined)
    return isSameText(repeated.text, description) && isEmphasisedParagraph(repeated) ? repeated.text : null
  const articleWords = new Set(splitWords(`${title} ${items.map(({ text }) => text).join(' ')}`))
  const words = splitWords(description)
  return words.filter((word) => articleWords.has(word)).length >= words.length * 0.6 ? description : null
}

/** Whether a paragraph is bold or italic as a whole, like a lead. */
function isEmphasisedParagraph({ html }: BodyItem): boolean {
  return /^<(p|div|h[2-6])>\s*(?:<(?:span|font)\b[^>]*>\s*)*<(strong|b|em|i)\b[^>]*>(?:(?!<\/\2>)[\s\S])*<\/\2>(?:\s|<\/span>|<\/font>|<br\s*\/?>)*<\/\1>$/i.test(
    html ?? '',
  )
}

function splitWords(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
