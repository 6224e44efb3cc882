// Runs in the interface too: nothing but the language itself here.
import type { Passage } from '../bulletin'
import { exactWord, foldWord, wordPattern } from './word-keys'
import type { TextRange } from './text-range'

/** Characters of context kept on each side of a passage. */
const contextLength = 64
/** Less of the words in common than this, and it is another passage. */
const minSharedRatio = 0.7
/** A shorter one is found word for word or not at all: one word exchanged and nothing is left of it. */
const minFuzzyWords = 4
/** Comparing costs words of the text times words of the passage; beyond this a passage counts as gone. */
const maxComparisons = 5_000_000

interface Word extends TextRange {
  key: string
}

/**
 * What is kept of a stretch of a text so that it is found again (W3C's text quote and text position selectors): its
 * words, those around it, and where it began. The stretch is widened to whole words; null where it has none.
 */
export function createPassage(text: string, stretch: TextRange): Passage | null {
  const words = wordsOf(text).filter(({ from, to }) => from < stretch.to && to > stretch.from)
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return null
  const from = Math.min(first.from, withSigns(text, stretch.from, first.from))
  const to = Math.max(last.to, stretch.to - (text.slice(last.to, stretch.to).match(/\s+$/u)?.[0].length ?? 0))
  return {
    quote: text.slice(from, to),
    prefix: text.slice(Math.max(0, from - contextLength), from),
    suffix: text.slice(to, to + contextLength),
    start: from,
  }
}

/**
 * Where a text has a passage, or null. Blanks, signs, capitals, composed or not, either placement of the tone make no
 * difference, so that it survives another extraction; of several places the one with the same neighbours is taken, the
 * nearest among equals. Where the source changed some of its words, the stretch that still has most of them is it.
 */
export function findPassage(text: string, passage: Passage): TextRange | null {
  return createPassageFinder(text)(passage)
}

/** The same for many passages of one text, whose words are then read once. */
export function createPassageFinder(text: string): (passage: Passage) => TextRange | null {
  const words = wordsOf(text)
  return (passage) => {
    const quote = keysOf(passage.quote)
    if (quote.length === 0) return null
    const [prefix, suffix] = [keysOf(passage.prefix).reverse(), keysOf(passage.suffix)]
    // The words at the edges of the context may have been cut.
    prefix.pop()
    suffix.pop()
    const places = findExactMatches(words, quote)
    const candidates = places.length > 0 ? places : findFuzzyMatches(words, quote)
    let best: { place: Place; score: number; distance: number } | null = null
    for (const place of candidates) {
      const score = place.same + common(words, place.from - 1, -1, prefix) + common(words, place.to, 1, suffix)
      const distance = Math.abs((words[place.from]?.from ?? 0) - passage.start)
      if (best === null || score > best.score || (score === best.score && distance < best.distance))
        best = { place, score, distance }
    }
    const [first, last] = best === null ? [] : [words[best.place.from], words[best.place.to - 1]]
    if (first === undefined || last === undefined) return null
    return { from: first.from, to: last.to + trailingSigns(text, last.to, passage.quote) }
  }
}

/** Words from, up to and without to; `same` of them are the passage's. */
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
 * The stretches nearest to a passage that is nowhere word for word: fewest words exchanged, left out or put in (Sellers'
 * algorithm: the passage against every end in the text at once).
 */
function findFuzzyMatches(words: readonly Word[], quote: readonly string[]): Place[] {
  const length = quote.length
  if (length < minFuzzyWords || length * words.length > maxComparisons) return []
  const maxErrors = Math.floor(length * (1 - minSharedRatio))
  let errors = Array.from({ length: length + 1 }, (_, at) => at)
  let begins = new Array<number>(length + 1).fill(0)
  let fewestErrors = maxErrors
  let places: Place[] = []
  for (const [at, word] of words.entries()) {
    const [nextErrors, nextBegins] = [[0], [at + 1]]
    for (let row = 1; row <= length; row++) {
      const exchanged = (errors[row - 1] ?? 0) + (quote[row - 1] === word.key ? 0 : 1)
      const putIn = (errors[row] ?? 0) + 1
      const leftOut = (nextErrors[row - 1] ?? 0) + 1
      const fewest = Math.min(exchanged, putIn, leftOut)
      nextErrors.push(fewest)
      const origin =
        fewest === exchanged ? (row === 1 ? at : begins[row - 1]) : fewest === putIn ? begins[row] : nextBegins[row - 1]
      nextBegins.push(origin ?? at)
    }
    ;[errors, begins] = [nextErrors, nextBegins]
    const found = errors[length] ?? Infinity
    if (found > fewestErrors) continue
    if (found < fewestErrors) places = []
    fewestErrors = found
    places.push({ from: begins[length] ?? 0, to: at + 1, same: length - found })
  }
  return places
}

/** How many words beside a place are those of the context, going outward until one differs. */
function common(words: readonly Word[], start: number, step: 1 | -1, context: readonly string[]): number {
  const differs = context.findIndex((key, offset) => words[start + offset * step]?.key !== key)
  return differs < 0 ? context.length : differs
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(wordPattern)]
    .map(({ index, 0: word }) => ({ from: index, to: index + word.length, key: keyOf(word) }))
    .filter(({ key }) => key !== '')
}

function keysOf(text: string): string[] {
  return wordsOf(text).map(({ key }) => key)
}

/** As spelled, but for what is no difference; a word of invisible signs alone is none. */
function keyOf(word: string): string {
  return foldWord(word) === '' ? '' : exactWord(word)
}

/** Where the signs before the first word begin that were chosen with it: an opening quotation mark. */
function withSigns(text: string, from: number, word: number): number {
  const signs = /[^\s\p{L}\p{M}\p{N}]*$/u.exec(text.slice(Math.min(from, word), word))?.[0] ?? ''
  return word - signs.length
}

/** How many of the signs after the last word belong to the passage: those that its quote ends with. */
function trailingSigns(text: string, at: number, quote: string): number {
  const signs = /[^\s\p{L}\p{M}\p{N}]*$/u.exec(quote)?.[0] ?? ''
  let length = 0
  while (length < signs.length && text[at + length] === signs[length]) length += 1
  return length
}
