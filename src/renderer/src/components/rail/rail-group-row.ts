import type { ListScope } from '../../lib/list/list-query'

/** A folder, tag or source in the rail. */
export interface GroupRow {
  /** Unique in its group. Two sources may have the same name. */
  key: string
  scope: ListScope
  name: string
  /** One or two letters in place of the icon, for a source. Null for the others. */
  monogram: string | null
  count: number
  /** A short description of its problem. Null if it has none. */
  warning: string | null
  isHere: boolean
}
