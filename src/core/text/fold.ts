import { foldWord } from '../../shared/text/word-keys'

/** A text without marks, in lower case, đ as d ("Bắc Kạn" → "bac kan"); everything between its words stays. */
export function fold(text: string): string {
  return foldWord(text)
}
