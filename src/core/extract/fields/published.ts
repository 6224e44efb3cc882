import type { Published } from '../../../shared/bulletin'
import { findDate, unknownDate } from '../../text/dates'

/** A date, and the place where it was found. */
export type FoundDate = Published & { value: string }

/** Parses the text of a date. Returns null if the text is null or has no date. */
export function parsePublished(text: string | null, from: FoundDate['from']): FoundDate | null {
  const found = text === null ? null : findDate(text)
  return found === null ? null : { ...found, from }
}

/**
 * Chooses the date of a bulletin. Candidates are in the order of their reliability. The first one is used, unless a
 * later one gives a time on the same day.
 */
export function choosePublished(candidates: readonly (FoundDate | null)[]): Published {
  const found = candidates.filter((date) => date !== null)
  const [first] = found
  if (first === undefined) return unknownDate
  // A time on another day belongs to another date, such as today's date or the date of another article.
  return found.find(({ value, precision }) => precision === 'minute' && value.startsWith(first.value)) ?? first
}
