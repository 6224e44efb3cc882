import type { Published } from '../../../shared/bulletin'
import { findDate, unknownDate } from '../../text/dates'

/** A date, and the kind of place on the page where the date was found. */
export type FoundDate = Published & { value: string }

/** Parses the text of a date. Returns null if the text is null or has no date. */
export function parsePublished(text: string | null, from: FoundDate['from']): FoundDate | null {
  const found = text === null ? null : findDate(text)
  return found === null ? null : { ...found, from }
}

/**
 * Chooses the date of a bulletin. The candidates begin with the most reliable one. The first date is chosen, unless a
 * later date has the same day and also a time.
 */
export function choosePublished(candidates: readonly (FoundDate | null)[]): Published {
  const found = candidates.filter((date) => date !== null)
  const [first] = found
  if (first === undefined) return unknownDate
  // A time on another day is not the time of this bulletin. It belongs to the current date or to another article.
  return found.find(({ value, precision }) => precision === 'minute' && value.startsWith(first.value)) ?? first
}
