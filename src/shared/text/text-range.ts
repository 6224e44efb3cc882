/** A stretch of a text in UTF-16 units. The range includes `from` and excludes `to`. */
export interface TextRange {
  from: number
  to: number
}
