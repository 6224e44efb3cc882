import { bestOf, scoreAll, scoreOf } from './scoring'
import type { Transcoded } from './transcode'
import { westernByte } from './western'

/** Two to four characters that would be one in UTF-8; U+FFFD may stand for a byte that windows-1252 does not know. */
const lead = /[\u00c2-\u00f4]/
/** More sequences than this show a text that was encoded twice, whatever its language. */
const enough = 3
const clearly = 0.1

/**
 * Reverses double encoding where the text reads better so, null where it does not. Bytes that a strict windows-1252
 * has dropped (81 8D 8F 90 9D) are not guessed: their letters become U+FFFD. On a page that is doubled
 * elsewhere a run need not read better, only not worse.
 */
export function reverseDoubleUtf8(text: string, { isPageDoubled = false } = {}): Transcoded | null {
  if (!lead.test(text)) return null
  const reversed = reverse(text)
  if (reversed.count === 0) return null
  const [before, after] = [scoreOf(text), scoreOf(reversed.text.replaceAll('\ufffd', ''))]
  const isBetter = after.value >= before.value + clearly || (after.value === before.value && reversed.count >= enough)
  if (!isBetter && !(isPageDoubled && after.value >= before.value)) return null
  // Text in an old encoding holds such sequences by chance.
  if (bestOf(scoreAll(text)).score.value > after.value) return null
  const again = reverseDoubleUtf8(reversed.text, { isPageDoubled })
  return again === null ? reversed : { ...again, from: again.from.map((at) => reversed.from[at] ?? at) }
}

function reverse(text: string): Transcoded {
  let [result, count] = ['', 0]
  const from: number[] = []
  for (let at = 0; at < text.length;) {
    const { letter, length } = letterAt(text, at)
    if (length > 1) count += 1
    for (let unit = 0; unit < letter.length; unit++) from.push(at)
    result += letter
    at += length
  }
  return { text: result, from, count }
}

/** The character that the sequence at a place encodes; one with a lost byte is U+FFFD; else the character itself. */
function letterAt(text: string, at: number): { letter: string; length: number } {
  const own = { letter: text.charAt(at), length: 1 }
  const first = westernByte(text.charCodeAt(at))
  const length = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
  if (length === 1 || first > 0xf4 || at + length > text.length) return own
  const bytes = [first]
  let hasLost = false
  for (let next = at + 1; next < at + length; next++) {
    const code = text.charCodeAt(next)
    const byte = westernByte(code)
    if (code === 0xfffd) hasLost = true
    else if (byte < 0x80 || byte > 0xbf) return own
    bytes.push(byte)
  }
  if (hasLost) return { letter: '\ufffd', length }
  const letter = Buffer.from(bytes).toString('utf8')
  return letter.includes('\ufffd') ? own : { letter, length }
}
