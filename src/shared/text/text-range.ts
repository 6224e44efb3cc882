/** A stretch of a text, in UTF-16 units: from, up to and without to. */
export interface TextRange {
  from: number
  to: number
}
