import { findBestEncoding, type Score, scoreAll, scoreText } from '../encoding/vietnamese-score'
import { readLossyLetter } from './lossy-utf8'
import type { Transcoded } from '../encoding/transcode'
import { toByte1258, toWesternByte } from '../encoding/windows-1252'

/** Matches the first character of a sequence of two to four characters whose bytes are one character in UTF-8. */
const lead = /[\u00c2-\u00f4\u0102\u0103\u0110\u0111]/
/** The number of sequences that is enough evidence that a text was encoded twice, in any language. */
const minSequences = 3
/** The minimum difference of two scores at which a decoding is clearly better. */
const minGain = 0.1
/** The minimum score of a text that is Vietnamese. */
const vietnamese = 0.5
/**
 * The encodings as which programs wrongly decode UTF-8: windows-1252 or Latin-1, and windows-1258 on Vietnamese
 * Windows.
 */
const codePages: readonly ((code: number) => number)[] = [toWesternByte, toByte1258]

/** The options for detecting doubly encoded text. */
interface Doubling {
  /**
   * Whether other runs of the page are doubly encoded. If other runs are, the repair of this run is accepted unless the
   * score becomes lower.
   */
  isPageDoubled?: boolean
}

/**
 * Reverses double encoding, repeatedly if needed. Returns null if the result does not have a better score. Strict
 * decoders of windows-1252 drop the bytes 81 8D 8F 90 9D. A letter that lost such a byte becomes U+FFFD, because any
 * letter in its place would be a guess.
 */
export function reverseDoubleUtf8(text: string, doubling: Doubling = {}): Transcoded | null {
  if (!lead.test(text)) return null
  const [western, vietnamese] = codePages.map((byteOf) => reverseBy(text, byteOf, doubling))
  if (vietnamese === null || vietnamese === undefined || vietnamese.text === western?.text) return western ?? null
  const isWorse =
    western !== null &&
    western !== undefined &&
    scoreText(removeLost(western.text)).value >= scoreText(removeLost(vietnamese.text)).value
  return isWorse ? western : vietnamese
}

function reverseBy(text: string, byteOf: (code: number) => number, doubling: Doubling): Transcoded | null {
  const reversed = reverse(text, byteOf)
  if (reversed.count === 0) return null
  const before = scoreText(text)
  const received = findBestEncoding(scoreAll(text)).score
  const once = scoreReversed(removeLost(reversed.text), received)
  // In windows-1258, the reversal is accepted only if the words become better, because correct capitals before a
  // quotation mark look like doubly encoded sequences (“QĐ”).
  const mayBeEven = byteOf === toWesternByte
  const isEven = mayBeEven && once.value === before.value && reversed.count >= minSequences
  const isBetter = once.value >= before.value + minGain || isEven
  // A second reversal is tried too, because the score of a text that was encoded three times rises only after it.
  const next = reverse(reversed.text, byteOf)
  const twice = next.count === 0 ? null : scoreText(removeLost(next.text)).value
  const isLater = twice !== null && twice >= Math.max(before.value, once.value) + minGain
  if (!isBetter && !isLater && !(mayBeEven && doubling.isPageDoubled === true && once.value >= before.value))
    return null
  // The received text is kept if its score is higher, because a text in an old encoding may contain sequences that look
  // doubly encoded by chance.
  if (received.value > Math.max(once.value, twice ?? once.value)) return null
  const whole = byteOf === toWesternByte ? reverse(text, byteOf, readLossyLetterAt) : reversed
  const again = reverseBy(whole.text, byteOf, doubling)
  return again === null ? whole : { ...again, from: again.from.map((at) => whole.from[at] ?? at) }
}

/**
 * Returns the higher one of two scores: the score of the reversed text, or the score of this text decoded in an old
 * encoding. Pages in old encodings can be doubly encoded too. The score in an old encoding is used only if this score
 * is clearly higher than the best score of the received text in any encoding.
 */
function scoreReversed(text: string, received: Score): Score {
  const own = scoreText(text)
  if (own.value >= vietnamese) return own
  const { score } = findBestEncoding(scoreAll(text))
  return score.value >= Math.max(vietnamese, received.value + minGain) ? score : own
}

function removeLost(text: string): string {
  return text.replaceAll('\ufffd', '')
}

/** Decodes the letter at an index. `before` is the decoded text before that letter. */
type ReadLetter = (text: string, at: number, byteOf: (code: number) => number, before: string) => Letter

interface Letter {
  letter: string
  length: number
}

function reverse(text: string, byteOf: (code: number) => number, readLetter: ReadLetter = readLetterAt): Transcoded {
  let [result, count] = ['', 0]
  const from: number[] = []
  for (let at = 0; at < text.length;) {
    const { letter, length } = readLetter(text, at, byteOf, result)
    if (length > 1 || letter !== text.charAt(at)) count += 1
    for (let unit = 0; unit < letter.length; unit++) from.push(at)
    result += letter
    at += length
  }
  return { text: result, from, count }
}

/**
 * Returns the character that the sequence at an index encodes. If the sequence lost a byte, returns U+FFFD. If the
 * index has no sequence, returns the character at the index.
 */
function readLetterAt(text: string, at: number, byteOf: (code: number) => number): Letter {
  const own = { letter: text.charAt(at), length: 1 }
  const first = byteOf(text.charCodeAt(at))
  const length = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
  if (length === 1 || first > 0xf4 || at + length > text.length) return own
  const bytes = [first]
  let hasLost = false
  for (let next = at + 1; next < at + length; next++) {
    const code = text.charCodeAt(next)
    const byte = byteOf(code)
    if (code === 0xfffd) hasLost = true
    else if (byte < 0x80 || byte > 0xbf) return own
    bytes.push(byte)
  }
  if (hasLost) return { letter: '\ufffd', length }
  const letter = Buffer.from(bytes).toString('utf8')
  return letter.includes('\ufffd') ? own : { letter, length }
}

/** Decodes a sequence in a text that was certainly encoded twice. The last byte of the sequence may be lost. */
function readLossyLetterAt(text: string, at: number, byteOf: (code: number) => number, before: string): Letter {
  const read = readLetterAt(text, at, byteOf)
  return read.length > 1 ? read : (readLossyLetter(text, at, before) ?? read)
}
