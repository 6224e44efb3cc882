// The interface and the core both run this file, so this file must not import any package.
import type { Passage } from '../bulletin'
import { exactWord, foldWord, wordPattern } from './word-keys'
import type { TextRange } from './text-range'

/** The number of characters of context that are stored on each side of a passage. */
const contextLength = 64
/** The minimum share of the words of a passage that a similar stretch must contain. */
const minSharedRatio = 0.7
/**
 * The minimum number of words of a passage for a fuzzy search. A shorter passage must match exactly, because one
 * changed word would leave too few words.
 */
const minFuzzyWords = 4
/**
 * The maximum number of comparisons in a fuzzy search. The search compares each word of the text with each word of the
 * passage.
 */
const maxComparisons = 5_000_000

interface Word extends TextRange {
  key: string
}

/**
 * Describes a stretch of a text so that the stretch can be found again. The description has the words of the stretch,
 * the words around the stretch, and the start. The parts of the description are the text quote and text position
 * selectors of the W3C Web Annotation Data Model. The function extends the stretch to whole words. Returns null if the
 * stretch has no word.
 */
export function createPassage(text: string, stretch: TextRange): Passage | null {
  const near = wholeWordsAround(text, stretch)
  const words = splitIntoWords(text.slice(near.from, near.to))
    .map(({ from, to, key }) => ({ from: from + near.from, to: to + near.from, key }))
    .filter(({ from, to }) => from < stretch.to && to > stretch.from)
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return null
  const from = Math.min(first.from, findLeadingSigns(text, stretch.from, first.from))
  const to = Math.max(last.to, stretch.to - (text.slice(last.to, stretch.to).match(/\s+$/u)?.[0].length ?? 0))
  return {
    quote: text.slice(from, to),
    prefix: text.slice(Math.max(0, from - contextLength), from),
    suffix: text.slice(to, to + contextLength),
    start: from,
  }
}

/**
 * Finds a passage in a text. Returns null if the text does not contain the passage. White space, punctuation, case,
 * normalization and the placement of the tone may differ. The passage is therefore found even after the page is
 * extracted again. Of several matches, returns the match with the same context. If several matches have the same
 * context, returns the match that is nearest to the old start. If some words of the passage have changed, returns the
 * stretch with most of the words.
 */
export function findPassage(text: string, passage: Passage): TextRange | null {
  return createPassageFinder(text)(passage)
}

/**
 * Finds many passages in one text. The text is split into words only once, and only if a passage is no longer at its
 * old place.
 */
export function createPassageFinder(text: string): (passage: Passage) => TextRange | null {
  let words: readonly Word[] | null = null
  return (passage) => {
    const wanted = readPassage(passage)
    if (wanted.quote.length === 0) return null
    const inPlace = findInPlace(text, wanted)
    if (inPlace !== null) return inPlace
    words ??= splitIntoWords(text)
    const places = findExactMatches(words, wanted.quote)
    const candidates = places.length > 0 ? places : findFuzzyMatches(words, wanted.quote)
    return chooseMatch(text, words, candidates, wanted)?.range ?? null
  }
}

/** A passage as lists of the keys of its words. */
interface WantedPassage {
  passage: Passage
  quote: readonly string[]
  /** The words before the passage. The word beside the passage is the first. */
  prefix: readonly string[]
  suffix: readonly string[]
}

function readPassage(passage: Passage): WantedPassage {
  const [prefix, suffix] = [listWordKeys(passage.prefix).reverse(), listWordKeys(passage.suffix)]
  // The first and the last word of the context may be incomplete, so these two words are not compared.
  prefix.pop()
  suffix.pop()
  return { passage, quote: listWordKeys(passage.quote), prefix, suffix }
}

/**
 * Finds a passage near its old start, if the passage and its whole context are still there. No other match can be
 * better, so the rest of the text need not be searched.
 */
function findInPlace(text: string, wanted: WantedPassage): TextRange | null {
  const { passage, quote, prefix, suffix } = wanted
  const { start } = passage
  if (start > text.length) return null
  const end = start + passage.quote.length
  const near = wholeWordsAround(text, { from: start - 2 * contextLength, to: end + 2 * contextLength })
  const part = text.slice(near.from, near.to)
  const words = splitIntoWords(part)
  const places = findExactMatches(words, quote)
  const match = chooseMatch(part, words, places, { ...wanted, passage: { ...passage, start: start - near.from } })
  const isWhole = match?.score === quote.length + prefix.length + suffix.length
  // A match that is further away may lie partly outside of the searched stretch.
  if (match === null || !isWhole || Math.abs(match.range.from + near.from - start) > contextLength) return null
  return { from: match.range.from + near.from, to: match.range.to + near.from }
}

