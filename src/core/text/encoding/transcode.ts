import type { LegacyEncoding } from './legacy-encodings'
import { getLegacyTable } from './legacy-tables'
import { toWesternByte, toWesternCharacter } from './windows-1252'

/** A text that was decoded again in another encoding. */
export interface Transcoded {
  text: string
  /** The index in the source for each UTF-16 unit of the text. */
  from: number[]
  /** The number of letters that differ from the source. */
  count: number
}

/**
 * The characters that PDF readers write for three signs of TCVN3, with the byte of the sign: the minus for the soft
 * hyphen, the Greek mu for the micro sign, and the bullet operator for the middle dot.
 */
const tcvn3Copies = new Map([
  [0x2212, 0xad],
  [0x3bc, 0xb5],
  [0x2219, 0xb7],
])

/**
 * Decodes a text again in a Vietnamese encoding. The given text is the result of decoding the bytes as windows-1252.
 * Characters without a byte in windows-1252, such as other Unicode letters, stay unchanged. The result is in NFC.
 * `capitals` makes every letter a capital, because some fonts show small letters as capitals. TCVN3 has no capitals
 * with tones, so with Caps Lock people typed "CéNG HßA". The letters of such words become capitals.
 */
export function transcode(source: string, encoding: LegacyEncoding, { capitals = false } = {}): Transcoded {
  const { letters, marks } = getLegacyTable(encoding)
  const parts: string[] = []
  const from: number[] = []
  let count = 0
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at)
    const byte = (encoding === 'tcvn3' ? tcvn3Copies.get(code) : undefined) ?? toWesternByte(code)
    const last = parts.at(-1)
    const mark = marks.get(byte)
    const letter = letters.get(byte)
    const isCombining = letter !== undefined && letter >= '\u0300' && letter <= '\u036f'
    const signs = isCombining
      ? letter
      : mark !== undefined && mark.after.includes((last ?? ' ').toLowerCase())
        ? mark.marks
        : ''
    if (signs !== '' && last !== undefined) {
      const composed = (last + signs).normalize('NFC')
      // A letter that has already changed is not counted again.
      if (composed.length === 1) {
        if (last === source[from.at(-1) ?? -1]) count += 1
        parts[parts.length - 1] = composed
        continue
      }
    }
    const plain = letter ?? (byte < 0x80 ? source.charAt(at) : toWesternCharacter(byte))
    const shown = capitals ? plain.toUpperCase() : plain
    if (shown !== source[at]) count += 1
    for (const unit of shown) {
      parts.push(unit)
      from.push(at)
    }
  }
  const text = parts.join('')
  return { text: encoding === 'tcvn3' ? raiseCapsLock(text) : text, from, count }
}

/** Matches consecutive words without a small ASCII letter. Some of their other letters are small: "CộNG HòA Xã HộI". */
const capsLockWords = /(?<![\p{L}\p{N}])[^\P{L}a-z]+(?:[ \u00a0,-]+[^\P{L}a-z]+)*(?![\p{L}\p{N}])/gu
/** Matches a word with a small letter beside two ASCII capitals or more, which only Caps Lock gives: "CộNG". */
const capsLockWord = /(?<!\p{L})(?=\p{L}*\p{Ll})(?=(?:[^\P{L}A-Z]*[A-Z]){2})/u

/** Makes capitals of the small letters in words that were typed with Caps Lock. The length of the text stays. */
function raiseCapsLock(text: string): string {
  return text.replace(capsLockWords, (words) => (capsLockWord.test(words) ? words.toUpperCase() : words))
}
