import { foldWord } from '../../../../shared/text/word-keys'
import { type TextBlock, textBlocks } from './text-blocks'

/** The comparison key of a text. */
interface Keyed {
  key: string
  /**
   * The offset in the text for each UTF-16 unit of the key and for the key's end. The value is null if each offset in
   * the key equals the offset in the text.
   */
  offsets: Uint32Array | null
}

/** Returns the key of one letter with its combining marks. */
type LetterKey = (letter: string) => string

/** Matches a letter with its combining marks. */
const letters = /\P{M}\p{M}*|\p{M}+/gu
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g

/** Returns the letter in NFC and lower case, with đ in place of ð (Eth) and without invisible characters. */
function exactLetter(letter: string): string {
  return letter.normalize('NFC').toLowerCase().replace(/ð/g, 'đ').replace(invisible, '')
}

function toKey(text: string, keyOf: LetterKey): Keyed {
  const key = toKeyByUnits(text, keyOf)
  return key === null ? toKeyByLetters(text, keyOf) : { key, offsets: null }
}

/** For each kind of key, the key of each UTF-16 unit, or {@link isUnknown} or {@link isSpecial}. */
const unitTables = new Map<LetterKey, Uint16Array>()
const isUnknown = 0
/** Marks a unit whose key is not one unit. */
const isSpecial = 1
const space = 32
/** The number of units that become a string at once. */
const chunkLength = 4096

/**
 * Returns the key of a text whose units are single letters with keys of one unit, as nearly all texts are. Returns null
 * for any other text. This takes a tenth of the time of {@link toKeyByLetters}.
 */
function toKeyByUnits(text: string, keyOf: LetterKey): string | null {
  const table = unitTables.get(keyOf) ?? new Uint16Array(0x10000)
  unitTables.set(keyOf, table)
  const units = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    let key = table[code] ?? isSpecial
    if (key === isUnknown) key = table[code] = findUnitKey(text.charAt(at), keyOf)
    if (key === isSpecial || (key === space && at > 0 && units[at - 1] === space)) return null
    units[at] = key
  }
  if (units.length <= chunkLength) return String.fromCharCode(...units)
  let key = ''
  for (let at = 0; at < units.length; at += chunkLength)
    key += String.fromCharCode(...units.subarray(at, at + chunkLength))
  return key
}

function findUnitKey(unit: string, keyOf: LetterKey): number {
  if (/\s/u.test(unit)) return space
  const key = keyOf(unit)
  // A combining mark belongs to the letter before it, and half of a pair belongs to the other half.
  return /[\p{M}\ud800-\udfff]/u.test(unit) || key.length !== 1 ? isSpecial : key.charCodeAt(0)
}

function toKeyByLetters(text: string, keyOf: LetterKey): Keyed {
  const offsets: number[] = []
  let [key, at, endsWithSpace] = ['', 0, false]
  for (const letter of text.match(letters) ?? []) {
    const isSpace = /\s/u.test(letter)
    const part = isSpace ? (endsWithSpace ? '' : ' ') : keyOf(letter)
    for (let unit = 0; unit < part.length; unit++) offsets.push(at)
    if (part !== '') endsWithSpace = isSpace
    key += part
    at += letter.length
  }
  offsets.push(at)
  return { key, offsets: Uint32Array.from(offsets) }
}

/** Finds the ranges of a text that match a key, without overlaps. */
function findKey({ key, offsets }: Keyed, wanted: string): [from: number, to: number][] {
  const found: [number, number][] = []
  const offsetOf = (at: number): number => offsets?.[at] ?? at
  for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + wanted.length))
    found.push([offsetOf(at), offsetOf(at + wanted.length)])
  return found
}

/** The keys of the blocks of each article, so that only the first letter that the user types needs time. */
const blockKeys = new WeakMap<readonly TextBlock[], Map<LetterKey, readonly Keyed[]>>()

function keysOf(blocks: readonly TextBlock[], keyOf: LetterKey): readonly Keyed[] {
  const known = blockKeys.get(blocks) ?? new Map<LetterKey, readonly Keyed[]>()
  blockKeys.set(blocks, known)
  const keys = known.get(keyOf) ?? blocks.map(({ text }) => toKey(text, keyOf))
  known.set(keyOf, keys)
  return keys
}

/** Prepares an article for {@link findText}, which is then quick even in a long article. */
export function prepareFind(article: HTMLElement): void {
  for (const keyOf of [foldWord, exactLetter]) keysOf(textBlocks(article), keyOf)
}

/**
 * Finds the matches of a typed text in an article, in reading order. The typed text may match a part of a word, and
 * letter case does not matter. If the typed text has Vietnamese marks and the article contains that spelling, only that
 * spelling matches. Otherwise the marks do not matter.
 */
export function findText(article: HTMLElement, typed: string): StaticRange[] {
  const blocks = textBlocks(article)
  const find = (keyOf: LetterKey): StaticRange[] => {
    const wanted = toKey(typed.trim(), keyOf).key
    if (wanted === '') return []
    const keys = keysOf(blocks, keyOf)
    return blocks.flatMap((block, at) => {
      const keyed = keys[at]
      if (keyed === undefined || !keyed.key.includes(wanted)) return []
      return findKey(keyed, wanted).flatMap(([from, to]) => block.range(from, to) ?? [])
    })
  }
  const isSpelled = toKey(typed, foldWord).key !== toKey(typed, exactLetter).key
  const spelled = isSpelled ? find(exactLetter) : []
  return spelled.length > 0 ? spelled : find(foldWord)
}

/**
 * Returns the blocks that contain each of the given words, as a part of a word and independent of marks. The words must
 * be folded.
 */
export function blocksWithWords(article: HTMLElement, words: readonly string[]): readonly TextBlock[] {
  const blocks = textBlocks(article)
  const keys = keysOf(blocks, foldWord)
  return blocks.filter((_, at) => words.some((word) => keys[at]?.key.includes(word)))
}
