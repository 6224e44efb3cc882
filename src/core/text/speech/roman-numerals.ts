import { spellNumber, spellOrdinal } from './number-words'

const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 }

/** Matches the words after which a Roman numeral is a number: "thế kỷ XXI", "Đại hội XIV". */
const numberedWord = [
  String.raw`(?:lần\s+)?thứ|khóa|khoá|kỳ|kì|quý|quí|thế\s+k[ỷỉ]|chương|phần|mục|phụ\s+lục|hạng|loại|cấp|đợt|tập|vùng|nhóm`,
  String.raw`giai\s+đoạn|đại\s+hội|hội\s+nghị|thế\s+chiến|chiến\s+tranh\s+thế\s+giới`,
].join('|')
const numeral = '[IVXLC]{1,7}'
const numerals = new RegExp(
  String.raw`(?<!\p{L})(${numberedWord})(\s+)(${numeral}(?:(?:\s?[,–-]\s?|\s+và\s+)${numeral})*)(?![\p{L}\d])(?:\/((?:19|20)\d{2})(?!\d))?`,
  'giu',
)
/** Matches a numeral of two letters or more after a name: "Louis XIV", "Elizabeth II". */
const afterName = /(?<=\p{Lu}\p{Ll}{2,12}\s)([IVX]{2,6})(?![\p{L}\d])/gu

/**
 * Writes out the Roman numerals of a text: after a word that takes a number ("thế kỷ XXI", "quý I và II") and after a
 * name ("Louis XIV"). "thứ" and "hạng" take an ordinal number. Other groups of these letters stay.
 */
export function speakRomanNumerals(text: string): string {
  return text
    .replace(numerals, (all, word: string, space: string, list: string, year: string | undefined) => {
      const spell = /thứ|hạng/iu.test(word) ? spellOrdinal : spellNumber
      const parts = list.split(/(\s?[,–-]\s?|\s+và\s+)/u)
      const read = parts.map((part, at) => (at % 2 === 0 ? parseRomanNumeral(part) : null))
      if (read.some((value, at) => at % 2 === 0 && value === null)) return all
      const words = parts.map((part, at) => {
        const value = read[at] ?? null
        if (value !== null) return spell(String(value))
        return /[–-]/u.test(part) ? ' đến ' : part
      })
      return `${word}${space}${words.join('')}${year === undefined ? '' : ` năm ${spellNumber(year)}`}`
    })
    .replace(afterName, (all, roman: string) => {
      const value = parseRomanNumeral(roman)
      return value === null ? all : spellNumber(String(value))
    })
    .replace(
      /(?<!\p{L})(thứ\s+)(\d{1,3})(?![\d\p{L}]|[.,/-]\d)/giu,
      (_all, word: string, number: string) => `${word}${spellOrdinal(number)}`,
    )
}

/** Returns the value of a Roman numeral up to 399. Returns null for a group of letters that is no numeral. */
function parseRomanNumeral(roman: string): number | null {
  if (!/^(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(roman) || roman === '') return null
  const letters = [...roman].map((letter) => values[letter] ?? 0)
  return letters.reduce((sum, value, at) => sum + (value < (letters[at + 1] ?? 0) ? -value : value), 0)
}
