import { type LegacyEncoding, legacyEncodings } from './legacy-encodings'
import { countWords } from '../syllables'
import { transcode } from './transcode'

/** How well a text reads as Vietnamese: 1 where every word is a syllable with marks, below 0 where it is garbage. */
export interface Score {
  value: number
  words: number
}

/** Longest text that is looked at. */
export const maxSampleLength = 20_000
const weightOfBad = 3
const weightOfCommon = 0.2

/**
 * TEXT's measure: the mean of the share of words that are Vietnamese and the share that are so with marks, less three
 * times the share of characters no text has (U+FFFD, C0, C1). Common syllables weigh a little more: they tell apart what
 * is possible in two encodings.
 */
export function scoreOf(text: string): Score {
  const { words, known, marked, common } = countWords(text)
  const bad = text.match(/[\ufffd\u0080-\u009f]|(?![\t\n\r])[\u0000-\u001f]/g)?.length ?? 0
  const share = words === 0 ? 0 : ((known + marked) / 2 + common * weightOfCommon) / words
  return { value: share - (weightOfBad * bad) / Math.max(1, text.length), words }
}

/** Share of the words that differ between two readings that are Vietnamese in the second, 0–1. */
export function shareOfRepaired(text: string, read: string): number {
  const { changed } = compare(text, read)
  return changed.length === 0 ? 0 : changed.filter(isVietnamese).length / changed.length
}

/**
 * Whether two or more words differ, all of them common then and none before: a few Vietnamese words in a text that is
 * mostly names and abbreviations.
 */
export function bringsCommonWords(text: string, read: string): boolean {
  const { changed, broken } = compare(text, read)
  return changed.length > 1 && changed.every(areCommon) && !broken.some(areCommon)
}

/**
 * Whether every word that differs between a text and the same text read otherwise is Vietnamese then, and not all were
 * before, or all are common then and none was: what an encoding shows that shares most of its letters with windows-1252.
 */
export function repairsWords(text: string, read: string): boolean {
  const { changed, broken } = compare(text, read)
  if (changed.length === 0 || !changed.every(isVietnamese)) return false
  return !broken.every(isVietnamese) || (changed.every(areCommon) && !broken.some(areCommon))
}

/** The words that differ between two readings: as they are read, and as they were. */
function compare(text: string, read: string): { changed: string[]; broken: string[] } {
  const [before, after] = [withRightEth(text).split(/\s+/u), read.split(/\s+/u)]
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

function withRightEth(text: string): string {
  return text.replaceAll('Ð', 'Đ').replaceAll('ð', 'đ')
}

/** A text's score as it stands, and in each Vietnamese encoding. */
export interface Scores {
  asIs: Score
  legacy: ReadonlyMap<LegacyEncoding, Score>
}

/** Scores a text (its beginning, where it is long) in these encodings, else in every one. */
export function scoreAll(text: string, encodings: readonly LegacyEncoding[] = legacyEncodings): Scores {
  const sample = text.slice(0, maxSampleLength)
  return {
    // Ð for Đ is a repair of its own and speaks for no encoding (TEXT).
    asIs: scoreOf(withRightEth(sample)),
    legacy: new Map(encodings.map((encoding) => [encoding, scoreOf(transcode(sample, encoding).text)])),
  }
}

/** The best-scored encoding; of equals the one first in the list of encodings, the commoner. `favoured` gets a bonus. */
export function bestOf(
  { legacy }: Scores,
  favoured: { encoding: LegacyEncoding | null; bonus: number } = { encoding: null, bonus: 0 },
): { encoding: LegacyEncoding; score: Score } {
  let best: { encoding: LegacyEncoding; score: Score } | null = null
  let highest = Number.NEGATIVE_INFINITY
  for (const [encoding, score] of legacy) {
    const value = score.value + (encoding === favoured.encoding ? favoured.bonus : 0)
    if (value > highest) [best, highest] = [{ encoding, score }, value]
  }
  return best ?? { encoding: 'tcvn3', score: { value: 0, words: 0 } }
}
