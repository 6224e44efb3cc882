import { foldWord } from '../../shared/text/word-keys'

/**
 * Removes marks from a text and puts the text in lower case, with d for đ ("Bắc Kạn" → "bac kan"). Spaces and
 * punctuation stay.
 */
export function fold(text: string): string {
  return foldWord(text)
}
