import { countWords } from '../syllables'
import { replaceEth } from './vietnamese-score'

/** Returns the share of Vietnamese words among the words that a second decoding changes, from 0 to 1. */
export function shareOfRepaired(text: string, read: string): number {
  const { changed } = compareWords(text, read)
  return changed.length === 0 ? 0 : changed.filter(isVietnamese).length / changed.length
}

/**
 * Tells whether a second decoding brings common words. At least two words must differ between the two decodings. All
 * these words must be common syllables in the second decoding, and none of them may be common in the first. This test
 * detects a few Vietnamese words in a text that is mostly names and abbreviations.
 */
export function bringsCommonWords(text: string, read: string): boolean {
  const { changed, broken } = compareWords(text, read)
  return changed.length > 1 && changed.every(areCommon) && !broken.some(areCommon)
}

/**
 * Tells whether a second decoding repairs words. All words that differ must be Vietnamese in the second decoding. In
 * addition, one of two conditions must hold. The first condition is that some of these words are not Vietnamese in the
 * first decoding. The second condition is that all words that differ are common in the second decoding, and none of
 * them is common in the first. This test detects encodings that share most letters with windows-1252.
 */
export function repairsWords(text: string, read: string): boolean {
  const { changed, broken } = compareWords(text, read)
  if (changed.length === 0 || !changed.every(isVietnamese)) return false
  return !broken.every(isVietnamese) || (changed.every(areCommon) && !broken.some(areCommon))
}

/**
 * Returns the words that differ between two decodings. `changed` contains the words of the second decoding, and
 * `broken` contains the words of the first decoding.
 */
function compareWords(text: string, read: string): { changed: string[]; broken: string[] } {
  const [before, after] = [replaceEth(text).split(/\s+/u), read.split(/\s+/u)]
  return {
    changed: after.filter((word, at) => word !== before[at]),
    broken: before.filter((word, at) => word !== after[at]),
  }
}

function areCommon(token: string): boolean {
  const { words, common } = countWords(token)
  return words > 0 && words === common
}

function isVietnamese(token: string): boolean {
  const { words, known } = countWords(token)
  return words > 0 && words === known
}
