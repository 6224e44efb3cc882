// The interface and the core both run this file, so this file must not import any package.
import { abbreviations } from '../text/abbreviations'
import { exactWord, foldWord, splitWords } from '../text/word-keys'
import { equalWritings } from './equal-writings'

/** The words of a writing, folded and as spelled. Both lists have the same length. */
export interface Spelling {
  folded: readonly string[]
  exact: readonly string[]
}

/** Another writing of some terms of a query. The range of the terms includes `from` and excludes `to`. */
export interface OtherWriting extends Spelling {
  from: number
  to: number
}

/** The words of one term, as the function below needs them. */
interface TermWords extends Spelling {
  isExcluded: boolean
}

/** Maximum number of terms that another writing replaces: the length of the longest meaning of an abbreviation. */
const maxTermsOfWriting = 8
/** Maximum number of variants of a phrase whose words may have i or y. */
const maxVariants = 8

/**
 * Finds the other writings of the terms of a query: an abbreviation and its meaning, foreign words in their Vietnamese
 * spellings, i for y ("kĩ thuật", "kỹ thuật"), a number with and without separators, and a date in its usual forms
 * ("2/9/2025", "ngày 02 tháng 9 năm 2025"). A hit may contain any of these writings in place of the terms.
 */
export function findOtherWritings(terms: readonly TermWords[]): OtherWriting[] {
  const found: OtherWriting[] = []
  for (let from = 0; from < terms.length; from++) {
    const words: string[] = []
    for (let to = from; to < Math.min(terms.length, from + maxTermsOfWriting); to++) {
      const term = terms[to]
      if (term === undefined || term.isExcluded) break
      words.push(...term.folded)
      const range = terms.slice(from, to + 1)
      const spellings = [
        ...getKnownWritings(words.join(' '), to === from),
        ...(to === from ? swapVowels(term) : []),
        ...otherNumbers(words),
        ...otherDates(words),
        ...otherAmounts(words),
      ]
      const own = range.flatMap(({ exact }) => exact).join(' ')
      for (const spelling of spellings)
        if (spelling.exact.join(' ') !== own) found.push({ from, to: to + 1, ...spelling })
    }
  }
  return found
}

let known: Map<string, Spelling[]> | null = null

/** Returns the other writings of words in the lists of abbreviations and of equal writings. */
function getKnownWritings(words: string, isOneTerm: boolean): readonly Spelling[] {
  known ??= createKnownWritings()
  // A meaning of one word is no phrase, so only a whole term can be an abbreviation.
  return isOneTerm || words.includes(' ') ? (known.get(words) ?? []) : []
}

function createKnownWritings(): Map<string, Spelling[]> {
  const all = new Map<string, Spelling[]>()
  const add = (writings: readonly string[]): void => {
    const spellings = writings.map(toSpelling)
    for (const [at, { folded }] of spellings.entries()) {
      const key = folded.join(' ')
      const others = spellings.filter((_spelling, other) => other !== at)
      all.set(key, [...(all.get(key) ?? []), ...others])
    }
  }
  for (const pair of abbreviations) add(pair)
  for (const group of equalWritings) add(group)
  return all
}

function toSpelling(text: string): Spelling {
  const words = splitWords(text)
  return { folded: words.map(foldWord), exact: words.map(exactWord) }
}

/** Matches a folded syllable that people write with i or with y: "ky", "li", and "qui" for "quy". */
const swappable = /^(?:[hklmst]|qu)[iy]$/
const swaps: Readonly<Record<string, string>> = Object.fromEntries(
  ['iy', 'íý', 'ìỳ', 'ỉỷ', 'ĩỹ', 'ịỵ'].flatMap(([i = '', y = '']) => [
    [i, y],
    [y, i],
  ]),
)

/** Returns the variants of a term in which some words have i for y or y for i: "kĩ thuật" for "kỹ thuật". */
function swapVowels({ folded, exact }: Spelling): Spelling[] {
  let variants: Spelling[] = [{ folded: [], exact: [] }]
  for (const [at, word] of folded.entries()) {
    const own = [word, exact[at] ?? word] as const
    const forms = swappable.test(word) ? [own, own.map(swapLast)] : [own]
    variants = variants.flatMap((variant) =>
      forms.map(([foldedForm = '', exactForm = '']) => ({
        folded: [...variant.folded, foldedForm],
        exact: [...variant.exact, exactForm],
      })),
    )
    if (variants.length > maxVariants) return []
  }
  return variants.slice(1)
}

