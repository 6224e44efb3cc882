import type { Place } from '../stores/bulletins'

/** A folder, tag or source of the rail. */
export interface GroupRow {
  place: Place
  name: string
  count: number
  /** What is wrong with it, in a few words; null where nothing is. */
  warning: string | null
  isHere: boolean
}
