import type { LegacyEncoding } from './legacy-encodings'

/** The received bytes as text. */
export interface Decoded {
  text: string
  charset: { name: string; bom: boolean }
  /**
   * Whether the bytes are not Unicode. Such bytes are first decoded as windows-1252. A later step finds the encoding of
   * each run.
   */
  isBytes: boolean
  /** The Vietnamese encoding that the header or the page declares. The value is null if neither declares one. */
  declared: LegacyEncoding | null
  /** The Vietnamese encoding with the best score, if none is declared. The value is null for Unicode. */
  guessed: LegacyEncoding | null
  /** The number of invalid bytes in UTF-8 that were decoded as windows-1252. */
  strayBytes: number
}

/**
 * Creates the result for a text whose encoding is certain. The result has no declared or guessed Vietnamese encoding
 * and no invalid bytes.
 */
export function unicodeText(text: string, name: string, bom: boolean): Decoded {
  return { text, charset: { name, bom }, isBytes: false, declared: null, guessed: null, strayBytes: 0 }
}
