import { abbreviations, ambiguousAbbreviations } from '../../../shared/text/abbreviations'
import { spellDigits, spellNumber, spellOrdinal } from './number-words'
import { speakDates } from './spoken-dates'

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
    // Every second part of the split text is a web or mail address.
    .split(/((?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+)/giu)
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

function speakPart(part: string, ambiguous: Set<string>): string {
  const quiet = part.replace(/\s?\.\s?\/\s?\.?(?=\s|["”’»)]|$)/gu, '.')
  const withWords = [speakTelephones, speakDocumentNumbers, speakDates, speakRomanNumerals, speakQuantities].reduce(
    (text, step) => step(text),
    quiet,
  )
  return expandAbbreviations(withWords, ambiguous).replace(/[ \t]{2,}/g, ' ')
}

/** Writes telephone numbers digit by digit. */
function speakTelephones(text: string): string {
  return text.replace(/(?<![\d\p{L}.,/-])(?:0|1[89]00)\d*(?:[ .-]?\d{2,}){1,5}(?![\d\p{L}/]|[.,]\d)/gu, (number) =>
    number.replace(/\D/g, '').length >= 8 ? number.split(/[ .-]/).map(spellDigits).join(', ') : number,
  )
}

/**
 * Matches the letters of a document number. The letters are not written out, because the text names the kind before the
 * number ("Nghị định số").
 */
const letters = String.raw`(\p{Lu}[\p{L}\d&]*(?:[-/]\p{Lu}[\p{L}\d&]*)*)`
/** The sign that encloses the letters of a document number while abbreviations are written out. */
const codeMark = '\u{E000}'

/** Writes out the number and the year of "30/2020/NĐ-CP" and "15-NQ/TW". The letters stay. */
function speakDocumentNumbers(text: string): string {
  return text
    .replace(
      new RegExp(String.raw`(?<![\d/\p{L}])(\d{1,5})\/((?:19|20)\d{2})\/${letters}`, 'gu'),
      (_all, number: string, year: string, code: string) =>
        `${spellNumber(String(Number(number)))} năm ${spellNumber(year)} ${codeMark}${code}${codeMark}`,
    )
    .replace(
      new RegExp(String.raw`(?<![\d/\p{L}-])(\d{1,5})[-/](?=\p{Lu}[\p{L}&]*[-/]\p{Lu})${letters}`, 'gu'),
      (_all, number: string, code: string) => `${spellNumber(String(Number(number)))} ${codeMark}${code}${codeMark}`,
    )
}

const romanValues: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 }

/** Writes out Roman numerals after a word that takes a number ("thế kỷ", "khóa"). */
function speakRomanNumerals(text: string): string {
  return text
    .replace(
      /(?<!\p{L})((?:lần\s+)?thứ|khóa|khoá|kỳ|quý|thế\s+kỷ|chương|phần|mục|hạng|loại|cấp|đợt|tập|vùng|nhóm)(\s+)([IVXLC]{1,7})(?![\p{L}\d])(\/((?:19|20)\d{2})(?!\d))?/giu,
      (all, word: string, space: string, roman: string, _year: string | undefined, year: string | undefined) => {
        const value = parseRomanNumeral(roman)
        if (value === null) return all
        const isOrdinal = /thứ|hạng/iu.test(word)
        const words = isOrdinal ? spellOrdinal(String(value)) : spellNumber(String(value))
        return `${word}${space}${words}${year === undefined ? '' : ` năm ${spellNumber(year)}`}`
      },
    )
    .replace(/(?<!\p{L})(thứ\s+)(\d{1,3})(?![\d\p{L}]|[.,/-]\d)/giu, (_all, word: string, number: string) => {
      return `${word}${spellOrdinal(number)}`
    })
}

function parseRomanNumeral(roman: string): number | null {
  if (!/^(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(roman)) return null
  const values = [...roman].map((letter) => romanValues[letter] ?? 0)
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0)
}

/** The units, and the words that people say for a unit after a number. */
const units: Readonly<Record<string, string>> = {
  '%': 'phần trăm',
  '‰': 'phần nghìn',
  '°C': 'độ C',
  ºC: 'độ C',
  km: 'ki-lô-mét',
  m: 'mét',
  dm: 'đề-xi-mét',
  cm: 'xăng-ti-mét',
  mm: 'mi-li-mét',
  km2: 'ki-lô-mét vuông',
  'km²': 'ki-lô-mét vuông',
  m2: 'mét vuông',
  'm²': 'mét vuông',
  m3: 'mét khối',
  'm³': 'mét khối',
  ha: 'héc-ta',
  kg: 'ki-lô-gam',
  g: 'gam',
  mg: 'mi-li-gam',
  l: 'lít',
  ml: 'mi-li-lít',
  kW: 'ki-lô-oát',
  kWh: 'ki-lô-oát giờ',
  MW: 'mê-ga-oát',
  MWp: 'mê-ga-oát đỉnh',
  kV: 'ki-lô-vôn',
  kVA: 'ki-lô-vôn am-pe',
  h: 'giờ',
  đ: 'đồng',
  VNĐ: 'đồng',
  VND: 'đồng',
  USD: 'đô la Mỹ',
}
/** Matches a unit. The longest units come first, so that "km2" matches before "km" and "km" before "m". */
const unit = Object.keys(units)
  .sort((a, b) => b.length - a.length)
  .join('|')
const number = String.raw`(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?`
const quantity = new RegExp(
  String.raw`(?<![\d\p{L}]|\d[.,/-])(?:(\p{L}+)-)?(${number})(?:\s?(?:-|–|÷)\s?(${number}))?(?:\/(${number}))?(\s?)(?:(${unit})(?![\p{L}\d]))?(?:\/(\p{Ll}+[23²³]?)(?![\p{L}\d]))?(?!\d|[.,/]\d)`,
  'gu',
)
/** Matches a rate such as "đồng/người", which is written with a slash. */
const perUnit = new RegExp(
  String.raw`(?<!\p{L})(đồng|triệu|tỷ|tấn|tạ|yến|lít|lượt|ca|người|hộ|con|cây|kWh|${unit.replaceAll('%|', '')})\/(\p{Ll}+[23²³]?)(?![\p{L}\d])`,
  'gu',
)
/** Matches a number after letters and a hyphen, as in a name: "Covid-19". */
const namedNumber = /(?<=\p{L}{2})-(\d{1,3})(?![\d\p{L}]|[.,/-]\d)/gu

/** Matches numbers with dots that do not separate thousands: a version, a clause, or a decimal in English notation. */
const pointed = /(?<![\d\p{L}]|\d[.,/-])(?!\d{1,3}(?:\.\d{3})+(?![.\d]))\d+(?:\.\d+)+(?!\d|[.,/-]\d)/gu

function speakQuantities(text: string): string {
  return text
    .replace(pointed, (numbers) => numbers.split('.').map(spellNumber).join(' chấm '))
    .replace(namedNumber, (_all, digits: string) => ` ${spellNumber(digits)}`)
    .replace(quantity, (all, ...groups: (string | undefined)[]) => speakQuantity(all, groups))
    .replace(perUnit, (_all, before: string, noun: string) => `${units[before] ?? before} một ${units[noun] ?? noun}`)
    .replace(/(\p{L})\s?%/gu, '$1 phần trăm')
    .replace(/(?<=\d|\s)&(?=\s)/gu, 'và')
}

function speakQuantity(all: string, [name, first = '', to, of, space = '', sign, per]: (string | undefined)[]): string {
  const head = name === undefined ? '' : `${name} `
  const unitWords = sign === undefined ? '' : ` ${units[sign] ?? sign}`
  const perWords = per === undefined ? '' : ` một ${units[per] ?? per}`
  const tail = `${unitWords}${perWords}${sign === undefined && per === undefined ? space : ''}`
  if (to !== undefined && of !== undefined) return all
  if (to !== undefined)
    return parseNumber(first) < parseNumber(to)
      ? `${head}${spellNumber(first)} đến ${spellNumber(to)}${tail}`
      : `${head}${spellNumber(first)} - ${spellNumber(to)}${tail}`
  if (of !== undefined) {
    const isPart = parseNumber(first) < parseNumber(of) && parseNumber(of) <= 10
    return `${head}${spellNumber(first)} ${isPart ? `phần ${spellOrdinal(of)}` : `trên ${spellNumber(of)}`}${tail}`
  }
  return `${head}${spellNumber(first)}${tail}`
}

function parseNumber(written: string): number {
  return Number(written.replaceAll('.', '').replace(',', '.'))
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
