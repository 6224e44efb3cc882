import type { BodyItem } from '../body-item'
import { isSameText } from '../fields/title'
import { readText } from '../html/element-text'
import { countLetters } from './count-letters'
import { isElement } from '../html/elements'
import { type Removal, type RemovalLog, removalSteps } from './removal-log'

/**
 * Where the characters of a page went, without white space and code. `total` is the sum of `kept`, which stands in the
 * body, and `removed`, which stands in the removal log with a reason.
 */
export interface PageAccount {
  total: number
  kept: number
  removed: number
  /** The removed parts with prose, if they hold a fifth of the prose of the page or more. See {@link findLeftOut}. */
  leftOut: readonly Removal[]
}

/** What is known when the body is complete. */
interface Reading {
  /** Number of characters before anything was removed. */
  total: number
  body: Element
  /** The element with the body. */
  root: Element
  /** The items before and after the signature was taken. */
  captioned: readonly BodyItem[]
  unsigned: readonly BodyItem[]
  /** The texts that the title, the summary, the date and the author have taken. */
  head: readonly (string | null)[]
  author: string | null
}

/** Records what is left on the page and returns the account. The caller must call this function last. */
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

/** Records everything outside the element with the body. `fields` are the texts that other fields have taken. */
function noteOutside(body: Element, root: Element, fields: readonly (string | null)[], removals: RemovalLog): void {
  for (let inside = root; inside !== body && inside.parentElement !== null; inside = inside.parentElement)
    for (const node of inside.parentElement.childNodes) {
      if (node === inside) continue
      const text = isElement(node) ? readText([node]) : (node.textContent ?? '')
      const isField = fields.some((field) => field !== null && isSameText(field, text))
      removals.noteNode(node, removalSteps.body, isField ? 'repeated' : 'outside-body')
    }
}

/** Records the characters that a step took out of the items, for example because they are the author. */
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

/** A bulletin tells the user about parts that were left out if they hold at least this share of the prose. */
const minLeftOutShare = 0.2
const minProse = 60

/**
 * Returns the removed parts that contain prose, the longest first, because the user may need them. Returns an
 * empty list if these parts contain less than a fifth of the prose of the page.
 */
function findLeftOut(log: readonly Removal[], items: readonly BodyItem[]): Removal[] {
  const parts = log.filter(({ prose }) => prose > 0).toSorted((a, b) => b.prose - a.prose)
  const missed = parts.reduce((sum, { prose }) => sum + prose, 0)
  const kept = countItemLetters(items.filter(({ text }) => text.length >= minProse))
  return missed > 0 && missed >= (missed + kept) * minLeftOutShare ? parts : []
}
