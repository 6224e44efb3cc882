import type { LegacyEncoding } from './legacy-encodings'

/** Received bytes as text. */
export interface Decoded {
  text: string
  charset: { name: string; bom: boolean }
  /** The bytes were no Unicode: the text stands as windows-1252 has it, its Vietnamese yet to be decided run by run. */
  isBytes: boolean
  /** The Vietnamese encoding that header or page declare for these bytes; null where they declare none. */
  declared: LegacyEncoding | null
  /** The one the bytes read best in, where none is declared; null for Unicode. */
  guessed: LegacyEncoding | null
  /** Bytes among UTF-8 that were read as windows-1252. */
  strayBytes: number
}

/** A text whose letters need no further decision: nothing is declared or guessed for it, and no byte was stray. */
export function unicodeText(text: string, name: string, bom: boolean): Decoded {
  return { text, charset: { name, bom }, isBytes: false, declared: null, guessed: null, strayBytes: 0 }
}
