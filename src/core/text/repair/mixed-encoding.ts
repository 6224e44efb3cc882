import { type LegacyEncoding, legacyEncodings } from '../encoding/legacy-encodings'
import { countWords } from '../syllables'
import { transcode, type Transcoded } from '../encoding/transcode'
import { replaceEth } from '../encoding/vietnamese-score'

/** A run with some words that this repair has decoded in an old encoding. */
export interface RepairedWords extends Transcoded {
  encoding: LegacyEncoding
}

/**
 * Matches signs that do not occur inside or directly after a word in any language. In old encodings, the bytes of these
 * signs stand for letters.
 */
const sign =
  /[a-z][\u0080-\u009f¡-¬®-¶¸-¿÷×€‚ƒ„†‡ˆ‰‹›˜™Œœ]|[\u0080-\u009f¡-¬®-¶¸-¿÷×€‚ƒ„†‡ˆ‰‹›˜™Œœ][a-z]|\p{Ll}[À-ÖØ-ÞŠŒŽŸ]/u
/**
 * Matches the tone of windows-1258 after its vowel. A tone that a user typed on the wrong vowel ("vaò", "taì") looks
 * the same.
 */
const tone = /[aeiouyâêôõýãAEIOUYÂÊÔÕÝÃ][ÌÒÞìòÕõ](?=[a-z]{0,2}(?!\p{L}))/u
/** Matches the punctuation around a word. */
const edge = /^[\s"'“”‘’().,:;!?…/–-]+|[\s"'“”‘’().,:;!?…/–-]+$/gu
/** The maximum number of stretches of odd words. A text with more stretches is not repaired. */
const maxStretches = 200

interface Token {
  text: string
  start: number
  end: number
  isOdd: boolean
}

/**
 * Repairs single words in an old encoding among correct words ("các xã keá hoaïch"). These odd words have letters
 * beyond ASCII and are not Vietnamese syllables. All words of a stretch of odd words must become syllables in the same
 * encoding. A stretch must also contain one of two things. The first is two or more changed words with at least one
 * common syllable. The second is a common syllable that had an impossible sign. This condition excludes matches by
 * chance. Less evidence is enough for the `favoured` encoding, which is the encoding of the rest of the page. Returns
 * null if no word needs a repair.
 */
export function repairMixedEncoding(text: string, favoured: LegacyEncoding | null = null): RepairedWords | null {
  const stretches = findStretches(splitTokens(text))
  if (stretches.length === 0 || stretches.length > maxStretches) return null
  let best: { encoding: LegacyEncoding; parts: Part[]; weight: number } | null = null
  let isTied = false
  for (const encoding of legacyEncodings) {
    const parts = stretches.flatMap((stretch) => readStretch(text, stretch, encoding, encoding === favoured) ?? [])
    const weight = parts.reduce((sum, { weight: own }) => sum + own, 0) + (encoding === favoured ? 0.5 : 0)
    if (parts.length === 0 || weight < (best?.weight ?? 0)) continue
    isTied = best !== null && weight === best.weight && describeReading(parts) !== describeReading(best.parts)
    if (best === null || weight > best.weight) best = { encoding, parts, weight }
  }
  return best === null || isTied ? null : { ...replaceParts(text, best.parts), encoding: best.encoding }
}

function describeReading(parts: readonly Part[]): string {
  return parts.map(({ start, reading }) => `${start}:${reading.text}`).join('|')
}

function splitTokens(text: string): Token[] {
  return [...text.matchAll(/[^\s\u00a0]+/gu)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
    isOdd: isOdd(word),
  }))
}

/** Tells whether a word has letters beyond ASCII and is not possible in Vietnamese. */
function isOdd(token: string): boolean {
  const word = token.replace(edge, '')
  if (!/[^\u0000-\u007f]/.test(word) || !/[\u0080-\u00ff\u0152-\u0192\u02c6-\u02dc\u2018-\u2122]/.test(word))
    return false
  if (sign.test(word)) return true
  const { words, known } = countWords(replaceEth(word))
  return words > known
}

/** Groups consecutive odd words into stretches. Words of ASCII or Latin-1 letters may stand between odd words. */
function findStretches(tokens: readonly Token[]): Token[][] {
  const stretches: Token[][] = []
  let open: Token[] = []
  const close = (): void => {
    const end = open.findLastIndex(({ isOdd: odd }) => odd)
    if (end >= 0) stretches.push(open.slice(0, end + 1))
    open = []
  }
  for (const token of tokens) {
    // A letter that does not occur in any old encoding ends a stretch.
    const isWestern = token.isOdd || !/[^\u0000-\u00ff\u2013-\u2026]/u.test(token.text)
    if (!isWestern) close()
    else if (token.isOdd || open.length > 0) open.push(token)
  }
  close()
  return stretches
}

interface Part {
  start: number
  end: number
  reading: Transcoded
  weight: number
}

/**
 * Decodes a stretch in an encoding. Returns null if the result is not entirely Vietnamese, or if the evidence is too
 * weak.
 */
function readStretch(
  text: string,
  stretch: readonly Token[],
  encoding: LegacyEncoding,
  isFavoured: boolean,
): Part | null {
  const [first, last] = [stretch[0], stretch.at(-1)]
  if (first === undefined || last === undefined) return null
  let [changed, common, hasSign] = [0, 0, false]
  for (const token of stretch) {
    const reading = transcode(token.text, encoding).text
    if (reading === token.text && !token.isOdd) continue
    const count = countWords(reading)
    if (count.words === 0 || count.known < count.words || /[^\p{L}\p{N}\p{P}\u0000-\u007f]/u.test(reading)) return null
    if (reading === token.text) return null
    // A sign alone, or a word with a capital after a small letter, is not repaired. A sign alone is punctuation or
    // mathematics ("r² · π"), and no word has a capital after a small letter.
    if (!isFavoured && !/[\p{L}\p{M}]/u.test(token.text)) return null
    if (/\p{Ll}\p{Lu}/u.test(reading)) return null
    changed += 1
    if (count.common === count.words) common += 1
    if (sign.test(token.text) || (token.isOdd && tone.test(token.text))) hasSign = true
  }
  const isCertain = changed >= 2 ? common >= 1 && (hasSign || common >= 2) : common === 1 && hasSign
  if (!isCertain && !(isFavoured && changed > 0)) return null
  const [start, end] = [first.start, last.end]
  return { start, end, reading: transcode(text.slice(start, end), encoding), weight: changed + common }
}

function replaceParts(text: string, parts: readonly Part[]): Transcoded {
  const result: Transcoded = { text: '', from: [], count: 0 }
  let at = 0
  const copyUntil = (end: number): void => {
    for (let unit = at; unit < end; unit++) result.from.push(unit)
    result.text += text.slice(at, end)
  }
  for (const { start, end, reading } of parts) {
    copyUntil(start)
    result.text += reading.text
    for (const unit of reading.from) result.from.push(start + unit)
    result.count += reading.count
    at = end
  }
  copyUntil(text.length)
  return result
}
