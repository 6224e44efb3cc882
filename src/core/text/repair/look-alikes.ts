import { type Change, looksVietnamese } from './eth'
import { isSyllable } from '../syllables'

/** Letters of other alphabets and rare Latin letters, each with the Vietnamese letter that it looks like. */
const pairs =
  'аa еe оo сc рp хx уy іi һh ԛq ѕs ԁd АA ВB ЕE КK МM НH ОO РP СC ТT ХX ІI ЅS αa οo νv ιi υu ΑA ΒB ΕE ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ıi ɑa ɡg ƉĐ ɖđ'
const alike = new Map(pairs.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]))
const foreign = new RegExp(`[${[...alike.keys()].join('')}]`, 'u')
const foreignAll = new RegExp(foreign.source, 'gu')
const abbreviation = /^[A-ZĐ]{2,8}$/u

/**
 * Replaces letters of other alphabets that look like Latin letters ("сhức" with Cyrillic с). Only words in Vietnamese
 * texts are changed. A changed word must mix alphabets and must be Vietnamese after the change. A word that is entirely
 * in another alphabet stays unchanged. The text must be in NFC.
 */
export function repairLookAlikes(text: string): Change {
  if (!foreign.test(text) || !looksVietnamese(text)) return { text, count: 0 }
  let count = 0
  const repaired = text.replace(/[\p{L}\p{M}]+/gu, (word) => {
    if (!foreign.test(word)) return word
    const plain = word.replace(foreignAll, '')
    const isMixed = /\p{Script=Latin}/u.test(plain)
    const read = word.replace(foreignAll, (letter) => alike.get(letter) ?? letter).normalize('NFC')
    if (!isMixed || !(isSyllable(read.toLowerCase()) || abbreviation.test(read))) return word
    count += word.match(foreignAll)?.length ?? 0
    return read
  })
  return { text: repaired, count }
}

/** Maps each tone mark that is a separate character to its combining mark. */
const spacing: Readonly<Record<string, string>> = {
  '´': '\u0301',
  ˊ: '\u0301',
  ˋ: '\u0300',
  '˜': '\u0303',
}
/**
 * Matches a vowel, a space and a combining mark, as in text from PDF files. Also matches a vowel and a separate tone
 * mark. The match begins at the start of a word, because a search from every letter of a word takes quadratic time.
 */
const loose =
  /(?<![\p{L}\p{M}])[\p{L}\p{M}]*[aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ](?:[ \u00a0]([\u0300\u0301\u0303\u0309\u0323])|([´ˊˋ˜]))\p{L}*/gu

/** Joins separate tone marks with their letters, if the resulting word is Vietnamese. The text must be in NFC. */
export function joinLooseMarks(text: string): Change {
  let count = 0
  const isVietnamese = looksVietnamese(text)
  const joined = text.replace(loose, (word, mark: string | undefined, sign: string | undefined) => {
    if (sign !== undefined && !isVietnamese) return word
    const whole =
      mark === undefined ? word.replace(sign ?? '', spacing[sign ?? ''] ?? '') : word.replace(/[ \u00a0]/u, '')
    const composed = whole.normalize('NFC')
    if (!isSyllable(composed.toLowerCase())) return word
    count += 1
    return composed
  })
  return { text: joined, count }
}
