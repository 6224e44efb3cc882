/** A stretch of a text: from `from` up to and without `to`, in UTF-16 units. */
export interface TextRange {
  from: number
  to: number
}
