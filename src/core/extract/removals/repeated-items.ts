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

/**
 * Maximum number of items at the beginning in which a title, date, summary or labelled author counts as a repetition.
 */
const maxHeadItems = 6
/** Maximum number of items at the end in which a repeated author, or a request to follow or subscribe, is removed. */
const maxTailItems = 4
/** Maximum length in characters of an item that may be the title of another article. */
const maxRelatedTitleLength = 200

/** The fields that are already found. The body must not repeat their texts. */
export interface KnownParts {
  head: readonly (string | null)[]
  author: string | null
}

/**
 * Removes the heading of other articles or of comments, and the links below the heading. A heading with other text
 * below is the heading of a section and stays.
 */
export function removeRelatedArticles(items: readonly BodyItem[], removals: RemovalLog): BodyItem[] {
  let isInList = false
  return items.filter((item, at) => {
    const isRelated = isRelatedHeading(item.text)
    if (isRelated || isCommentsHeading(item.text)) {
      const next = items.slice(at + 1).find(({ text }) => text !== '')
      isInList = next === undefined || (isRelated && isMostlyLinks(next))
    } else isInList &&= item.text === '' || isMostlyLinks(item)
    if (!isInList || (item.kind === 'figure' && !isRelated)) return true
    removals.note(item.text, removalSteps.repeated, 'others')
    return false
  })
}

/** Whether at least half of the text of an item is in links, or the item is a short title. */
function isMostlyLinks({ text, html }: BodyItem): boolean {
  if (text.length > maxRelatedTitleLength) return false
  const linked = [...(html ?? '').matchAll(/<a\b[^>]{0,2000}>([\s\S]{0,2000}?)<\/a>/gi)]
    .map(([, inner = '']) => inner.replace(/<[^>]{1,2000}>/g, '').length)
    .reduce((sum, length) => sum + length, 0)
  return linked * 2 >= text.length
}

/**
 * Removes items that repeat other fields at the beginning or the end of a body. Also removes requests to follow or
 * subscribe at the end.
 */
export function removeRepeated(items: readonly BodyItem[], known: KnownParts, removals: RemovalLog): BodyItem[] {
  const isHead = (text: string, next: string): boolean =>
    ((isDateLine(text) || isDateStamp(text) || classifyLine(text).kind === 'date') && !isAppointment(text, next)) ||
    (classifyLine(text).kind === 'control' && !isCommentsHeading(text)) ||
    known.head.some((part) => part !== null && isSameText(part, text))
  const lastText = items.findLastIndex(({ text }) => text !== '')
  return items.filter(({ kind, text }, at) => {
    if (kind === 'figure' || text === '') return true
    const isTail = at >= items.length - maxTailItems
    const isRequest = isTail && at > 0 && isPromotion(text)
    const isRepeated =
      (at < maxHeadItems && isHead(text, items[at + 1]?.text ?? '')) ||
      // An author in the last line is the signature. A later step of the pipeline takes it.
      (at < maxHeadItems && at < lastText && readLabelledAuthor(text) !== null) ||
      (isTail && known.author !== null && isSameText(known.author, text))
    if (!isRequest && !isRepeated) return true
    removals.note(text, removalSteps.repeated, isRequest ? 'control' : 'repeated')
    return false
  })
}
