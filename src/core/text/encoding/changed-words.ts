import { countWords } from '../syllables'
import { replaceEth } from './vietnamese-score'

/** Of the words that differ between two readings, the share that is Vietnamese in the second one, 0–1. */
export function shareOfRepaired(text: string, read: string): number {
  const { changed } = compareWords(text, read)
  return changed.length === 0 ? 0 : changed.filter(isVietnamese).length / changed.length
}

/**
 * Whether two or more words differ, all of them common in the second reading and none in the first. Finds a few
 * Vietnamese words in a text that is mostly names and abbreviations.
 */
export function bringsCommonWords(text: string, read: string): boolean {
  const { changed, broken } = compareWords(text, read)
  return changed.length > 1 && changed.every(areCommon) && !broken.some(areCommon)
}

/**
 * Whether a second reading repairs words: all words that differ are Vietnamese in it. In addition, either some of them were
 * not Vietnamese before, or all are common now and none was before. Finds encodings that share most letters with
 * windows-1252.
 */
export function repairsWords(text: string, read: string): boolean {
  const { changed, broken } = compareWords(text, read)
  if (changed.length === 0 || !changed.every(isVietnamese)) return false
  return !broken.every(isVietnamese) || (changed.every(areCommon) && !broken.some(areCommon))
}

/** The words that differ between two readings: `changed` in the second reading, `broken` in the first. */
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
