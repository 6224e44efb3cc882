/** A change to text and how many characters it changed. */
export interface Change {
  text: string
  count: number
}

/** Letters no language but Vietnamese (and Romanian's ă) uses: their presence makes a text Vietnamese. */
const vietnameseLetter = /[ăĂđĐơƠưƯ\u1ea0-\u1ef9]/u
/** Letters beside Eth in Icelandic, Faroese and Old English; Vietnamese has none of them, nor Eth after a letter. */
const nordicSign = /[þÞæÆöÖøØ]|\p{Ll}ð/u
const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/gu
/** A Vietnamese syllable that begins with đ, tones off: vowels, then perhaps a final (k: Đắk Lắk). */
const dSyllable = /^ð[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[ckmnpt])?$/u
/** HÐND, NÐ-CP, QÐ: capitals only. */
const abbreviation = /^[A-ZÐ]{2,8}$/u

/** Whether a text has letters that only Vietnamese uses. Composed (NFC) text only. */
export function looksVietnamese(text: string): boolean {
  return vietnameseLetter.test(text)
}

/**
 * Puts Đ and đ in the place of Ð (U+00D0) and ð (U+00F0), which look the same and come from old keyboards and code
 * pages. Decided per word: the word must be a Vietnamese syllable that begins with đ (the only place Vietnamese has
 * it: "Ðẩy", "ðồng"), or, in a text with Vietnamese letters, an abbreviation in capitals ("HÐND", "NÐ"). A text
 * without one Vietnamese letter, but with þ, æ, ö or an Eth after a letter ("það", "blað"), is left alone: there Eth
 * is a letter of its own. Composed (NFC) text only.
 */
export function repairEth(text: string): Change {
  const isVietnamese = looksVietnamese(text)
  if (!isVietnamese && nordicSign.test(text)) return { text, count: 0 }
  let count = 0
  const repaired = text.replace(/\p{L}*[Ðð]\p{L}*/gu, (word) => {
    const plain = word.toLowerCase().normalize('NFD').replace(toneMarks, '').normalize('NFC')
    if (!dSyllable.test(plain) && !(isVietnamese && abbreviation.test(word))) return word
    return word.replace(/[Ðð]/g, (eth) => {
      count += 1
      return eth === 'Ð' ? 'Đ' : 'đ'
    })
  })
  return { text: repaired, count }
}
