import { isDateLine } from '../../text/dates'
import { labelledAuthor, splitSignature } from '../fields/author'
import type { BodyItem } from '../body/body-items'
import {
  isAppointment,
  isDateStamp,
  isRelatedHeading,
  isCommentsHeading,
  classifyLine,
  isPromotion,
} from '../line-kind'
import { isFileAddress } from '../html/file-address'
import { type RemovalLog, steps } from './removal-log'
import { isSame } from '../fields/title'

/** The body repeats title, date and summary among its first items; the author, and asks to follow, among its last. */
const headItems = 6
const tailItems = 4
/** Titles of other articles are shorter. */
const maxOtherTitleLength = 200

/** What is known of a bulletin, so that its body need not say it again. */
export interface KnownParts {
  head: readonly (string | null)[]
  author: string | null
}

/** A text that a page declares counts where it is so long, and so many times longer than what the page shows. */
const minDeclaredLength = 200
const minLengthRatio = 2

/** The text that a page declares for programs, where it shows none: a script would have shown it. */
export function replaceWithDeclaredText(items: readonly BodyItem[], declared: string | null): readonly BodyItem[] {
  const shown = items.reduce((sum, { text }) => sum + text.length, 0)
  if (declared === null || declared.length < minDeclaredLength || shown * minLengthRatio > declared.length) return items
  const plain = declared.replace(/<(?:br|\/p|\/div|\/li|\/h\d)\b[^>]{0,200}>/gi, '\n').replace(/<[^>]{1,2000}>/g, ' ')
  const paragraphs = plain.split(/\s*\n\s*/u).filter((text) => text.trim() !== '')
  const texts = paragraphs.map((text): BodyItem => ({ kind: 'paragraph', text: text.trim(), html: null }))
  return [...texts, ...items.filter(({ kind }) => kind === 'figure')]
}

/** Cuts the list of other articles: its heading and what follows, unless a long text does; then only the heading goes. */
export function removeRelatedArticles(items: readonly BodyItem[], removals: RemovalLog): BodyItem[] {
  const lastLong = items.findLastIndex(({ kind, text }) => kind !== 'whole' && text.length > maxOtherTitleLength)
  const cutAt = items.findIndex(({ text }, at) => at > lastLong && at > 0 && isRelatedHeading(text))
  return items.filter(({ text }, at) => {
    if (!isRelatedHeading(text) && !isCommentsHeading(text) && (cutAt < 0 || at < cutAt)) return true
    removals.note(text, steps.repeated, 'others')
    return false
  })
}

/** Leaves out of a body's beginning and end what stands in fields of its own, and requests to its readers. */
export function removeRepeated(items: readonly BodyItem[], known: KnownParts, removals: RemovalLog): BodyItem[] {
  const isHead = (text: string, next: string): boolean =>
    ((isDateLine(text) || isDateStamp(text) || classifyLine(text).kind === 'date') && !isAppointment(text, next)) ||
    classifyLine(text).kind === 'chrome' ||
    known.head.some((part) => part !== null && isSame(part, text))
  const lastText = items.findLastIndex(({ text }) => text !== '')
  return items.filter(({ kind, text }, at) => {
    if (kind === 'figure' || text === '') return true
    const isTail = at >= items.length - tailItems
    const isAsking = isTail && at > 0 && isPromotion(text)
    const isRepeated =
      (at < headItems && isHead(text, items[at + 1]?.text ?? '')) ||
      // In the last line it is the signature, which is taken from there.
      (at < headItems && at < lastText && labelledAuthor(text) !== null) ||
      (isTail && known.author !== null && isSame(known.author, text))
    if (!isAsking && !isRepeated) return true
    removals.note(text, steps.repeated, isAsking ? 'control' : 'repeated')
    return false
  })
}

/** A body without its signature, and the signature. Lines that hand out files may stand below it. */
export function takeSignature(received: readonly BodyItem[]): { items: BodyItem[]; author: string | null } {
  const lastText = received.findLastIndex((item) => item.text !== '' && !handsOutFiles(item))
  const below = received.slice(lastText + 1)
  const items = received.slice(0, lastText + 1)
  // A table or a figure is no signature: as an item of a list it can't be taken for one.
  const texts = items.map(({ kind, text }) => (kind === 'paragraph' ? text : `• ${text};`))
  const { body, author } = splitSignature(texts)
  const kept = items.slice(0, body.length)
  const last = kept.at(-1)
  const ending = body.at(-1)
  // The signature stood on the last paragraph's own line: its text goes from there.
  if (author !== null && last?.kind === 'paragraph' && ending !== undefined && ending !== last.text)
    kept[kept.length - 1] = { ...last, text: ending, html: null }
  return { items: [...kept, ...below], author }
}

function handsOutFiles({ html }: BodyItem): boolean {
  return [...(html ?? '').matchAll(/<a\b[^>]*\bhref="([^"]*)"/gi)].some(([, address = '']) => isFileAddress(address))
}
