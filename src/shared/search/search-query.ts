// The interface and the core both run this file, so this file must not import any package.
import { documentNumberKey } from '../text/document-numbers'
import { exactWord, foldWord, splitWords } from '../text/word-keys'
import { findOtherWritings, type OtherWriting } from './other-writings'

/** A word or phrase of a query. */
export interface Term {
  /** The folded words of the term. A number such as 12.840 has two words. */
  folded: readonly string[]
  /** The words of the term in the typed spelling. The list has as many entries as `folded`. */
  exact: readonly string[]
  /** Whether the user typed the term with marks or đ. In this case the spelling of the term counts. */
  hasMarks: boolean
  /** Whether the user is still typing, so that the last word of the term may be incomplete. */
  isPrefix: boolean
  /** Whether the search leaves out bulletins that contain the term. */
  isExcluded: boolean
}

/** A parsed query. */
export interface Query {
  terms: readonly Term[]
  /** The other writings of some terms, such as the meaning of an abbreviation. */
  alternatives: readonly OtherWriting[]
  source?: string
  tag?: string
  /** The first and the last day, as plain dates (YYYY-MM-DD). Both days are included. */
  since?: string
  until?: string
  /** The document number that a bulletin must contain, as the user typed the number. */
  number?: string
}

/** The maximum length of a query. A longer query is cut, because each word costs a lookup in the index. */
const maxQueryLength = 1000
const maxTerms = 32

const fields: Readonly<Record<string, 'source' | 'tag' | 'since' | 'until' | 'number'>> = {
  nguon: 'source',
  source: 'source',
  nhan: 'tag',
  tag: 'tag',
  tu: 'since',
  since: 'since',
  den: 'until',
  until: 'until',
  so: 'number',
  number: 'number',
}

/**
 * Parses a query as the user typed it. A query has words that must all match, "phrases" and -excluded words. The query
 * may also have the fields nguồn: từ: đến: nhãn: số:, with or without marks. Dates have the day first or are in ISO
 * 8601. A year or a month alone means the whole year or month. While the user is typing (`isTyping`), the last word may
 * be incomplete. Every query is valid, because parts without meaning are ignored.
 */
export function parseQuery(text: string, { isTyping = false }: { isTyping?: boolean } = {}): Query {
  const cut = text.normalize('NFC').slice(0, maxQueryLength)
  const found: { -readonly [K in 'source' | 'tag' | 'since' | 'until' | 'number']?: string } = {}
  const terms: Term[] = []
  const pattern = /(?<minus>-)?(?:(?<field>\p{L}+):)?(?:"(?<quoted>[^"]*)"?|“(?<curly>[^”]*)”?|(?<plain>[^\s"“]+))/gu
  for (const { groups = {}, index, 0: whole } of cut.matchAll(pattern)) {
    const { minus, field, plain } = groups
    const rawValue = groups['quoted'] ?? groups['curly'] ?? plain ?? ''
    const name = field === undefined ? undefined : fields[foldWord(field)]
    if (name !== undefined && minus === undefined) {
      const value = name === 'since' || name === 'until' ? parseQueryDate(rawValue, name) : rawValue.trim()
      const saysSomething = name === 'number' ? documentNumberKey(rawValue) !== '' : value !== ''
      if (value !== null && saysSomething) found[name] = value
      continue
    }
    const isLast = index + whole.length === cut.length && plain !== undefined
    const term = createTerm(
      field === undefined ? rawValue : `${field} ${rawValue}`,
      isTyping && isLast,
      minus !== undefined,
    )
    if (term !== null && terms.length < maxTerms) terms.push(term)
  }
  return { terms, alternatives: findOtherWritings(terms), ...found }
}

function createTerm(text: string, isPrefix: boolean, isExcluded: boolean): Term | null {
  const words = splitWords(text)
  if (words.length === 0) return null
  const folded = words.map(foldWord)
  const exact = words.map(exactWord)
  return { folded, exact, hasMarks: exact.some((word, at) => word !== folded[at]), isPrefix, isExcluded }
}

/**
 * Parses "2020", "9/2020", "08/09/2020" or "2020-09-08". Returns the first day of this period for `since` and the last
 * day for `until`, as YYYY-MM-DD. Returns null for any other text.
 */
export function parseQueryDate(text: string, side: 'since' | 'until'): string | null {
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text)
  const dayFirst = /^(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$/.exec(text)
  const [year, month, day] = iso?.slice(1) ?? dayFirst?.slice(1).toReversed() ?? []
  if (year === undefined) return null
  const monthNumber = month === undefined ? (side === 'since' ? 1 : 12) : Number(month)
  const lastDay = new Date(Date.UTC(Number(year), monthNumber, 0)).getUTCDate()
  const dayNumber = day === undefined ? (side === 'since' ? 1 : lastDay) : Number(day)
  if (monthNumber < 1 || monthNumber > 12 || dayNumber < 1 || dayNumber > lastDay) return null
  return `${year}-${String(monthNumber).padStart(2, '0')}-${String(dayNumber).padStart(2, '0')}`
}
