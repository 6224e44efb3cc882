// Runs in the interface too: nothing but the language itself here.

/** A word of a text: letters, digits and the marks and invisible signs between them. */
export const wordPattern = /[\p{L}\p{M}\p{N}\u00ad\u200b-\u200d\u2060\ufeff]+/gu

const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g
const marks = /\p{M}+/gu
/** Letters below U+1F00 without their marks and in lower case, once they were asked for; 8 times faster than NFD. */
const folded = new Map<string, string>()

/**
 * A word as someone types it who has no Vietnamese keyboard: no marks, lower case, đ and the Eth (U+00D0) that stands
 * for it in old pages as d: "Bắc" → "bac", "Ðẩy" → "day". The same for NFC and NFD, either placement of the tone.
 */
export function foldWord(word: string): string {
  let key = ''
  for (const letter of word) {
    let plain = folded.get(letter)
    if (plain === undefined) {
      plain = letter
        .normalize('NFD')
        .replace(marks, '')
        .replace(invisible, '')
        .replace(/[đĐðÐ]/g, 'd')
        .toLowerCase()
      folded.set(letter, plain)
    }
    key += plain
  }
  return key
}

/** Tones on the second vowel and the same on the first: "oà" → "òa". */
const tones: readonly (readonly [pattern: RegExp, vowels: string, first: string])[] = [
  [/o([àáảãạ])$/, 'àáảãạ', 'òóỏõọ'],
  [/o([èéẻẽẹ])$/, 'èéẻẽẹ', 'òóỏõọ'],
  [/(?<!q)u([ỳýỷỹỵ])$/, 'ỳýỷỹỵ', 'ùúủũụ'],
]

/**
 * A word as it is spelled, without what makes no difference: lower case, NFC, đ for Eth, and one placement of the tone
 * for oa, oe and uy at a syllable's end ("hoà" → "hòa", "uỷ" → "ủy"; "quý" stays): both are right (TEXT).
 */
export function exactWord(word: string): string {
  const lower = word.replace(invisible, '').normalize('NFC').toLowerCase().replace(/ð/g, 'đ')
  for (const [pattern, vowels, first] of tones) {
    const found = pattern.exec(lower)?.[1]
    if (found === undefined) continue
    const bare = found.normalize('NFD').charAt(0)
    return lower.slice(0, -2) + (first[vowels.indexOf(found)] ?? '') + bare
  }
  return lower
}

/** Both keys of a word. */
export interface WordKeys {
  folded: string
  exact: string
}

/** Vietnamese has some thousands of syllables: nearly every word of a large library was seen before. */
const keyCache = new Map<string, WordKeys>()
const maxCachedWords = 50_000

/** Both keys of a word; the same words come again and again, so they are remembered. */
export function getWordKeys(word: string): WordKeys {
  const known = keyCache.get(word)
  if (known !== undefined) return known
  if (keyCache.size >= maxCachedWords) keyCache.clear()
  const keys = { folded: foldWord(word), exact: exactWord(word) }
  keyCache.set(word, keys)
  return keys
}

/** Both keys of every word of a text, in order, words divided by spaces. */
export function getTextKeys(text: string): WordKeys {
  let folded = ''
  let exact = ''
  for (const word of text.match(wordPattern) ?? []) {
    const keys = getWordKeys(word)
    if (keys.folded === '') continue
    folded += `${keys.folded} `
    exact += `${keys.exact} `
  }
  return { folded, exact }
}

/** The words of a text, in order. */
export function splitWords(text: string): string[] {
  return (text.match(wordPattern) ?? []).filter((word) => getWordKeys(word).folded !== '')
}
