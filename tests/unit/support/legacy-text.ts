import { type LegacyEncoding } from '../../../src/core/text/encoding/legacy-encodings'
import { getLegacyTable } from '../../../src/core/text/encoding/legacy-tables'
import { decodeWestern } from '../../../src/core/text/encoding/windows-1252'

/** The windows-1252 byte of each punctuation mark. */
const signs: Readonly<Record<string, number>> = { '“': 0x93, '”': 0x94, '‘': 0x91, '’': 0x92, '–': 0x96, '…': 0x85 }

/** Replaces punctuation that an old encoding does not have with plain signs, in the same way as typists did. */
export function plainSigns(text: string, encoding: LegacyEncoding): string {
  const ascii = text.replace(/[²³]/g, (sign) => (sign === '²' ? '2' : '3')).replace(/[→•]/g, '-')
  if (!['viscii', 'vps', 'tcvn5712-1'].includes(encoding)) return ascii
  return ascii.replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/–/g, '-').replace(/…/g, '...')
}

/** Encodes a text in the same way as an old program. Throws an error if the encoding lacks one of the letters. */
export function encodeLegacy(text: string, encoding: LegacyEncoding): Uint8Array {
  const letters = lettersOf(encoding)
  const bytes: number[] = []
  for (const character of text.normalize('NFC')) {
    const code = character.charCodeAt(0)
    const known = letters.get(character)
    const byte = known ?? (code < 0x80 ? [code] : signs[character] === undefined ? null : [signs[character]])
    if (byte === null) throw new Error(`${encoding} has no ${character}`)
    bytes.push(...byte)
  }
  return Uint8Array.from(bytes)
}

/** Returns the text that a browser shows if it decodes the encoded bytes as windows-1252. */
export function westernOf(text: string, encoding: LegacyEncoding): string {
  return decodeWestern(encodeLegacy(text, encoding))
}

const lettersByEncoding = new Map<LegacyEncoding, Map<string, number[]>>()

/** Returns the bytes that each letter has in an encoding. */
function lettersOf(encoding: LegacyEncoding): Map<string, number[]> {
  const known = lettersByEncoding.get(encoding)
  if (known !== undefined) return known
  const { letters, marks } = getLegacyTable(encoding)
  const result = new Map<string, number[]>([...letters].map(([byte, letter]) => [letter, [byte]]))
  const vowels = [...'aăâeêioôơuưy', ...'AĂÂEÊIOÔƠUƯY']
  if (encoding === 'windows-1258') {
    const latin = [...'àâáèéêíóôùúÀÂÁÈÉÊÍÓÔÙÚ']
    for (const letter of latin) result.set(letter, [letter.charCodeAt(0)])
    const tones = [...letters].filter(([, letter]) => /^[\u0300-\u036f]$/.test(letter))
    for (const vowel of vowels)
      for (const [byte, tone] of tones) {
        const letter = (vowel + tone).normalize('NFC')
        const base = result.get(vowel) ?? [vowel.charCodeAt(0)]
        if (!result.has(letter)) result.set(letter, [...base, byte])
      }
  }
  for (const vowel of vowels)
    for (const [byte, { marks: given }] of marks) {
      const isCapital = vowel !== vowel.toLowerCase()
      if (isCapital !== byte < 0xe0) continue
      const letter = (vowel + given).normalize('NFC')
      const base = result.get(vowel) ?? [vowel.charCodeAt(0)]
      if (letter.length === 1 && !result.has(letter)) result.set(letter, [...base, byte])
    }
  lettersByEncoding.set(encoding, result)
  return result
}
