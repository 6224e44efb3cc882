import { type LegacyEncoding, legacyEncodings } from './legacy-encodings'
import { countWords } from '../syllables'
import { transcode } from './transcode'

/**
 * The score of a text as Vietnamese. The score is 1 if every word is a syllable with marks, and below 0 if the text is
 * unreadable.
 */
export interface Score {
  value: number
  words: number
}

/** The maximum length of the sample that is scored, in characters. */
export const maxSampleLength = 20_000
const weightOfBad = 3
const weightOfCommon = 0.2

/**
 * Scores a text (docs/text.md). The score is the mean of two shares, less a deduction. The first share is the share of
 * Vietnamese words, and the second is the share of Vietnamese words with marks. The deduction is three times the share
 * of characters that do not belong in a text (U+FFFD, C0, C1). Common syllables count more than other words, because
 * they decide between two encodings if all words are possible syllables in both.
 */
export function scoreText(text: string): Score {
  const { words, known, marked, common } = countWords(text)
  const bad = text.match(/[\ufffd\u0080-\u009f]|(?![\t\n\r])[\u0000-\u001f]/g)?.length ?? 0
  const share = words === 0 ? 0 : ((known + marked) / 2 + common * weightOfCommon) / words
  return { value: share - (weightOfBad * bad) / Math.max(1, text.length), words }
}

/** The score of an unchanged text, and the score of the text in each Vietnamese encoding. */
export interface Scores {
  asIs: Score
  legacy: ReadonlyMap<LegacyEncoding, Score>
}

/**
 * Scores a text in the given encodings, or in all encodings. Only the first {@link maxSampleLength} characters are
 * scored.
 */
export function scoreAll(text: string, encodings: readonly LegacyEncoding[] = legacyEncodings): Scores {
  const sample = text.slice(0, maxSampleLength)
  return {
    // The text is scored with Đ in place of Ð, because Ð is no evidence for an encoding. Its repair is a separate rule.
    asIs: scoreText(replaceEth(sample)),
    legacy: new Map(encodings.map((encoding) => [encoding, scoreText(transcode(sample, encoding).text)])),
  }
}

/**
 * Returns the encoding with the best score. If several encodings have the same score, returns the first of these
 * encodings. The score of the `favoured` encoding gets a bonus.
 */
export function findBestEncoding(
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

/**
 * The minimum number of words of a text that needs no other evidence. In tests, the decision was always right for eight
 * words or more. A text of two words may consist of abbreviations or units.
 */
export const decisiveWords = 6
/** The minimum number of words for a decision from the score alone. A shorter text needs other evidence. */
const minWords = 3
/**
 * The minimum score of a text that is Vietnamese in an encoding, and the minimum difference from the score of the
 * unchanged text.
 */
const clearLimits = {
  minScore: 0.5,
  minGain: 0.15,
  /** The minimum score and the minimum difference for a text of fewer than {@link decisiveWords} words. */
  minShortScore: 0.7,
  minShortGain: 0.3,
}

/**
 * Tells whether the score `value` shows that a text of this many words is Vietnamese. The score must also be clearly
 * higher than the score of the unchanged text.
 */
export function isClear({ asIs }: Scores, value: number, words: number): boolean {
  if (words < minWords) return false
  const isLong = words >= decisiveWords
  const [minScore, minGain] = isLong
    ? [clearLimits.minScore, clearLimits.minGain]
    : [clearLimits.minShortScore, clearLimits.minShortGain]
  return value >= minScore && value >= asIs.value + minGain
}

/** Tells whether a score is clearly lower than the score of the unchanged text. */
export function isClearlyWorse(value: number, asIs: number): boolean {
  return value < asIs - clearLimits.minGain
}

/**
 * Finds the encoding in which a text that is not Unicode is Vietnamese. Returns this encoding and the text's score in
 * this encoding. Returns null if the text is not Vietnamese in any encoding.
 */
export function detectLegacyEncoding(text: string): { encoding: LegacyEncoding; value: number } | null {
  const scores = scoreAll(text)
  const { encoding, score } = findBestEncoding(scores)
  if (!/[a-z]{2}/i.test(text)) return null
  const isVietnamese =
    isClear(scores, score.value, score.words) || (score.words > 1 && score.value >= clearLimits.minShortScore)
  return isVietnamese ? { encoding, value: score.value } : null
}

/** Replaces Ð and ð with Đ and đ, which look the same. */
export function replaceEth(text: string): string {
  return text.replaceAll('Ð', 'Đ').replaceAll('ð', 'đ')
}
