import { abbreviations, ambiguousAbbreviations } from '../../../shared/text/abbreviations'
import { spellNumber } from './number-words'
import { speakRomanNumerals } from './roman-numerals'
import { codeMark, speakCodes, speakDialledNumbers, speakDocumentNumbers } from './spoken-codes'
import { speakDates } from './spoken-dates'
import { speakQuantities } from './spoken-quantities'
import { speakPlaces, speakTitles } from './spoken-titles'
import { units } from './units'

/** The spoken form of a text, for an announcer. */
export interface Spoken {
  text: string
  /**
   * The abbreviations with several meanings. These abbreviations stay in the text, and the user decides how to read
   * them.
   */
  ambiguous: string[]
  syllables: number
}

/**
 * Writes out numbers, dates, ranges, percentages, units and abbreviations as people say them (docs/text.md). Web and
 * mail addresses stay unchanged. Document numbers keep their letters. The end mark "./." becomes a full stop.
 */
export function toSpokenText(received: string): Spoken {
  const ambiguous = new Set<string>()
  const text = received
    .normalize('NFC')
    // Every second part of the split text is a web or mail address. A mail address is searched only from the start of a
    // word, because a search from every letter of a long word takes quadratic time.
    .split(/((?:https?:\/\/|www\.)\S+|(?<!\S)[^\s@]+@[^\s@.]+\.\S+)/giu)
    .map((part, at) => (at % 2 === 1 ? part : speakPart(part, ambiguous)))
    .join('')
    .trim()
    // If a number or an abbreviation at the start of a sentence is written out, the sentence must still begin with a
    // capital.
    .replace(/^["“‘«(]?\p{Ll}|(?<=\p{L}{3}[.!?]["”’»)]?\s["“‘«(]?)\p{Ll}/gu, (letter) => letter.toUpperCase())
  return { text, ambiguous: [...ambiguous], syllables: countSpokenSyllables(text) }
}

/** Returns the number of syllables in a spoken text. Vietnamese writes each syllable as a word. */
export function countSpokenSyllables(text: string): number {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0
}

/**
 * The steps that write out one kind of notation each, in order. Codes come before dates and quantities, because their
 * digits are no amounts.
 */
const steps: readonly ((text: string) => string)[] = [
  speakDialledNumbers,
  speakDocumentNumbers,
  speakTitles,
  speakPlaces,
  speakDates,
  speakRomanNumerals,
  speakCodes,
  speakQuantities,
]

function speakPart(part: string, ambiguous: Set<string>): string {
  const quiet = part.replace(/\s?\.\s?\/\s?\.?(?=\s|["”’»)]|$)/gu, '.')
  const withWords = steps.reduce((text, step) => step(text), quiet)
  return expandAbbreviations(withWords, ambiguous).replace(/[ \t]{2,}/g, ' ')
}

const expansions = new Map(abbreviations.filter(([short]) => !(short in units)))
const phrases = [...expansions].filter(([short]) => /[\s,]/.test(short))
const ambiguousWords: ReadonlySet<string> = new Set(ambiguousAbbreviations)
/** Matches a word of capitals whose parts may be joined by hyphens or "&". */
const compound =
  /(?<![\p{L}\d&-])(\p{Lu}[\p{L}&]*(?:-\p{Lu}[\p{L}&]*)*)(\.?)(?:(?<=\.)(?=\p{Lu})|(?![\p{L}&]))(\d{1,3}(?![\d\p{L}]))?/gu

function expandAbbreviations(text: string, ambiguous: Set<string>): string {
  return text
    .split(new RegExp(`${codeMark}([^${codeMark}]*)${codeMark}`, 'u'))
    .map((part, at) => (at % 2 === 1 ? part : expandPart(part, ambiguous)))
    .join('')
}

function expandPart(text: string, ambiguous: Set<string>): string {
  const withPhrases = phrases.reduce((result, [short, long]) => result.replaceAll(short, long), text)
  return withPhrases
    .replace(/(?<!\p{L})SN(?=\s(?:năm\s)?(?:một nghìn chín|hai nghìn)(?!\p{L}))/gu, 'sinh năm')
    .replace(compound, (all, word: string, dot: string, digits: string | undefined) => {
      const whole = expansions.get(word)
      // The function spells the digits only after the letters of a road ("QL3"). Any other group of letters and digits
      // is a name.
      if (digits !== undefined) return word === 'QL' ? `${whole ?? word} ${spellNumber(digits)}` : all
      // In "TP. Hồ Chí Minh" and "TP.HCM", the dot belongs to the abbreviation.
      if (whole !== undefined) return `${whole}${word === 'TP' && dot !== '' ? ' ' : dot}`
      const parts = word.split('-')
      const longs = parts.map((short) => {
        if (ambiguousWords.has(short)) ambiguous.add(short)
        return expansions.get(short) ?? short
      })
      return `${longs.join(longs.some((long, at) => long !== parts[at]) ? ' - ' : '-')}${dot}`
    })
}
