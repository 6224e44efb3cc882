// The interface and the core both run this file, so this file must not import any package.
import { documentNumberKey, findDocumentNumbers, hasDocumentKey } from '../text/document-numbers'
import type { TextRange } from '../text/text-range'
import { getWordKeys, wordPattern } from '../text/word-keys'
import type { Query, Term } from './search-query'

/** A part of a snippet. */
export interface SnippetPart {
  text: string
  isMatch: boolean
}

interface Word extends TextRange {
  folded: string
  exact: string
}

/**
 * Finds the ranges of a text that match a query, independent of Eth, NFD and the placement of the tone in the text. If
 * the user typed a word with marks and the text has this spelling, only this spelling matches. Otherwise every spelling
 * matches, as in the search.
 */
export function findMatchRanges(text: string, query: Query): TextRange[] {
  const words = splitIntoWords(text)
  const find = (term: Pick<Term, 'folded' | 'exact' | 'hasMarks' | 'isPrefix'>): TextRange[] => {
    const exact = term.hasMarks ? findRanges(words, term.exact, 'exact', term.isPrefix) : []
    return exact.length > 0 ? exact : findRanges(words, term.folded, 'folded', term.isPrefix)
  }
  const ranges: TextRange[] = findNumberRanges(text, query)
  const done = new Set<number>()
  // An abbreviation and its meaning match equally ("UBND", "ủy ban nhân dân"). If the text contains the abbreviation or
  // the meaning, single words of the meaning are not marked.
  for (const { from, to, folded, exact } of query.alternatives) {
    const run = query.terms.slice(from, to)
    const whole = { folded: run.flatMap((term) => term.folded), exact: run.flatMap((term) => term.exact) }
    const found = [
      ...find({ folded, exact, hasMarks: true, isPrefix: false }),
      ...find({ ...whole, hasMarks: run.some(({ hasMarks }) => hasMarks), isPrefix: false }),
    ]
    if (found.length === 0) continue
    ranges.push(...found)
    for (let at = from; at < to; at++) done.add(at)
  }
  for (const [at, term] of query.terms.entries()) if (!term.isExcluded && !done.has(at)) ranges.push(...find(term))
  return joinRanges(text, ranges)
}

/** Finds the ranges of a text that contain the document number of the query. */
function findNumberRanges(text: string, { number }: Query): TextRange[] {
  if (number === undefined) return []
  const searched = documentNumberKey(number)
  return findDocumentNumbers(text).filter((found) => hasDocumentKey(documentNumberKey(found.number), searched))
}

/**
 * A cache of the words of the last texts. The terms, the snippet and the spellings each need these words, and the next
 * search often has the same hits.
 */
const wordCache = new Map<string, Word[]>()
/** The maximum number of cached words. They need about 5 MB. */
const maxCachedWords = 100_000
let cachedWords = 0

/** Splits a text into its words with their ranges and keys. */
function splitIntoWords(text: string): Word[] {
  const known = wordCache.get(text)
  if (known !== undefined) return known
  const words: Word[] = []
  const pattern = new RegExp(wordPattern)
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const { folded, exact } = getWordKeys(found[0])
    if (folded !== '') words.push({ from: found.index, to: pattern.lastIndex, folded, exact })
  }
  if (cachedWords > maxCachedWords) {
    wordCache.clear()
    cachedWords = 0
  }
  wordCache.set(text, words)
  cachedWords += words.length + 1
  return words
}

function findRanges(
  words: readonly Word[],
  wanted: readonly string[],
  key: 'folded' | 'exact',
  isPrefix: boolean,
): TextRange[] {
  const last = wanted.length - 1
  const ranges: TextRange[] = []
  for (let at = 0; at + last < words.length; at++) {
    const isThere = wanted.every((word, offset) => {
      const own = words[at + offset]?.[key] ?? ''
      return isPrefix && offset === last ? own.startsWith(word) : own === word
    })
    const [first, end] = [words[at], words[at + last]]
    if (isThere && first !== undefined && end !== undefined) ranges.push({ from: first.from, to: end.to })
  }
  return ranges
}

/** Sorts ranges, and joins neighbouring ranges that only white space separates. */
function joinRanges(text: string, ranges: readonly TextRange[]): TextRange[] {
  const result: TextRange[] = []
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = result.at(-1)
    if (last !== undefined && text.slice(last.to, from).trim() === '') last.to = Math.max(last.to, to)
    else result.push({ from, to })
  }
  return result
}

/**
 * The length of the text before the match in a snippet. The length is small, so that the match is visible even if only
 * one line is shown.
 */
const charsBeforeMatch = 24
const snippetLength = 220
/** The maximum length of a word that a snippet keeps whole. A snippet may begin or end inside a longer word. */
const maxCutWordLength = 31

/**
 * Returns the stretch of a text with the most matches. The stretch begins and ends between words. The stretch is
 * divided into parts, and the flag of a part tells whether the part matches. Returns null if nothing matches.
 */
export function createSnippet(text: string, query: Query): SnippetPart[] | null {
  const ranges = findMatchRanges(text, query)
  const [first] = ranges
  if (first === undefined) return null
  const best = findDensestStart(ranges) ?? first
  const start = findWordStart(text, Math.max(0, best.from - charsBeforeMatch))
  const end = findWordEnd(text, Math.min(text.length, start + snippetLength))
  const pieces: SnippetPart[] = start > 0 ? [{ text: '… ', isMatch: false }] : []
  let at = start
  for (const { from, to } of ranges.filter((range) => range.from >= start && range.to <= end)) {
    if (from > at) pieces.push({ text: tidy(text.slice(at, from)), isMatch: false })
    pieces.push({ text: tidy(text.slice(from, to)), isMatch: true })
    at = to
  }
  if (end > at) pieces.push({ text: tidy(text.slice(at, end)), isMatch: false })
  if (end < text.length) pieces.push({ text: ' …', isMatch: false })
  return pieces
}

/** Returns the first range after which a snippet shows the most matched characters. */
function findDensestStart(ranges: readonly TextRange[]): TextRange | null {
  let best: { start: TextRange; length: number } | null = null
  // Both ends of the snippet only move forward. Adding up each snippet on its own would take long with many matches.
  let [end, length] = [0, 0]
  for (const [at, start] of ranges.entries()) {
    for (let next = ranges[end]; next !== undefined; next = ranges[end]) {
      if (next.to > start.from + snippetLength - charsBeforeMatch) break
      length += next.to - next.from
      end += 1
    }
    if (best === null || length > best.length) best = { start, length }
    if (end > at) length -= start.to - start.from
    else end = at + 1
  }
  return best?.start ?? null
}

function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ')
}

function findWordStart(text: string, at: number): number {
  if (at === 0) return 0
  const blank = text.slice(at, at + maxCutWordLength).search(/\s/u)
  return blank < 0 ? at : at + blank + 1
}

function findWordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length
  const from = Math.max(0, at - maxCutWordLength)
  const blank = text.slice(from, at).search(/\s\S*$/u)
  return blank < 0 ? at : from + blank
}
