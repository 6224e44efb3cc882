import { foldWord } from '../../../../shared/text/word-keys'
import { textBlocks } from './text-blocks'

/** The comparison key of a text, and the offsets that lead from the key back to the text. */
interface Keyed {
  key: string
  /** The offset in the text for each UTF-16 unit of the key and for the key's end. */
  offsets: number[]
}

/** Matches a letter with its combining marks. */
const letters = /\P{M}\p{M}*|\p{M}+/gu
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g

/** Returns the letter in NFC and lower case, with đ in place of ð (Eth) and without invisible characters. */
function exactLetter(letter: string): string {
  return letter.normalize('NFC').toLowerCase().replace(/ð/g, 'đ').replace(invisible, '')
}

function toKey(text: string, keyOf: (letter: string) => string): Keyed {
  const offsets: number[] = []
  let key = ''
  let at = 0
  for (const letter of text.match(letters) ?? []) {
    const part = /\s/u.test(letter) ? (key.endsWith(' ') ? '' : ' ') : keyOf(letter)
    for (let unit = 0; unit < part.length; unit++) offsets.push(at)
    key += part
    at += letter.length
  }
  return { key, offsets: [...offsets, at] }
}

/** Finds the ranges of a text that match a key, without overlaps. */
function findKey(text: string, wanted: string, keyOf: (letter: string) => string): [from: number, to: number][] {
  const { key, offsets } = toKey(text, keyOf)
  const found: [number, number][] = []
  for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + wanted.length))
    found.push([offsets[at] ?? 0, offsets[at + wanted.length] ?? text.length])
  return found
}

/**
 * Finds the matches of a typed text in an article, in reading order. The typed text may match a part of a word, and
 * letter case does not matter. If the typed text has Vietnamese marks and the article contains that spelling, only that
 * spelling matches. Otherwise the marks do not matter.
 */
export function findText(article: HTMLElement, typed: string): Range[] {
  const blocks = textBlocks(article)
  const find = (keyOf: (letter: string) => string): Range[] => {
    const wanted = toKey(typed.trim(), keyOf).key
    if (wanted === '') return []
    return blocks.flatMap((block) =>
      findKey(block.text, wanted, keyOf).flatMap(([from, to]) => block.range(from, to) ?? []),
    )
  }
  const isSpelled = toKey(typed, foldWord).key !== toKey(typed, exactLetter).key
  const spelled = isSpelled ? find(exactLetter) : []
  return spelled.length > 0 ? spelled : find(foldWord)
}
