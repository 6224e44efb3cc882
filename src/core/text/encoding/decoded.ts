import type { LegacyEncoding } from './legacy-encodings'

/** Received bytes as text. */
export interface Decoded {
  text: string
  charset: { name: string; bom: boolean }
  /** Whether the bytes are not Unicode. The text is then read as windows-1252, and each run is decided later. */
  isBytes: boolean
  /** The Vietnamese encoding that the header or the page declares. Null if they declare none. */
  declared: LegacyEncoding | null
  /** The encoding in which the bytes read best, if none is declared. Null for Unicode. */
  guessed: LegacyEncoding | null
  /** Number of invalid bytes in UTF-8 that were read as windows-1252. */
  strayBytes: number
}

/** A text that is decoded for certain: no Vietnamese encoding is declared or guessed, and no byte was invalid. */
export function unicodeText(text: string, name: string, bom: boolean): Decoded {
  return { text, charset: { name, bom }, isBytes: false, declared: null, guessed: null, strayBytes: 0 }
}
