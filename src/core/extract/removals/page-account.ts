import type { BodyItem } from '../body-item'
import { isSameText } from '../fields/title'
import { readText } from '../html/element-text'
import { countLetters } from './count-letters'
import { isElement } from '../html/elements'
import { type Removal, type RemovalLog, removalSteps } from './removal-log'

/**
 * The numbers of characters of a page, without white space and code. `kept` counts the characters in the body.
 * `removed` counts the characters that the removal log records with a reason. `total` is the sum of both.
 */
export interface PageAccount {
  total: number
  kept: number
  removed: number
  /**
   * The removed parts that have prose. The list is empty if these parts hold less than a fifth of the prose of the
   * page. See {@link findLeftOut}.
   */
  leftOut: readonly Removal[]
}

/** The page and its items at the end of the extraction. */
interface Reading {
  /** Number of characters before anything was removed. */
  total: number
  body: Element
  /** The element with the body. */
  root: Element
  /** The items of the body, before and after the signature was removed from their end. */
  captioned: readonly BodyItem[]
  unsigned: readonly BodyItem[]
  /** The texts that became the title, the summary, the date and the author. */
  head: readonly (string | null)[]
  author: string | null
}

/**
 * Records all text that is left on the page outside the body, and returns the account. The caller must call this
 * function last.
 */
export function closeAccount(reading: Reading, removals: RemovalLog): PageAccount {
  const { total, body, root, captioned, unsigned, head, author } = reading
  noteDifference(captioned, unsigned, removals)
  noteOutside(body, root, [...head, author], removals)
  return {
    total,
    kept: countItemLetters(unsigned),
    removed: removals.countLetters(),
    leftOut: findLeftOut(removals.log, unsigned),
  }
}

/** Records everything outside the element with the body. `fields` holds the texts that became other fields. */
function noteOutside(body: Element, root: Element, fields: readonly (string | null)[], removals: RemovalLog): void {
  for (let inside = root; inside !== body && inside.parentElement !== null; inside = inside.parentElement)
    for (const node of inside.parentElement.childNodes) {
      if (node === inside) continue
      const text = isElement(node) ? readText([node]) : (node.textContent ?? '')
      const isField = fields.some((field) => field !== null && isSameText(field, text))
      removals.noteNode(node, removalSteps.body, isField ? 'repeated' : 'outside-body')
    }
}

/** Records the characters that a step removed from the items, for example because they are the author. */
function noteDifference(before: readonly BodyItem[], after: readonly BodyItem[], removals: RemovalLog): void {
  const letters = countItemLetters(before) - countItemLetters(after)
  const left = new Set(after)
  const text = before.find((item) => !left.has(item))?.text ?? ''
  if (letters > 0) removals.note(text, removalSteps.repeated, 'repeated', letters)
}

/** Returns the number of characters in items that are not white space. */
function countItemLetters(items: readonly BodyItem[]): number {
  return items.reduce((sum, { text }) => sum + countLetters(text), 0)
}

/** Minimum share of the page's prose in all removed parts together. With less, no removed part is reported. */
const minLeftOutShare = 0.2
/** Minimum characters of prose in a removed part that is reported. */
const minProse = 60

/**
 * Returns the removed parts that contain prose, the longest first. A bulletin tells the user about these parts, because
 * the user may need them. Returns an empty list if the parts contain less than a fifth of the prose of the page.
 */
function findLeftOut(log: readonly Removal[], items: readonly BodyItem[]): Removal[] {
  const parts = log.filter(({ prose }) => prose > 0).toSorted((a, b) => b.prose - a.prose)
  const missed = parts.reduce((sum, { prose }) => sum + prose, 0)
  const kept = countItemLetters(items.filter(({ text }) => text.length >= minProse))
  return missed > 0 && missed >= (missed + kept) * minLeftOutShare ? parts : []
}
