import { isDateLine } from '../../text/dates'
import { readLabelledAuthor } from '../fields/author'
import type { BodyItem } from '../body-item'
import {
  isAppointment,
  isDateStamp,
  isRelatedHeading,
  isCommentsHeading,
  classifyLine,
  isPromotion,
} from '../line-kind'
import { type RemovalLog, removalSteps } from './removal-log'
import { isSameText } from '../fields/title'

/** The body repeats title, date and summary among its first items; the author, and asks to follow, among its last. */
const maxHeadItems = 6
const maxTailItems = 4
/** Titles of other articles are shorter. */
const maxRelatedTitleLength = 200

/** What is known of a bulletin, so that its body need not say it again. */
export interface KnownParts {
  head: readonly (string | null)[]
  author: string | null
}

/**
 * Cuts the list of other articles: its heading and what follows, unless a long text does; then only the heading goes.
 */
export function removeRelatedArticles(items: readonly BodyItem[], removals: RemovalLog): BodyItem[] {
  const lastLong = items.findLastIndex(({ kind, text }) => kind !== 'whole' && text.length > maxRelatedTitleLength)
  const cutAt = items.findIndex(({ text }, at) => at > lastLong && at > 0 && isRelatedHeading(text))
  return items.filter(({ text }, at) => {
    if (!isRelatedHeading(text) && !isCommentsHeading(text) && (cutAt < 0 || at < cutAt)) return true
    removals.note(text, removalSteps.repeated, 'others')
    return false
  })
}

/** Leaves out of a body's beginning and end what stands in fields of its own, and requests to its readers. */
export function removeRepeated(items: readonly BodyItem[], known: KnownParts, removals: RemovalLog): BodyItem[] {
  const isHead = (text: string, next: string): boolean =>
    ((isDateLine(text) || isDateStamp(text) || classifyLine(text).kind === 'date') && !isAppointment(text, next)) ||
    classifyLine(text).kind === 'control' ||
    known.head.some((part) => part !== null && isSameText(part, text))
  const lastText = items.findLastIndex(({ text }) => text !== '')
  return items.filter(({ kind, text }, at) => {
    if (kind === 'figure' || text === '') return true
    const isTail = at >= items.length - maxTailItems
    const isAsking = isTail && at > 0 && isPromotion(text)
    const isRepeated =
      (at < maxHeadItems && isHead(text, items[at + 1]?.text ?? '')) ||
      // In the last line it is the signature, which is taken from there.
      (at < maxHeadItems && at < lastText && readLabelledAuthor(text) !== null) ||
      (isTail && known.author !== null && isSameText(known.author, text))
    if (!isAsking && !isRepeated) return true
    removals.note(text, removalSteps.repeated, isAsking ? 'control' : 'repeated')
    return false
  })
}
