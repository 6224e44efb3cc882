import { isDateLine } from '../../text/dates'
import { readLabelledAuthor } from '../fields/signature'
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

/** A title, date, summary or labelled author is removed as a repetition only in this many items at the beginning. */
const maxHeadItems = 6
/** A repeated author and a request to follow or subscribe are removed only in this many items at the end. */
const maxTailItems = 4
/** An item longer than this is not the title of another article. */
const maxRelatedTitleLength = 200

/** Fields of a bulletin. The body must not repeat them. */
export interface KnownParts {
  head: readonly (string | null)[]
  author: string | null
}

/**
 * Removes a list of other articles and everything below the list. If a long text follows, only the heading of the list
 * is removed. Headings of comments are removed too.
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

/**
 * Removes items that repeat other fields at the beginning or the end of a body. Also removes requests to follow or
 * subscribe at the end.
 */
export function removeRepeated(items: readonly BodyItem[], known: KnownParts, removals: RemovalLog): BodyItem[] {
  const isHead = (text: string, next: string): boolean =>
    ((isDateLine(text) || isDateStamp(text) || classifyLine(text).kind === 'date') && !isAppointment(text, next)) ||
    classifyLine(text).kind === 'control' ||
    known.head.some((part) => part !== null && isSameText(part, text))
  const lastText = items.findLastIndex(({ text }) => text !== '')
  return items.filter(({ kind, text }, at) => {
    if (kind === 'figure' || text === '') return true
    const isTail = at >= items.length - maxTailItems
    const isRequest = isTail && at > 0 && isPromotion(text)
    const isRepeated =
      (at < maxHeadItems && isHead(text, items[at + 1]?.text ?? '')) ||
      // An author in the last line is the signature, which a later step takes.
      (at < maxHeadItems && at < lastText && readLabelledAuthor(text) !== null) ||
      (isTail && known.author !== null && isSameText(known.author, text))
    if (!isRequest && !isRepeated) return true
    removals.note(text, removalSteps.repeated, isRequest ? 'control' : 'repeated')
    return false
  })
}
