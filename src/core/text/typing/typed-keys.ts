import { isSyllable } from '../syllables'

/** The tone marks of the keys of Telex and VNI. */
const toneKeys: Readonly<Record<string, string>> = {
  s: '\u0301',
  f: '\u0300',
  r: '\u0309',
  x: '\u0303',
  j: '\u0323',
  1: '\u0301',
  2: '\u0300',
  3: '\u0309',
  4: '\u0303',
  5: '\u0323',
}

/** The letters of pairs of keys, in Telex and in VNI. */
const pairs: readonly (readonly [keys: RegExp, letter: string])[] = [
  [/dd|d(?=.*9)/, 'đ'],
  [/uow|u(?=o[^7]*7)o|uwow|uow/, 'ươ'],
  [/aa|a(?=.*6)/, 'â'],
  [/ee|e(?=.*6)/, 'ê'],
  [/oo|o(?=.*6)/, 'ô'],
  [/aw|a(?=.*8)/, 'ă'],
  [/ow|o(?=.*7)/, 'ơ'],
  [/uw|u(?=.*7)/, 'ư'],
]

/** Maximum number of keys of one syllable. */
const maxKeys = 12

/**
 * Reads a word that was typed with the keys of Telex or VNI while no Vietnamese keyboard was on: "tieengs" and
 * "tie61ng" are "tiếng". Returns null if the keys give no Vietnamese syllable with a mark.
 */
export function readTypedKeys(word: string): string | null {
  const keys = word.toLowerCase()
  if (keys.length > maxKeys || !/^[a-z][a-z1-9]+$/.test(keys)) return null
  for (const at of tonePositions(keys)) {
    const tone = at === null ? '' : (toneKeys[keys.charAt(at)] ?? '')
    const rest = at === null ? keys : keys.slice(0, at) + keys.slice(at + 1)
    const letters = readLetters(rest)
    const read = letters === null ? null : placeTone(letters, tone)
    if (read !== null && read !== keys && /[^a-z]/.test(read)) return read
  }
  return null
}

/** Returns the indices of the keys that may be the tone, the last one first, and then null for a word without a tone. */
function tonePositions(keys: string): (number | null)[] {
  const found = [...keys].flatMap((key, at) => (at > 0 && toneKeys[key] !== undefined ? [at] : []))
  return [...found.toReversed(), null]
}

/** Replaces the keys of letters with marks. Returns null if a digit is left over. */
function readLetters(keys: string): string | null {
  let letters = keys
  for (const [pattern, letter] of pairs) letters = letters.replace(pattern, letter)
  letters = letters
    .replace(/(?<=[âêô])6|(?<=ă)8|(?<=[ơư])7|(?<=đ)9/g, '')
    .replace(/(?<=[âêô].*)6|(?<=ă.*)8|(?<=[ơư].*)7|(?<=đ.*)9/g, '')
  if (/w/.test(letters)) letters = letters.replace('w', 'ư')
  return /\d/.test(letters) ? null : letters
}

/** Puts a tone on a vowel, so that the word is a syllable. Returns null if no vowel makes it one. */
function placeTone(letters: string, tone: string): string | null {
  if (tone === '') return isSyllable(letters) ? letters : null
  // In "qu" and "gi" before another vowel, the u and the i belong to the onset.
  const onset = /^(?:qu|gi)(?=[aeiouyăâêôơư])/.test(letters) ? 2 : 0
  const vowels = [...letters].flatMap((letter, at) => (at >= onset && /[aeiouyăâêôơư]/.test(letter) ? [at] : []))
  // A vowel with a mark takes the tone, the last one first. Otherwise a closed syllable has its tone on the last vowel.
  const marked = vowels.filter((at) => /[ăâêôơư]/.test(letters.charAt(at))).toReversed()
  const isClosed = !/[aeiouyăâêôơư]$/.test(letters)
  const plain = isClosed ? vowels.toReversed() : vowels.length === 3 ? [1, 0, 2].map((at) => vowels[at] ?? 0) : vowels
  for (const at of [...marked, ...plain]) {
    const read = (letters.slice(0, at + 1) + tone + letters.slice(at + 1)).normalize('NFC')
    if (isSyllable(read)) return read
  }
  return null
}
