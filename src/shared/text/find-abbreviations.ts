// The interface and the core both run this file, so this file must not import any package.
import { abbreviations } from './abbreviations'
import { findDocumentNumbers } from './document-numbers'
import { findLastIndex } from './find-last-index'
import type { TextRange } from './text-range'

/** An abbreviation in a text, and its meaning. The range in UTF-16 units includes `from` and excludes `to`. */
export interface AbbreviationMatch {
  from: number
  to: number
  long: string
}

/**
 * The units among the abbreviations. The program does not explain units, because every user knows units, and texts use
 * units often.
 */
const plainUnits: ReadonlySet<string> = new Set(['ha', 'km2', 'm2', 'm3', 'kWh'])
/**
 * The abbreviations that are also words ("ĐẦU TƯ"). Such an abbreviation counts as a word if the surrounding words are
 * in capitals.
 */
const alsoWords: ReadonlySet<string> = new Set(['TƯ'])

const longs: ReadonlyMap<string, string> = new Map(abbreviations.filter(([short]) => !plainUnits.has(short)))

/** A context that decides the meaning of an abbreviation with several meanings. */
interface Context {
  short: string
  long: string
  /** Matches the end of the text before the abbreviation. */
  before?: RegExp
  /** Matches the start of the text after the abbreviation. */
  after?: RegExp
}

const name = String.raw`\p{Lu}\p{Ll}*`

const contexts: readonly Context[] = [
  { short: 'SN', long: 'sinh năm', after: /^\s?(?:19|20)\d{2}(?!\d)/u },
  { short: 'TX', long: 'thị xã', after: new RegExp(String.raw`^\.?\s?${name}`, 'u') },
  { short: 'TS', long: 'tiến sĩ', before: /(?:GS|PGS)\.?\s?$/u },
  { short: 'TS', long: 'tiến sĩ', after: new RegExp(String.raw`^\.?\s?${name}\s${name}`, 'u') },
  { short: 'ĐT', long: 'đường tỉnh', after: /^[.\s]?\d{3}(?![\d.])/u },
  { short: 'ĐT', long: 'điện thoại', after: /^\s?:/u },
  { short: 'ĐT', long: 'điện thoại', before: /(?:số|Số|SỐ)\s$/u },
  { short: 'CP', long: 'cổ phần', before: /(?:công ty|Công ty|CÔNG TY|ngân hàng|Ngân hàng|Cty)\s$/u },
  {
    short: 'BTV',
    long: 'Ban Thường vụ',
    after: /^\s(?:Tỉnh|Thành|Thị|Huyện|Quận|Đảng|Đoàn|Hội|Liên đoàn|Công đoàn|Trung ương)/u,
  },
  { short: 'BTC', long: 'Ban Tổ chức', after: /^\s(?:giải|cuộc thi|hội thi|hội thao|lễ hội|Giải|Hội thi|Lễ hội)/u },
  { short: 'ĐH', long: 'đại hội', after: /^\s(?:Đảng|đảng|đại biểu|chi bộ|Chi bộ|Đoàn|Công đoàn)/u },
  { short: 'ĐH', long: 'đại học', before: /[Tt]rường\s$/u },
  { short: 'CĐ', long: 'cao đẳng', before: /[Tt]rường\s$/u },
  { short: 'TH', long: 'tiểu học', before: /[Tt]rường\s$/u },
  { short: 'TH', long: 'tiểu học', after: /^(?:\s?&\s?|\s(?:và|-)\s)THCS/u },
  { short: 'PTTH', long: 'phổ thông trung học', before: /[Tt]rường\s$/u },
  { short: 'PTTH', long: 'Phát thanh - Truyền hình', before: /[Đđ]ài\s$/u },
  { short: 'ĐTC', long: 'đầu tư công', before: /(?:vốn|ngân|dự án|kế hoạch|Luật)\s$/u },
]

/** Matches a whole word that begins with a capital and may contain "&" and hyphens, as abbreviations do. */
const candidate = /(?<![\p{L}\p{M}\d&/-])\p{Lu}[\p{L}&]*(?:[-–]\p{Lu}[\p{L}&]*)*(?![\p{L}\p{M}&]|[-/]\p{L})/gu
/** The abbreviations that consist of several words. */
const phrases = [...longs.keys()].filter((short) => /[\s,]/.test(short))
/** Matches a word with two capitals, or with a capital and a sign, as every abbreviation has. */
const mayHaveAbbreviation = /\p{Lu}\S*[\p{Lu}&-]/u
/** Matches the abbreviation of a definition: "(BTC)" in "Ban Tổ chức (BTC)". */
const bracketed = /\((?:sau đây )?(?:gọi tắt là |viết tắt là |gọi là )?["“]?(?<short>\p{Lu}[\p{Lu}&-]{1,9})["”]?\)/gu
/** Matches the words before the bracket of a definition. */
const wordsBefore = /(?:\p{L}[\p{L}\p{M}]*[\s,-]+){2,12}$/u
/** The number of characters before a bracket that may hold the words. */
const maxBeforeLength = 240

