import { isCommon } from '../common-syllables'
import { isSyllable } from '../syllables'

/** The bytes of Vietnamese letters and curly quotes without their last byte, as windows-1252 shows these bytes. */
const leads = ['Ã', 'Ä', 'Æ', 'áº', 'á»', 'â€']
/** The letters whose last byte is A0, which became a space. */
const endingInBlank: Readonly<Record<string, string>> = { Ã: 'à', Æ: 'Ơ', áº: 'Ạ', 'á»': 'Ỡ' }
/**
 * The only Vietnamese letter whose last byte is a curly quote. Programs turned this curly quote into a straight quote.
 */
const endingInQuote = 'đ'
const continuation =
  /[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]/

/**
 * Decodes a sequence whose last byte is lost, in a text that was encoded twice. Programs drop bytes that windows-1252
 * does not have, or replace these bytes by "?". Programs also turn no-break spaces into spaces and curly quotes into
 * straight quotes. Returns the letter if only one letter is possible. Otherwise returns U+FFFD, because a guess could
 * be wrong. `before` is the decoded text before the sequence. Returns null if there is no such sequence.
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
  // Here Ã is a letter, because only parts of the text were encoded twice.
  if (lead === 'Ã' && !/[\p{Ll}?'"]/u.test(next)) return null
  return { letter: '\ufffd', length: /[?'"\ufffd]/.test(next) ? whole : lead.length }
}

/**
 * Tells whether the letters after the space continue the word ("lÃ m"). In "vÃ có", the letters after the space begin
 * another word.
 */
function continuesWord(text: string, from: number, before: string, letter: string): boolean {
  // If a second space follows, the second space separates the words.
  if (text.charAt(from) === ' ') return true
  const rest = /^[a-zA-Z]{1,3}(?=[^\p{L}\p{M}]|$|â€|Â)/u.exec(text.slice(from, from + 5))?.[0]
  if (rest === undefined) return false
  const start = /[\p{L}\p{M}]*$/u.exec(before.slice(-8))?.[0] ?? ''
  const word = (start + letter + rest).toLowerCase()
  // The letter "y" is also a word, as in "và y tế".
  return isSyllable(word) && (rest.toLowerCase() !== 'y' || isCommon(word))
}
