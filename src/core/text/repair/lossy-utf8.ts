import { isCommon } from '../common-syllables'
import { isSyllable } from '../syllables'

/** What windows-1252 shows of the bytes before the last one of Vietnamese letters and of quotes. */
const leads = ['Ã', 'Ä', 'Æ', 'áº', 'á»', 'â€']
/** Byte A0 became a blank: the letters that end with it. */
const endingInBlank: Readonly<Record<string, string>> = { Ã: 'à', Æ: 'Ơ', áº: 'Ạ', 'á»': 'Ỡ' }
/** Of the letters that end with the byte of a curly quote only this one is Vietnamese. */
const endingInQuote = 'đ'
const continuation =
  /[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]/

/**
 * The letter of a sequence that lost its last byte, in a text that was encoded twice: programs drop what windows-1252
 * does not have, put "?" for it, make a blank of a no-break space and straight quotes of curly ones. What can be meant
 * by one letter alone is that letter; else U+FFFD says that it is lost (TEXT: no guess). `before`: what was read before
 * it. Null where no such sequence stands.
 */
export function readLossyLetter(text: string, at: number, before: string): { letter: string; length: number } | null {
  const lead = leads.find((each) => text.startsWith(each, at))
  if (lead === undefined) return null
  const next = text.charAt(at + lead.length)
  if (continuation.test(next)) return null
  const whole = lead.length + 1
  if (next === ' ') {
    const letter = endingInBlank[lead]
    if (letter === undefined) return { letter: '\ufffd', length: lead.length }
    return { letter, length: continuesWord(text, at + whole, before, letter) ? whole : lead.length }
  }
  if (next === "'" && lead === 'Ä') return { letter: endingInQuote, length: whole }
  // A capital of its own, in a text of which only parts were encoded twice.
  if (lead === 'Ã' && !/[\p{Ll}?'"]/u.test(next)) return null
  return { letter: '\ufffd', length: /[?'"\ufffd]/.test(next) ? whole : lead.length }
}

/** Whether the letters behind the blank belong to the word before it ("lÃ m") or are one of their own ("vÃ  có"). */
function continuesWord(text: string, from: number, before: string, letter: string): boolean {
  // The next blank is the one that stands between the words.
  if (text.charAt(from) === ' ') return true
  const rest = /^[a-zA-Z]{1,3}(?=[^\p{L}\p{M}]|$|â€|Â)/u.exec(text.slice(from, from + 5))?.[0]
  if (rest === undefined) return false
  const start = /[\p{L}\p{M}]*$/u.exec(before.slice(-8))?.[0] ?? ''
  const word = (start + letter + rest).toLowerCase()
  // "và y tế": y is the one of these that is a word too.
  return isSyllable(word) && (rest.toLowerCase() !== 'y' || isCommon(word))
}
