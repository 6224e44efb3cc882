import { exactWord, foldWord } from '../../../shared/text/word-keys'
import { isBareSyllable } from '../syllables'
import { readTypedKeys } from './typed-keys'

/** Returns the number of hits of a query. The function may stop counting after `maxHits`. */
export type CountHits = (query: string, maxHits: number) => Promise<number>

/**
 * Matches a filter (`nguồn:…`), a phrase in quotation marks, an excluded word (`-lũ`) or a plain word. The group holds
 * a plain word. Only plain words are understood in another way.
 */
const partOfQuery = /-?\p{L}+:(?:"[^"]*"?|\S*)|-?["“][^"”]*["”]?|(?<!\S)-\S+|([\p{L}\p{M}\p{N}]+)/gu
/** Maximum number of characters of a query that is understood in another way. */
const maxQueryLength = 200
/** Maximum number of words of a query that are tried with one letter changed. */
const maxWrongWords = 2
/** Minimum and maximum number of letters of a word that is tried with one letter changed. */
const [minLetters, maxLetters] = [3, 8]
/** Maximum number of hits that are counted to choose between two changed words. */
const maxCountedHits = 200

/**
 * Finds a query that the user probably meant with a query that finds nothing. First reads the words as keys of Telex or
 * VNI that were typed without a Vietnamese keyboard ("tieengs vieejt"). Then changes one letter of each word that
 * stands in no bulletin ("dogn": "dong"). Returns null if no such query has a hit.
 */
export async function understandQuery(query: string, countHits: CountHits): Promise<string | null> {
  if (query.length > maxQueryLength) return null
  const read = replaceWords(query, (word) => readTypedKeys(word) ?? word)
  if (read !== query && (await countHits(read, 1)) > 0) return read
  return correctWords(query, countHits)
}

async function correctWords(query: string, countHits: CountHits): Promise<string | null> {
  const wrong: string[] = []
  for (const word of listWords(query)) {
    const letters = foldWord(exactWord(word))
    if (!/^[a-z]+$/.test(letters) || letters.length < minLetters || letters.length > maxLetters) continue
    if ((await countHits(`"${word}"`, 1)) === 0) wrong.push(word)
    if (wrong.length > maxWrongWords) return null
  }
  // The other wrong words are left out while one word is corrected, because they would find nothing.
  let corrected = replaceWords(query, (word) => (wrong.includes(word) ? '' : word))
  let result = query
  for (const wrongWord of wrong) {
    const best = await chooseBest(changeOneLetter(foldWord(exactWord(wrongWord))), corrected, countHits)
    if (best === null) return null
    corrected = `${corrected} ${best}`
    result = replaceWords(result, (word) => (word === wrongWord ? best : word))
  }
  return result !== query && (await countHits(result, 1)) > 0 ? result : null
}

/** Returns the different plain words of a query. */
function listWords(query: string): Set<string> {
  return new Set([...query.matchAll(partOfQuery)].flatMap(([, word]) => word ?? []))
}

/** Replaces the plain words of a query. Its filters, phrases and excluded words stay. */
function replaceWords(query: string, replace: (word: string) => string): string {
  return query.replace(partOfQuery, (part: string, word: string | undefined) =>
    word === undefined ? part : replace(word),
  )
}

/** Returns the word that has the most hits together with the rest of the query. Returns null if no word has a hit. */
async function chooseBest(words: readonly string[], rest: string, countHits: CountHits): Promise<string | null> {
  let best: { word: string; hits: number } | null = null
  for (const word of words) {
    const hits = await countHits(`${rest} ${word}`, maxCountedHits)
    if (hits > (best?.hits ?? 0)) best = { word, hits }
  }
  return best?.word ?? null
}

const alphabet = [...'abcdeghiklmnopqrstuvxy']

/**
 * Returns the syllables that differ from a word in one letter or in the order of two letters. Swapped letters come
 * first, because they are the most frequent mistake.
 */
function changeOneLetter(word: string): string[] {
  const ends = [...word].map((letter, at) => ({ letter, head: word.slice(0, at), tail: word.slice(at + 1) }))
  const swapped = ends.map(({ letter, head, tail }) => head + tail.slice(0, 1) + letter + tail.slice(1))
  const left = ends.map(({ head, tail }) => head + tail)
  const replaced = ends.flatMap(({ head, tail }) => alphabet.map((other) => head + other + tail))
  const added = [...ends.map(({ letter, head, tail }) => [head, letter + tail] as const), [word, ''] as const].flatMap(
    ([head, tail]) => alphabet.map((other) => head + other + tail),
  )
  const all = new Set([...swapped, ...left, ...replaced, ...added])
  return [...all].filter((each) => each !== word && isBareSyllable(each))
}
