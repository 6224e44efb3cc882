import type { BodyItem } from '../body-item'
import { isSameText } from '../fields/title'
import { readText } from '../html/element-text'
import { countLetters, countNodeLetters } from '../html/count-letters'
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

/** Records everything outside the element with the body. `fields` are the texts that other fields have taken. */
export function noteOutside(
  body: Element,
  root: Element,
  fields: readonly (string | null)[],
  removals: RemovalLog,
): void {
  for (let inside = root; inside !== body && inside.parentElement !== null; inside = inside.parentElement)
    for (const node of inside.parentElement.childNodes) {
      if (node === inside) continue
      const text = isElement(node) ? readText([node]) : (node.textContent ?? '')
      const isField = fields.some((field) => field !== null && isSameText(field, text))
      removals.noteNode(node, removalSteps.body, isField ? 'repeated' : 'outside-body')
    }
}

/** Records the characters that a step took out of the items, for example because they are the author. */
export function noteDifference(before: readonly BodyItem[], after: readonly BodyItem[], removals: RemovalLog): void {
  const letters = countItemLetters(before) - countItemLetters(after)
  const left = new Set(after)
  const text = before.find((item) => !left.has(item))?.text ?? ''
  if (letters > 0) removals.note(text, removalSteps.repeated, 'repeated', letters)
}

/** Returns the number of characters in items that are not white space. */
export function countItemLetters(items: readonly BodyItem[]): number {
  return items.reduce((sum, { text }) => sum + countLetters(text), 0)
}

/** Returns the number of characters on a page before anything is removed. */
export function countPageLetters(body: Element): number {
  return countNodeLetters(body)
}

/** A bulletin tells the user about parts that were left out if they hold at least this share of the prose. */
const minLeftOutShare = 0.2
const minProse = 60

/**
 * Returns the removed parts with prose that a reader could miss, the longest first. Returns an empty list if they hold
 * less than a fifth of the prose of the page.
 */
export function findLeftOut(log: readonly Removal[], items: readonly BodyItem[]): Removal[] {
  const parts = log.filter(({ prose }) => prose > 0).toSorted((a, b) => b.prose - a.prose)
  const missed = parts.reduce((sum, { prose }) => sum + prose, 0)
  const kept = countItemLetters(items.filter(({ text }) => text.length >= minProse))
  return missed > 0 && missed >= (missed + kept) * minLeftOutShare ? parts : []
}
