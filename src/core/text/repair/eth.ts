/** A text after a change, and the number of characters that changed. */
export interface Change {
  text: string
  count: number
}

/**
 * Matches letters that only Vietnamese uses (Romanian also uses ă). A text with one of these letters counts as
 * Vietnamese.
 */
const vietnameseLetter = /[ăĂđĐơƠưƯ\u1ea0-\u1ef9]/u
/**
 * Matches letters of Icelandic, Faroese and Old English, and Eth after a letter. Vietnamese text contains none of these
 * letters.
 */
const nordicSign = /[þÞæÆöÖøØ]|\p{Ll}ð/u
const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/gu
/**
 * Matches a Vietnamese syllable that begins with đ, without its tone: vowels, then an optional final (k as in Đắk Lắk).
 */
const dSyllable = /^ð[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[ckmnpt])?$/u
/** Matches an abbreviation that consists of capitals only: HÐND, NÐ, QÐ. */
const abbreviation = /^[A-ZÐ]{2,8}$/u

/**
 * Matches a word with Eth. The match begins at the start of a word, because a search from every letter of a word takes
 * quadratic time.
 */
const ethWord = /(?<!\p{L})\p{L}*[Ðð]\p{L}*/gu

/** Tells whether a text has letters that only Vietnamese uses. The text must be in NFC. */
export function looksVietnamese(text: string): boolean {
  return vietnameseLetter.test(text)
}

/**
 * Replaces Ð (U+00D0) and ð (U+00F0) with Đ and đ, which look the same. Ð and ð come from old keyboards and code pages.
 * A word is changed if it is a Vietnamese syllable that begins with đ ("Ðẩy", "ðồng"). In a text with Vietnamese
 * letters, abbreviations in capitals are changed too ("HÐND", "NÐ"). A text without Vietnamese letters stays unchanged
 * if the text contains þ, æ, ö or Eth after a letter ("það", "blað"). In such a text, Eth is a letter of the language.
 * The text must be in NFC.
 */
export function repairEth(text: string): Change {
  const isVietnamese = looksVietnamese(text)
  if (!isVietnamese && nordicSign.test(text)) return { text, count: 0 }
  let count = 0
  const repaired = text.replace(ethWord, (word) => {
    const plain = word.toLowerCase().normalize('NFD').replace(toneMarks, '').normalize('NFC')
    if (!dSyllable.test(plain) && !(isVietnamese && abbreviation.test(word))) return word
    return word.replace(/[Ðð]/g, (eth) => {
      count += 1
      return eth === 'Ð' ? 'Đ' : 'đ'
    })
  })
  return { text: repaired, count }
}