/**
 * Finds the abbreviations of a text with their meanings, in order of appearance. An abbreviation with several meanings
 * ("CP", "TT") is included only if the context decides the meaning, or if `defined` contains the meaning (see {@link
 * findDefinedAbbreviations}). Letters in document numbers are left out.
 */
export function findAbbreviations(text: string, defined: ReadonlyMap<string, string> = new Map()): AbbreviationMatch[] {
  if (!mayHaveAbbreviation.test(text)) return []
  const taken: TextRange[] = findDocumentNumbers(text).map(({ from, to }) => ({ from, to }))
  const found: AbbreviationMatch[] = []
  /** Adds a match if its place is free. The taken places stay sorted, so that the search takes only a few steps. */
  const add = (from: number, to: number, long: string): void => {
    const next = findLastIndex(taken.length, (index) => (taken[index]?.to ?? Infinity) <= from) + 1
    if ((taken[next]?.from ?? Infinity) < to) return
    taken.splice(next, 0, { from, to })
    found.push({ from, to, long })
  }
  for (const short of phrases)
    for (let from = text.indexOf(short); from >= 0; from = text.indexOf(short, from + short.length))
      if (isWhole(text, from, from + short.length)) add(from, from + short.length, longs.get(short) ?? '')
  for (const { index, 0: word } of text.matchAll(candidate)) {
    const end = index + word.length
    if (alsoWords.has(word) && standsAmongCapitals(text, index, end)) continue
    const long = defined.get(word) ?? longs.get(word) ?? findInContext(text, index, word)
    if (long !== null) add(index, end, long)
    else if (word.includes('-')) addParts(text, index, word, defined, add)
  }
  return found.sort((a, b) => a.from - b.from)
}

/**
 * Finds the abbreviations that a text defines itself: "Ban Tổ chức (BTC)", "(gọi tắt là BTC)". The letters must be the
 * initials of the words before them.
 */
export function findDefinedAbbreviations(text: string): ReadonlyMap<string, string> {
  const defined = new Map<string, string>()
  // The search begins with the brackets, which are rare. A search for the words would try every word of the text.
  for (const { index, groups = {} } of text.matchAll(bracketed)) {
    const { short = '' } = groups
    const [words = ''] = wordsBefore.exec(text.slice(Math.max(0, index - maxBeforeLength), index)) ?? []
    const letters = short.replace(/[^\p{Lu}]/gu, '')
    const before = words.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []
    const own = before.slice(-letters.length)
    const initials = own.map((word) => getInitial(word)).join('')
    if (own.length !== letters.length || initials !== [...letters].map(getInitial).join('')) continue
    const from = words.lastIndexOf(own.join(' '))
    if (from >= 0 && !defined.has(short)) defined.set(short, own.join(' '))
  }
  return defined
}

/** Returns the initial of a word as a capital without marks: "U" of "Ủy", "Đ" of "đoàn". */
function getInitial(word: string): string {
  return word.charAt(0).normalize('NFD').charAt(0).toUpperCase()
}

function findInContext(text: string, from: number, word: string): string | null {
  const [before, after] = [text.slice(Math.max(0, from - 24), from), text.slice(from + word.length).slice(0, 40)]
  const fitting = contexts.find(
    (context) =>
      context.short === word && (context.before?.test(before) ?? true) && (context.after?.test(after) ?? true),
  )
  return fitting?.long ?? null
}

/**
 * Finds the abbreviations among the parts of a compound such as "HĐND-UBND", and adds these abbreviations to the
 * matches.
 */
function addParts(
  text: string,
  from: number,
  word: string,
  defined: ReadonlyMap<string, string>,
  add: (from: number, to: number, long: string) => void,
): void {
  let at = from
  for (const part of word.split(/[-–]/u)) {
    const long = defined.get(part) ?? longs.get(part) ?? findInContext(text, at, part)
    if (long !== null && part.length > 1) add(at, at + part.length, long)
    at += part.length + 1
  }
}

function isWhole(text: string, from: number, to: number): boolean {
  return (
    !/[\p{L}\p{M}\d&/-]$/u.test(text.slice(Math.max(0, from - 2), from)) &&
    !/^[\p{L}\p{M}\d&]/u.test(text.slice(to, to + 2))
  )
}

function standsAmongCapitals(text: string, from: number, to: number): boolean {
  const [before] = /\p{L}+(?=\P{L}*$)/u.exec(text.slice(Math.max(0, from - 24), from)) ?? []
  const [after] = /\p{L}+/u.exec(text.slice(to, to + 24)) ?? []
  return [before, after].some((word) => word !== undefined && word.length > 1 && word === word.toUpperCase())
}