function swapLast(word: string): string {
  return word.slice(0, -1) + (swaps[word.slice(-1)] ?? word.slice(-1))
}

/**
 * Returns the other writings of a whole number: "12840" for "12.840" or "12 840", and the other way round. The signs
 * between the groups do not matter, because the words of a text are its digits. A year has one writing.
 */
function otherNumbers(words: readonly string[]): Spelling[] {
  const [first = '', ...rest] = words
  const isGrouped = rest.length > 0 && /^[1-9]\d{0,2}$/.test(first) && rest.every((word) => /^\d{3}$/.test(word))
  if (isGrouped) return [plain(words.join(''))]
  if (rest.length > 0 || !/^[1-9]\d{3,14}$/.test(first) || /^(?:19|20)\d\d$/.test(first)) return []
  return [plain(...(first.match(/\d{1,3}(?=(?:\d{3})*$)/g) ?? []))]
}

/** Returns the other writings of an amount with a unit: "300m2" for "300 m²" or "300 mét vuông", and the other way round. */
function otherAmounts(words: readonly string[]): readonly Spelling[] {
  const joined = /^(\d{1,9})([a-z]+[23²³]?)$/.exec(words.length === 1 ? (words[0] ?? '') : '')
  const [amount = '', unit = ''] = joined === null ? [words[0], words.slice(1).join(' ')] : joined.slice(1)
  const units = /^\d{1,9}$/.test(amount) ? getKnownWritings(unit, true) : []
  if (units.length === 0) return []
  const all = [toSpelling(unit), ...units]
  return all.flatMap(({ folded, exact }) => [
    { folded: [amount, ...folded], exact: [amount, ...exact] },
    ...(folded.length === 1 ? [{ folded: [amount + (folded[0] ?? '')], exact: [amount + (exact[0] ?? '')] }] : []),
  ])
}

/** Returns a spelling of words without marks. */
function plain(...words: string[]): Spelling {
  return { folded: words, exact: words }
}

/** Matches the words of a date: with or without "ngày", "tháng" and "năm", and with or without the year. */
const dayFirst = /^(?:ngay )?(?:mung |mong )?(\d{1,2}) (?:thang )?(\d{1,2})(?: (?:nam )?(\d{4}))?$/
const yearFirst = /^(\d{4}) (\d{2}) (\d{2})$/
const monthAndYear = /^(?:thang )?(\d{1,2}) (?:nam )?(\d{4})$/

/** Returns the other writings of a date, of a day and a month, or of a month and a year. */
function otherDates(words: readonly string[]): Spelling[] {
  const text = words.join(' ')
  const iso = yearFirst.exec(text)
  const [, day, month, year] = iso === null ? (dayFirst.exec(text) ?? []) : [text, iso[3], iso[2], iso[1]]
  if (day !== undefined && month !== undefined) {
    if (Number(day) < 1 || Number(day) > 31 || Number(month) < 1 || Number(month) > 12) return []
    return writeDate(day, month, year)
  }
  const [, monthOfYear, ofYear] = monthAndYear.exec(text) ?? []
  if (monthOfYear === undefined || ofYear === undefined || Number(monthOfYear) < 1 || Number(monthOfYear) > 12)
    return []
  return formsOf(monthOfYear).flatMap((month) => [
    plain(month, ofYear),
    { folded: ['thang', month, 'nam', ofYear], exact: ['tháng', month, 'năm', ofYear] },
  ])
}

function writeDate(day: string, month: string, year: string | undefined): Spelling[] {
  const pairs = formsOf(day).flatMap((dayForm) => formsOf(month).map((monthForm) => [dayForm, monthForm] as const))
  const years = year === undefined ? [] : [year]
  const inWords = year === undefined ? { folded: [], exact: [] } : { folded: ['nam', year], exact: ['năm', year] }
  const written = pairs.flatMap(([dayForm, monthForm]) => [
    plain(dayForm, monthForm, ...years),
    {
      folded: [dayForm, 'thang', monthForm, ...inWords.folded],
      exact: [dayForm, 'tháng', monthForm, ...inWords.exact],
    },
  ])
  const iso = year === undefined ? [] : [plain(year, month.padStart(2, '0'), day.padStart(2, '0'))]
  return [...written, ...iso]
}

/** Returns a number below 100 with and without the zero at the front. */
function formsOf(number: string): string[] {
  const short = String(Number(number))
  return short.length === 1 ? [short, `0${short}`] : [short]
}
