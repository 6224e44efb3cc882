import type { Place } from '../../stores/list/bulletins'

/** A folder, tag or source of the rail. */
export interface GroupRow {
  /** What no other of its group has; two sources may have one name. */
  key: string
  place: Place
  name: string
  /** One or two letters that stand for it, of a source; null for the others. */
  monogram: string | null
  count: number
  /** What is wrong with it, in a few words; null where nothing is. */
  warning: string | null
  isHere: boolean
}
