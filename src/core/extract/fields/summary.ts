import { fold } from '../../text/fold'
import { endsSentence } from '../../text/sentences'
import type { BodyItem } from '../body-item'
import { classifyLine } from '../line-kind'
import { isVietnamese } from './language'
import { findOwnBoxes, type PageLine } from '../html/page-lines'
import { isSameText } from './title'

const lengths = { min: 60, max: 900, minDescription: 30, minLead: 50 }
const emphasis = /^(?:b|strong|em|i|h[2-6])$/
/**
 * Matches the class name of a lead if a whole word of that name is in the list. A lead is a summary at the beginning of
 * the body.
 */
const leadName =
  /(?:^|[-_ ])(?:sapo|lead|lede|chapeau|brief|intro(?:-?text)?|excerpt|teaser|desc(?:ription)?|mo-?ta|tom-?tat|trich-?(?:yeu|dan)|dan-?nhap|summary|subtitle|sub-?head|dek)(?:[-_ ]|$)/i
/**
 * Matches elements that hold only a part of a text, such as a quotation. If the box below a paragraph is such an
 * element, the paragraph is not a lead.
 */
const detailBoxes = /^(?:details|blockquote|li|td)$/
const bold = /font-weight\s*:\s*(?:bold|[6-9]00)|font-style\s*:\s*italic/i

/** Finds the first line between title and body whose length fits a summary. Returns null if no line fits. */
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
 * Returns the first paragraph of a Vietnamese body if the paragraph is a lead. A lead is bold or italic, has a class
 * name for leads, or is outside the box that contains the other paragraphs. Returns null for other paragraphs. Returns
 * null for other languages too, because in their pages such a paragraph may also be the beginning of the text.
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

/**
 * Whether a paragraph has a class name for leads. The two paragraphs below the lead must have the same tag and class as
 * each other, but not the same as the lead.
 */
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

/** Whether a box contains at least half of the items. A box that is inset in the text contains only a few of them. */
function hasMostParagraphs(box: Element, lines: readonly PageLine[], items: readonly BodyItem[]): boolean {
  const inside = new Set(
    lines.filter(({ element }) => element !== null && box.contains(element)).map(({ text }) => text),
  )
  const texts = items.map(({ text }) => text).filter((text) => text !== '')
  return texts.filter((text) => inside.has(text)).length * 2 >= texts.length
}

/**
 * Returns the items from the first one that neither repeats the title nor contains only a date or controls. A later
 * step removes the skipped items.
 */
function skipHead(items: readonly BodyItem[], title: string): readonly BodyItem[] {
  const start = items.findIndex(
    ({ text }) => text !== '' && !isSameText(text, title) && classifyLine(text).kind === 'text',
  )
  return start < 0 ? items : items.slice(start)
}

/**
 * Whether a box around the element is a sibling of `box` and has the same class name apart from digits. Such boxes
 * contain the parts of one text ("part1", "part2"), so the text in the first box is not a lead.
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
  // The emphasised text must be a part of this line. If line breaks separate the lines, the element of this line also
  // contains the text of other lines.
  return inner.some((text) => text.length >= line.text.length * 0.95 && line.text.includes(text))
}

/**
 * Finds the innermost box around both elements. If both are the same `p` element, returns the parent of that element.
 */
function findCommonBox(a: Element | null, b: Element | null): Element | null {
  let box = a === b && a !== null && a.localName !== 'p' ? a : (a?.parentElement ?? null)
  while (box !== null && b !== null && !box.contains(b)) box = box.parentElement
  return box
}

/**
 * Returns the description in the metadata if most of its words are in the title or the body. A description that repeats
 * the beginning of a paragraph is a summary only if it repeats the whole paragraph and this paragraph is bold or
 * italic. Returns null for any other description.
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

/** Whether the whole text of a paragraph is bold or italic. */
function isEmphasisedParagraph({ html }: BodyItem): boolean {
  return /^<(p|div|h[2-6])>\s*(?:<(?:span|font)\b[^>]*>\s*)*<(strong|b|em|i)\b[^>]*>(?:(?!<\/\2>)[\s\S])*<\/\2>(?:\s|<\/span>|<\/font>|<br\s*\/?>)*<\/\1>$/i.test(
    html ?? '',
  )
}

function splitWords(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
