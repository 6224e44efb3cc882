import { findBestEncoding, type Score, scoreAll, scoreText } from '../encoding/vietnamese-score'
import { readLossyLetter } from './lossy-utf8'
import type { Transcoded } from '../encoding/transcode'
import { toByte1258, toWesternByte } from '../encoding/windows-1252'

/** Two to four characters that would be one in UTF-8; U+FFFD may stand for a byte that the code page does not know. */
const lead = /[\u00c2-\u00f4\u0102\u0103\u0110\u0111]/
/** More sequences than this show a text that was encoded twice, whatever its language. */
const minSequences = 3
const minGain = 0.1
/** A text that scores so is Vietnamese. */
const vietnamese = 0.5
/** UTF-8 was taken for windows-1252 or Latin-1; on Vietnamese Windows for windows-1258. */
const codePages: readonly ((code: number) => number)[] = [toWesternByte, toByte1258]

/** How doubled text is looked at. */
interface Doubling {
  /** The page is doubled elsewhere: a run need not read better, only not worse. */
  isPageDoubled?: boolean
}

/**
 * Reverses double encoding, as often as it was done, where the text reads better so; null where it does not. Bytes that
 * a strict windows-1252 has dropped (81 8D 8F 90 9D) are not guessed: their letters become U+FFFD.
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
  // Windows-1258 reads clean capitals before a quote as sequences (“QĐ”): it must show in the words.
  const mayBeEven = byteOf === toWesternByte
  const isEven = mayBeEven && once.value === before.value && reversed.count >= minSequences
  const isBetter = once.value >= before.value + minGain || isEven
  // Encoded three times a text reads no better until it is reversed a second time.
  const next = reverse(reversed.text, byteOf)
  const twice = next.count === 0 ? null : scoreText(removeLost(next.text)).value
  const isLater = twice !== null && twice >= Math.max(before.value, once.value) + minGain
  if (!isBetter && !isLater && !(mayBeEven && doubling.isPageDoubled === true && once.value >= before.value))
    return null
  // Text in an old encoding holds such sequences by chance.
  if (received.value > Math.max(once.value, twice ?? once.value)) return null
  const whole = byteOf === toWesternByte ? reverse(text, byteOf, readLossyLetterAt) : reversed
  const again = reverseBy(whole.text, byteOf, doubling)
  return again === null ? whole : { ...again, from: again.from.map((at) => whole.from[at] ?? at) }
}

/**
 * How well a reversed text reads as it stands, or in an old encoding, since pages in one are taken for a code page too;
 * then it must read clearly better than what was received does in any.
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

/** How the letter at a place is read; `before`: what was read before it. */
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

/** The character that the sequence at a place encodes; one with a lost byte is U+FFFD; else the character itself. */
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

/** The same in a text that was encoded twice for sure: what is left of a sequence whose last byte was lost is one too. */
function readLossyLetterAt(text: string, at: number, byteOf: (code: number) => number, before: string): Letter {
  const read = readLetterAt(text, at, byteOf)
  return read.length > 1 ? read : (readLossyLetter(text, at, before) ?? read)
}
