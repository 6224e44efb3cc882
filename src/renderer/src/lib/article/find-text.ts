import { foldWord } from '../../../../shared/text/word-keys'
import { textBlocks } from './text-blocks'

/** A text letter by letter as it is compared, with the place each compared letter comes from. */
interface Keyed {
  key: string
  /** Where each unit of the key stands in the text; one more than the key has, for its end. */
  places: number[]
}

/** A letter with the marks that are written apart from it. */
const letters = /\P{M}\p{M}*|\p{M}+/gu
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g

/** As spelled, but for upper case, the way of writing marks, Eth for Đ and signs nobody sees. */
function exactLetter(letter: string): string {
  return letter.normalize('NFC').toLowerCase().replace(/ð/g, 'đ').replace(invisible, '')
}

function keyed(text: string, keyOf: (letter: string) => string): Keyed {
  const places: number[] = []
  let key = ''
  let at = 0
  for (const letter of text.match(letters) ?? []) {
    const part = /\s/u.test(letter) ? (key.endsWith(' ') ? '' : ' ') : keyOf(letter)
    for (let unit = 0; unit < part.length; unit++) places.push(at)
    key += part
    at += letter.length
  }
  return { key, places: [...places, at] }
}

/** Stretches of a text that hold a wanted key, without overlaps. */
function stretches(text: string, wanted: string, keyOf: (letter: string) => string): [from: number, to: number][] {
  const { key, places } = keyed(text, keyOf)
  const found: [number, number][] = []
  for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + wanted.length))
    found.push([places[at] ?? 0, places[at + wanted.length] ?? text.length])
  return found
}

/**
 * Where an article holds what was typed, in reading order: any part of a word, in upper or lower case. Typed with
 * marks it is found as spelled where the article has it so, else, as without marks, in every spelling.
 */
export function findText(article: HTMLElement, typed: string): Range[] {
  const blocks = textBlocks(article)
  const find = (keyOf: (letter: string) => string): Range[] => {
    const wanted = keyed(typed.trim(), keyOf).key
    if (wanted === '') return []
    return blocks.flatMap((block) =>
      stretches(block.text, wanted, keyOf).flatMap(([from, to]) => block.range(from, to) ?? []),
    )
  }
  const isSpelled = keyed(typed, foldWord).key !== keyed(typed, exactLetter).key
  const spelled = isSpelled ? find(exactLetter) : []
  return spelled.length > 0 ? spelled : find(foldWord)
}
