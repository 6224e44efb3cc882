import type { Published } from '../../../shared/bulletin'
import { findDate, unknownDate } from '../../text/dates'

/** A date that was found, with the place where it stood. */
export type FoundDate = Published & { value: string }

/** Parses the text of a date. Returns null if the text is null or has no date. */
export function parsePublished(text: string | null, from: FoundDate['from']): FoundDate | null {
  const found = text === null ? null : findDate(text)
  return found === null ? null : { ...found, from }
}

/**
 * Chooses the date of a bulletin: the first candidate, or a later candidate for the same day that knows the minute.
 * Candidates are in the order of their reliability.
 */
export function choosePublished(candidates: readonly (FoundDate | null)[]): Published {
  const found = candidates.filter((date) => date !== null)
  const [first] = found
  if (first === undefined) return unknownDate
  // A minute on another day belongs to another date: today's, or the date of another article.
  return found.find(({ value, precision }) => precision === 'minute' && value.startsWith(first.value)) ?? first
}