/** Chooses the match with the best context. If several matches have it, chooses the match nearest to the old start. */
function chooseMatch(
  text: string,
  words: readonly Word[],
  candidates: readonly Place[],
  { passage, prefix, suffix }: WantedPassage,
): { range: TextRange; score: number } | null {
  let best: { place: Place; score: number; distance: number } | null = null
  for (const place of candidates) {
    const score =
      place.same + countCommonWords(words, place.from - 1, -1, prefix) + countCommonWords(words, place.to, 1, suffix)
    const distance = Math.abs((words[place.from]?.from ?? 0) - passage.start)
    if (best === null || score > best.score || (score === best.score && distance < best.distance))
      best = { place, score, distance }
  }
  const [first, last] = best === null ? [] : [words[best.place.from], words[best.place.to - 1]]
  if (best === null || first === undefined || last === undefined) return null
  return {
    range: { from: first.from, to: last.to + countTrailingSigns(text, last.to, passage.quote) },
    score: best.score,
  }
}

/** Extends a stretch to the white space around it, so that it begins and ends between words. */
function wholeWordsAround(text: string, { from, to }: TextRange): TextRange {
  let [start, end] = [Math.max(0, Math.min(from, text.length)), Math.max(0, Math.min(to, text.length))]
  while (start > 0 && !isSpace(text, start - 1)) start -= 1
  while (end < text.length && !isSpace(text, end)) end += 1
  return { from: start, to: end }
}

function isSpace(text: string, at: number): boolean {
  return /\s/u.test(text.charAt(at))
}

/**
 * A match in the text. The range includes the word `from` and excludes the word `to`. `same` is the number of words
 * that equal words of the passage.
 */
interface Place extends TextRange {
  same: number
}

function findExactMatches(words: readonly Word[], quote: readonly string[]): Place[] {
  const places: Place[] = []
  for (let from = 0; from + quote.length <= words.length; from++)
    if (quote.every((key, offset) => words[from + offset]?.key === key))
      places.push({ from, to: from + quote.length, same: quote.length })
  return places
}

/**
 * Finds the stretches that are most similar to a passage, if the text does not contain the exact passage. These
 * stretches have the fewest words replaced, removed or inserted (Sellers' algorithm, which compares the passage with
 * every end in the text at once).
 */
function findFuzzyMatches(words: readonly Word[], quote: readonly string[]): Place[] {
  const length = quote.length
  if (length < minFuzzyWords || length * words.length > maxComparisons) return []
  const maxErrors = Math.floor(length * (1 - minSharedRatio))
  let errors = Array.from({ length: length + 1 }, (_, at) => at)
  let starts = new Array<number>(length + 1).fill(0)
  let minErrors = maxErrors
  let places: Place[] = []
  for (const [at, word] of words.entries()) {
    const [nextErrors, nextBegins] = [[0], [at + 1]]
    for (let row = 1; row <= length; row++) {
      const exchanged = (errors[row - 1] ?? 0) + (quote[row - 1] === word.key ? 0 : 1)
      const putIn = (errors[row] ?? 0) + 1
      const leftOut = (nextErrors[row - 1] ?? 0) + 1
      const errorCount = Math.min(exchanged, putIn, leftOut)
      nextErrors.push(errorCount)
      const origin =
        errorCount === exchanged
          ? row === 1
            ? at
            : starts[row - 1]
          : errorCount === putIn
            ? starts[row]
            : nextBegins[row - 1]
      nextBegins.push(origin ?? at)
    }
    ;[errors, starts] = [nextErrors, nextBegins]
    const found = errors[length] ?? Infinity
    if (found > minErrors) continue
    if (found < minErrors) places = []
    minErrors = found
    places.push({ from: starts[length] ?? 0, to: at + 1, same: length - found })
  }
  return places
}

/**
 * Counts the words beside a match that equal the stored context. Counting goes away from the match and stops at the
 * first word that differs.
 */
function countCommonWords(words: readonly Word[], start: number, step: 1 | -1, context: readonly string[]): number {
  const differs = context.findIndex((key, offset) => words[start + offset * step]?.key !== key)
  return differs < 0 ? context.length : differs
}

function splitIntoWords(text: string): Word[] {
  return [...text.matchAll(wordPattern)]
    .map(({ index, 0: word }) => ({ from: index, to: index + word.length, key: getWordKey(word) }))
    .filter(({ key }) => key !== '')
}

function listWordKeys(text: string): string[] {
  return splitIntoWords(text).map(({ key }) => key)
}

/** Returns the exact key of a word. Returns "" if the word consists only of invisible characters. */
function getWordKey(word: string): string {
  return foldWord(word) === '' ? '' : exactWord(word)
}

/** Returns the index of the first sign to include before the first word, such as an opening quotation mark. */
function findLeadingSigns(text: string, from: number, word: number): number {
  const signs = /[^\s\p{L}\p{M}\p{N}]*$/u.exec(text.slice(Math.min(from, word), word))?.[0] ?? ''
  return word - signs.length
}

/** Counts the signs after the last word of the match that are also at the end of the quote. */
function countTrailingSigns(text: string, at: number, quote: string): number {
  const signs = /[^\s\p{L}\p{M}\p{N}]*$/u.exec(quote)?.[0] ?? ''
  let length = 0
  while (length < signs.length && text[at + length] === signs[length]) length += 1
  return length
}
