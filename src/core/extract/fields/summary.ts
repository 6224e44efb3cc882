import { fold } from '../../text/fold'
import { endsSentence } from '../../text/sentences'
import type { BodyItem } from '../body-item'
import { classifyLine } from '../line-kind'
import { isVietnamese } from './language'
import { findOwnBoxes, type PageLine } from '../html/page-lines'
import { isSameText } from './title'

const lengths = { min: 60, max: 900, minDescription: 30, minLead: 50 }
const emphasis = /^(?:b|strong|em|i|h[2-6])$/
/** How pages call the box of a lead, in words of their own. */
const leadName =
  /(?:^|[-_ ])(?:sapo|lead|lede|chapeau|brief|intro(?:-?text)?|excerpt|teaser|desc(?:ription)?|mo-?ta|tom-?tat|trich-?(?:yeu|dan)|dan-?nhap|summary|subtitle|sub-?head|dek)(?:[-_ ]|$)/i
/** Boxes for details: what stands above them is the text itself. */
const detailBoxes = /^(?:details|blockquote|li|td)$/
const bold = /font-weight\s*:\s*(?:bold|[6-9]00)|font-style\s*:\s*italic/i

/** What stands between the title and the body, if it is long enough for a summary. */
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
 * The first paragraph of a Vietnamese body, where it is a lead: set apart in bold or slanted letters, or in a box of
 * its own above the one with the text. In other languages both are as often the text's own beginning.
 */
export function findLead(lines: readonly PageLine[], title: string, all: readonly BodyItem[]): string | null {
  const items = skipHead(all, title)
  const [first, second, third] = items.filter(({ kind, text }) => kind === 'paragraph' && text !== '')
  const opening = items.find(({ kind, text }) => (kind === 'paragraph' || kind === 'whole') && text !== '')
  if (first === undefined || first !== opening || second === undefined || !isVietnamese(items)) return null
  const { text } = first
  if (text.length < lengths.minLead || text.length > lengths.max || !endsSentence(text) || /[?:]$/u.test(text))
    return null
  const [own, next, further] = [first, second, third ?? second].map((item) =>
    lines.find((line) => line.text === item.text),
  )
  if (own === undefined || next === undefined) return null
  if (isEmphasised(own) && !isEmphasised(next)) return text
  const box = findCommonBox(next.element, further?.element ?? next.element)
  if (own.element === null) return null
  if (hasLeadName(own.element, next.element, further?.element ?? null)) return text
  if (box === null || box.contains(own.element) || detailBoxes.test(box.localName)) return null
  return isPartOfSame(own.element, box) || !hasMostParagraphs(box, lines, items) ? null : text
}

/** A box of its own kind above paragraphs of another: a name of its own, and they have none or share theirs. */
function hasLeadName(own: Element, next: Element | null, further: Element | null): boolean {
  const kind = (element: Element | null): string =>
    element === null ? '' : `${element.localName} ${(element.getAttribute('class') ?? '').trim()}`
  const name = own.getAttribute('class') ?? ''
  return (
    leadName.test(name) && own !== next && kind(next) === kind(further) && kind(own) !== kind(next) && further !== own
  )
}

/** A box inside the text holds a few of its paragraphs. */
function hasMostParagraphs(box: Element, lines: readonly PageLine[], items: readonly BodyItem[]): boolean {
  const inside = new Set(
    lines.filter(({ element }) => element !== null && box.contains(element)).map(({ text }) => text),
  )
  const texts = items.map(({ text }) => text).filter((text) => text !== '')
  return texts.filter((text) => inside.has(text)).length * 2 >= texts.length
}

/** The items below those that only repeat the title and say when, which go later. */
function skipHead(items: readonly BodyItem[], title: string): readonly BodyItem[] {
  const start = items.findIndex(
    ({ text }) => text !== '' && !isSameText(text, title) && classifyLine(text).kind === 'text',
  )
  return start < 0 ? items : items.slice(start)
}

/** Boxes of a kind that hold the parts of one text ("part1", "part2"): the first of them is no lead. */
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
  // Of lines parted by breaks the element around them holds the other ones' letters too.
  return inner.some((text) => text.length >= line.text.length * 0.95 && line.text.includes(text))
}

/** The innermost box around two paragraphs, which is none of the two. */
function findCommonBox(a: Element | null, b: Element | null): Element | null {
  let box = a === b && a !== null && a.localName !== 'p' ? a : (a?.parentElement ?? null)
  while (box !== null && b !== null && !box.contains(b)) box = box.parentElement
  return box
}

/**
 * The page's description, where it is one of this article: its words are those of the title and the body. If it is only
 * the cut beginning of the body, the body says it all; if it is a whole paragraph of it, that one is the summary.
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
    return isSameText(repeated.text, description) && isSetApart(repeated) ? repeated.text : null
  const articleWords = new Set(splitWords(`${title} ${items.map(({ text }) => text).join(' ')}`))
  const own = splitWords(description)
  return own.filter((word) => articleWords.has(word)).length >= own.length * 0.6 ? description : null
}

/** Wholly bold or slanted, as a lead is. */
function isSetApart({ html }: BodyItem): boolean {
  return /^<(p|div|h[2-6])>\s*(?:<(?:span|font)\b[^>]*>\s*)*<(strong|b|em|i)\b[^>]*>(?:(?!<\/\2>)[\s\S])*<\/\2>(?:\s|<\/span>|<\/font>|<br\s*\/?>)*<\/\1>$/i.test(
    html ?? '',
  )
}

function splitWords(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
