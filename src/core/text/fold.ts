import { foldWord } from '../../shared/text/word-keys'

/**
 * Removes marks from a text and puts it in lower case, with d for đ ("Bắc Kạn" → "bac kan"). Keeps spaces and
 * punctuation.
 */
export function fold(text: string): string {
  return foldWord(text)
}
