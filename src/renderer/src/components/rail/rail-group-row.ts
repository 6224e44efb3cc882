import type { ListScope } from '../../lib/list/list-query'

/** A folder, tag or source in the rail, which is the left column of the window. */
export interface GroupRow {
  /** The key of the row, unique in its group. Two sources may have the same name. */
  key: string
  scope: ListScope
  name: string
  /**
   * The letters that the row of a source shows in place of an icon. There are one or two letters. The value is null for
   * a folder or a tag.
   */
  monogram: string | null
  count: number
  /** A short description of the source's problem. The value is null if there is no problem. */
  warning: string | null
  isHere: boolean
}
