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
 * Decodes a text again in a Vietnamese encoding. The given text is the result of decoding the bytes as windows-1252.
 * Characters without a byte in windows-1252, such as other Unicode letters, stay unchanged. The result is in NFC.
 * `capitals` makes every letter a capital, because some fonts show small letters as capitals.
 */
export function transcode(source: string, encoding: LegacyEncoding, { capitals = false } = {}): Transcoded {
  const { letters, marks } = getLegacyTable(encoding)
  const parts: string[] = []
  const from: number[] = []
  let count = 0
  for (let at = 0; at < source.length; at++) {
    const byte = toWesternByte(source.charCodeAt(at))
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
  return { text: parts.join(''), from, count }
}
