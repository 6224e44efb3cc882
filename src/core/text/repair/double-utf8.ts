import { findBestEncoding, type Score, scoreAll, scoreText } from '../encoding/vietnamese-score'
import { readLossyLetter } from './lossy-utf8'
import type { Transcoded } from '../encoding/transcode'
import { toByte1258, toWesternByte } from '../encoding/windows-1252'

/** The first of two to four characters that are together one character in UTF-8. */
const lead = /[\u00c2-\u00f4\u0102\u0103\u0110\u0111]/
/** This many sequences show that a text was encoded twice, in any language. */
const minSequences = 3
/** A reading that scores this much higher is clearly better. */
const minGain = 0.1
/** A text with this score is Vietnamese. */
const vietnamese = 0.5
/** Programs read UTF-8 as windows-1252 or Latin-1, and on Vietnamese Windows as windows-1258. */
const codePages: readonly ((code: number) => number)[] = [toWesternByte, toByte1258]

/** How doubly encoded text is judged. */
interface Doubling {
  /** Whether other runs of the page are doubly encoded. This run then need not read better, only not worse. */
  isPageDoubled?: boolean
}

/**
 * Reverses double encoding, repeatedly if needed, if the text then reads better. Returns null if it does not. Letters
 * whose bytes a strict windows-1252 has dropped (81 8D 8F 90 9D) become U+FFFD, because they would be a guess.
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
  const once = scoreReading(removeLost(reversed.text), received)
  // windows-1258 reads clean capitals before a quote as sequences (“QĐ”), so only better words count for it.
  const mayBeEven = byteOf === toWesternByte
  const isEven = mayBeEven && once.value === before.value && reversed.count >= minSequences
  const isBetter = once.value >= before.value + minGain || isEven
  // A text that was encoded three times reads better only after the second reversal.
  const next = reverse(reversed.text, byteOf)
  const twice = next.count === 0 ? null : scoreText(removeLost(next.text)).value
  const isLater = twice !== null && twice >= Math.max(before.value, once.value) + minGain
  if (!isBetter && !isLater && !(mayBeEven && doubling.isPageDoubled === true && once.value >= before.value))
    return null
  // Text in an old encoding has such sequences by chance.
  if (received.value > Math.max(once.value, twice ?? once.value)) return null
  const whole = byteOf === toWesternByte ? reverse(text, byteOf, readLossyLetterAt) : reversed
  const again = reverseBy(whole.text, byteOf, doubling)
  return again === null ? whole : { ...again, from: again.from.map((at) => whole.from[at] ?? at) }
}

/**
 * The score of a reversed text as it stands, or in an old encoding, because pages in old encodings are doubly encoded too.
 * In an old encoding it must read clearly better than the received text reads in any encoding.
 */
function scoreReading(text: string, received: Score): Score {
  const own = scoreText(text)
  if (own.value >= vietnamese) return own
  const { score } = findBestEncoding(scoreAll(text))
  return score.value >= Math.max(vietnamese, received.value + minGain) ? score : own
}

function removeLost(text: string): string {
  return text.replaceAll('\ufffd', '')
}

/** Reads the letter at an index. `before` is the text that was read before it. */
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
 * The character that the sequence at an index encodes. Returns U+FFFD if it has a lost byte. Without a sequence, the
 * character itself.
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

/** The same for a text that was certainly encoded twice. Also reads a sequence whose last byte was lost. */
function readLossyLetterAt(text: string, at: number, byteOf: (code: number) => number, before: string): Letter {
  const read = readLetterAt(text, at, byteOf)
  return read.length > 1 ? read : (readLossyLetter(text, at, before) ?? read)
}
