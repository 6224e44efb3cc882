// The interface and the core both run this file, so this file must not import any package.

/** Matches a word of a text: letters and digits, with the marks and invisible characters between them. */
export const wordPattern = /[\p{L}\p{M}\p{N}\u00ad\u200b-\u200d\u2060\ufeff]+/gu

const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g
const marks = /\p{M}+/gu
/** A cache of folded letters. A lookup in the cache is 8 times faster than NFD. */
const folded = new Map<string, string>()

/**
 * Folds a word to the form that a user types without a Vietnamese keyboard. The form has no marks, lower case, and d
 * for đ and for the Eth (U+00D0) of old pages ("Bắc" → "bac", "Ðẩy" → "day"). NFC and NFD give the same result, and so
 * do both placements of the tone.
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

/**
 * The vowel pairs whose tone may stand on the second vowel, and the pairs with the tone on the first vowel: "oà" →
 * "òa".
 */
const tones: readonly (readonly [pattern: RegExp, vowels: string, first: string])[] = [
  [/o([àáảãạ])$/, 'àáảãạ', 'òóỏõọ'],
  [/o([èéẻẽẹ])$/, 'èéẻẽẹ', 'òóỏõọ'],
  [/(?<!q)u([ỳýỷỹỵ])$/, 'ỳýỷỹỵ', 'ùúủũụ'],
]

/**
 * Returns the spelling of a word in lower case and NFC, with đ for Eth. In oa, oe and uy at the end of a syllable, the
 * tone gets one fixed place ("hoà" → "hòa", "uỷ" → "ủy"; "quý" stays). Both placements of the tone are correct in
 * Vietnamese.
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

/** The two keys of a word: the folded form and the spelling. */
export interface WordKeys {
  folded: string
  exact: string
}

/**
 * A cache of the keys of words. Vietnamese has some thousands of syllables, so the cache soon contains nearly every
 * word of a large library.
 */
const keyCache = new Map<string, WordKeys>()
const maxCachedWords = 50_000
/** A longer word is no syllable. It is not cached, because a hostile page would fill the memory with such words. */
const maxCachedLength = 64
/** The rest of a longer word has no key. A search query has at most this many characters. */
const maxKeyLength = 1_000

/** Returns both keys of a word, from the cache if possible. */
export function getWordKeys(word: string): WordKeys {
  const known = keyCache.get(word)
  if (known !== undefined) return known
  const start = word.slice(0, maxKeyLength)
  const keys = { folded: foldWord(start), exact: exactWord(start) }
  if (word.length > maxCachedLength) return keys
  if (keyCache.size >= maxCachedWords) keyCache.clear()
  keyCache.set(word, keys)
  return keys
}

/** Returns the keys of all words of a text, in order. Each key is followed by a space. */
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

/** Splits a text into its words, in order. */
export function splitWords(text: string): string[] {
  return (text.match(wordPattern) ?? []).filter((word) => getWordKeys(word).folded !== '')
}
