import { type LegacyEncoding, legacyEncodings } from './encodings'
import { countWords } from './syllables'
import { transcode } from './transcode'

/** How well a text reads as Vietnamese: 1 where every word is a syllable with marks, below 0 where it is garbage. */
export interface Score {
  value: number
  words: number
}

/** Longest text that is looked at. */
const longestSample = 20_000
const weightOfBad = 3

/**
 * TEXT's measure: the mean of the share of words that are Vietnamese and the share that are so with marks, less three
 * times the share of characters no text has (U+FFFD, C0, C1).
 */
export function scoreOf(text: string): Score {
  const { words, known, marked } = countWords(text)
  const bad = text.match(/[\ufffd\u0080-\u009f]|(?![\t\n\r])[\u0000-\u001f]/g)?.length ?? 0
  return {
    value: words === 0 ? 0 : (known + marked) / 2 / words - (weightOfBad * bad) / Math.max(1, text.length),
    words,
  }
}

/** A text's score as it stands, and in each Vietnamese encoding. */
export interface Scores {
  asIs: Score
  legacy: ReadonlyMap<LegacyEncoding, Score>
}

/** Scores a text (its beginning, where it is long) in these encodings, else in every one. */
export function scoreAll(text: string, encodings: readonly LegacyEncoding[] = legacyEncodings): Scores {
  const sample = text.slice(0, longestSample)
  return {
    asIs: scoreOf(sample),
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
