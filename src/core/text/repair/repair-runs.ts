import type { Repair } from '../../../shared/bulletin'
import { reverseDoubleUtf8 } from './double-utf8'
import { type LegacyEncoding, legacyEncodings } from '../encoding/legacy-encodings'
import { looksVietnamese } from './eth'
import type { FontHint } from '../encoding/legacy-fonts'
import { repairMixedEncoding } from './mixed-encoding'
import { bringsCommonWords, repairsWords, shareOfRepaired } from '../encoding/changed-words'
import {
  findBestEncoding,
  decisiveWords,
  isClear,
  isClearlyWorse,
  maxSampleLength,
  scoreAll,
} from '../encoding/vietnamese-score'
import { transcode, type Transcoded } from '../encoding/transcode'
import { unescapeTwiceEscaped } from './double-escaped'

/** A run is a stretch of a page's text in one font. */
export interface TextRun {
  text: string
  /** The facts that the name of the run's font shows. The value is null if the name shows nothing. */
  font: FontHint | null
  /** Whether the run is code or data, in which character references stay unchanged. */
  isLiteral?: boolean
}

/** The facts about a page that are known before its runs are repaired. */
export interface RunContext {
  /**
   * The encoding that the user chose. The value is null if the encoding is detected from the text. `utf-8` means that
   * no run is in an old encoding.
   */
  chosen: LegacyEncoding | 'utf-8' | null
  /** The Vietnamese encoding that the page declares for its bytes. The value is null if the page declares none. */
  declared: LegacyEncoding | null
  /** The encoding with the best score for the whole file, if the page declares none. */
  guessed?: LegacyEncoding | null
  /**
   * Whether the bytes of the page were not Unicode. In such a page, letters that windows-1252 lacks can only come from
   * character references.
   */
  isBytes: boolean
}

/** A repaired run with its text, the origin of each unit of the text, and the kind and rule of the repair. */
export interface RepairedRun extends Transcoded {
  kind: Repair['kind']
  rule: string
}

/**
 * The minimum score of a run without other evidence. In addition, every word that decoding changes must become
 * Vietnamese.
 */
const minScoreOfRepairedRun = 0.6
/**
 * The minimum share of words that must become Vietnamese, among the words that decoding changes in the runs of a page.
 */
const minRepairedShare = 0.75
/**
 * The number of letters at the start of a page that are tried in every encoding. The rest of the page is tried only in
 * the expected encoding.
 */
const maxScoredLength = 200_000
/**
 * The bonus for the score of an encoding. An encoding gets the bonus if the font, the declaration of the page or the
 * other runs suggest that encoding.
 */
const bonus = { font: 0.3, declared: 0.2, page: 0.1 }
/**
 * Matches accented letters and signs of windows-1252. Every run in an old encoding contains at least one such
 * character.
 */
const high =
  /[\u0080-\u009f\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122\uf780-\uf7ff]|(?![\t\n\r])[\u0001-\u001f]/

/**
 * Repairs each run of a page separately (docs/text.md). First unescapes text that was escaped twice. Then reverses
 * double UTF-8 if the reversal improves the score. Then decodes the run in the encoding of its font if the text
 * confirms that encoding, or else in the encoding with the best score. Short runs also use evidence from the other runs
 * of the page. Returns null for each run that stays unchanged.
 */
export function repairRuns(received: readonly TextRun[], context: RunContext): (RepairedRun | null)[] {
  const opened = received.map(({ text, isLiteral }) => (isLiteral === true ? null : unescapeTwiceEscaped(text)))
  const runs = received.map((run, at) => ({ ...run, text: opened[at]?.text ?? run.text }))
  const mayBeDoubled = !context.isBytes && (context.chosen === null || context.chosen === 'utf-8')
  const sure = runs.map(({ text }) => (mayBeDoubled ? reverseDoubleUtf8(text) : null))
  const isPageDoubled = sure.some((run) => run !== null)
  const doubled = isPageDoubled
    ? runs.map(({ text }, at) => sure[at] ?? reverseDoubleUtf8(text, { isPageDoubled }))
    : sure
  const rest = runs.map((run, at) => ({ ...run, text: doubled[at]?.text ?? run.text }))
  const candidates = rest.map((run) => ({ ...run, isOpen: isOpen(run, context) }))
  const page = findPageEncoding(candidates, context)
  const staleFonts = findStaleFonts(candidates)
  const isLeft = !context.isBytes && context.chosen === null
  // Single words are repaired only if correct words show that the page is Vietnamese. In another language, odd words
  // are normal.
  const mayHoldOddWords = isLeft && candidates.some(({ text }) => looksVietnamese(text))
  let scored = 0
  return candidates.map((run, at) => {
    scored += run.isOpen ? run.text.length : 0
    const [entities, reversed] = [opened[at] ?? null, doubled[at] ?? null]
    const facts = { context, page, staleFonts, isFar: scored > maxScoredLength }
    return chainRepairs([
      entities === null ? null : { ...entities, kind: 'entity', rule: 'escaped-twice' },
      reversed === null ? null : { ...reversed, kind: 'double-utf-8', rule: 'reverse' },
      repairEncoding(run, facts) ?? (mayHoldOddWords && !facts.isFar ? repairOddWords(run, page) : null),
    ])
  })
}

/** Decodes a run in the encoding that {@link decide} finds. Returns null if the run stays unchanged. */
function repairEncoding(run: TextRun & { isOpen: boolean }, facts: PageFacts): RepairedRun | null {
  const decided = run.isOpen ? decide(run, facts) : null
  if (decided === null) return null
  const { encoding, rule } = decided
  const result = transcode(run.text, encoding, { capitals: run.font?.encoding === encoding && run.font.capitals })
  return result.count === 0 ? null : { ...result, kind: encoding, rule }
}

/** Joins repairs that were made one after another. The result has the kind and the rule of the last repair. */
function chainRepairs(steps: readonly (RepairedRun | null)[]): RepairedRun | null {
  const [first, ...others] = steps.filter((step) => step !== null)
  if (first === undefined) return null
  return others.reduce((before, step) => ({ ...step, from: step.from.map((at) => before.from[at] ?? at) }), first)
}

/** Matches a power, a unit with a power, a number sign, or signs without letters: "r²", "km²", "N°5", "½", "·". */
const formulaWord = /(?<!\S)(?:[^\p{L}\s]*\p{L}{1,3}[¹²³°º]+[^\p{L}\s]*|[^\p{L}\s]+)(?!\S)/gu

/**
 * Tells whether every odd sign of a text stands in a power or without a letter in its word ("P = v³ · r²"). Without
 * other evidence, such signs are not letters of an old encoding.
 */
function isFormula(text: string): boolean {
  return !high.test(text.replace(formulaWord, ''))
}

/** Repairs single words in an old encoding, among correct words or alone in a run. */
function repairOddWords({ text }: TextRun, page: LegacyEncoding | null): RepairedRun | null {
  if (!high.test(text) || (page === null && isFormula(text))) return null
  const repaired = repairMixedEncoding(text, page)
  return repaired === null ? null : { ...repaired, kind: repaired.encoding, rule: 'words' }
}

/**
 * A pattern like {@link high}, but without typographic signs, which occur in all languages. A run that has only such
 * signs is not in an old encoding.
 */
const highLetter = new RegExp(high.source.replace('\\u2013-\\u2026', '\\u201a\\u201e\\u2020\\u2021'))

/**
 * Tells whether a run can be in an old encoding. A run with letters that exist only in Unicode is not in an old
 * encoding. The exception is windows-1258, which lacks most letters with tones. Pages write those letters as character
 * references.
 */
function isOpen({ text, font }: TextRun, { isBytes, chosen, declared }: RunContext): boolean {
  if (chosen === 'utf-8') return false
  const isHigh = (isBytes || font !== null || chosen !== null ? high : highLetter).test(text)
  if (!isHigh) return font?.capitals === true && /[a-z]/.test(text)
  if (!looksVietnamese(text)) return true
  return isBytes && (chosen ?? declared ?? 'windows-1258') === 'windows-1258'
}

/**
 * Finds the encoding of the runs whose font gives no evidence. Returns null if these runs are not Vietnamese or are
 * already correct.
 */
function findPageEncoding(
  runs: readonly (TextRun & { isOpen: boolean })[],
  context: RunContext,
): LegacyEncoding | null {
  if (context.chosen === 'utf-8') return null
  if (context.chosen !== null) return context.chosen
  const text = runs
    .filter(({ isOpen: open, font, text: own }) => open && font === null && !looksVietnamese(own) && !isFormula(own))
    .map((run) => run.text)
    .join('\n')
  if (text === '') return context.declared ?? context.guessed ?? null
  const scores = scoreAll(text)
  const { encoding, score } = findBestEncoding(scores, { encoding: context.declared, bonus: bonus.declared })
  if (encoding === context.declared) return encoding
  const isShown = isClear(scores, score.value, score.words) && repairsMostWords(text, encoding)
  return isShown ? encoding : context.declared
}

/**
 * Tells whether most words that the encoding changes become Vietnamese. On a clean page, a few names, units and signs
 * may score higher in another encoding by chance.
 */
function repairsMostWords(text: string, encoding: LegacyEncoding): boolean {
  const sample = text.slice(0, maxSampleLength)
  return shareOfRepaired(sample, transcode(sample, encoding).text) >= minRepairedShare
}

/** Finds the encodings whose fonts a page still names although most of the text in these fonts is Unicode. */
function findStaleFonts(runs: readonly (TextRun & { isOpen: boolean })[]): ReadonlySet<LegacyEncoding> {
  const weights = new Map<LegacyEncoding, number>()
  for (const { text, font, isOpen: open } of runs) {
    if (font === null || !(open || looksVietnamese(text))) continue
    weights.set(font.encoding, (weights.get(font.encoding) ?? 0) + (open ? -text.length : text.length))
  }
  return new Set(legacyEncodings.filter((encoding) => (weights.get(encoding) ?? 0) > 0))
}

interface PageFacts {
  context: RunContext
  page: LegacyEncoding | null
  staleFonts: ReadonlySet<string>
  /** Whether the run is beyond {@link maxScoredLength} and is tried only in the expected encoding. */
  isFar: boolean
}

interface Decision {
  encoding: LegacyEncoding
  rule: string
}

function decide({ text, font }: TextRun, { context, page, staleFonts, isFar }: PageFacts): Decision | null {
  if (context.chosen === 'utf-8') return null
  if (context.chosen !== null) {
    const encoding = context.chosen
    return font !== null && font.encoding !== encoding ? null : { encoding, rule: 'chosen' }
  }
  const named = font === null || staleFonts.has(font.encoding) ? null : font.encoding
  const favoured =
    named !== null
      ? { encoding: named, bonus: bonus.font }
      : { encoding: page, bonus: page !== null && page === context.declared ? bonus.declared : bonus.page }
  const scores = scoreAll(text, getCandidates(text, isFar ? favoured.encoding : null))
  const { encoding, score } = findBestEncoding(scores, favoured)
  const rule = encoding === named ? 'font' : encoding === context.declared ? 'declared' : 'content'
  const own = scores.asIs
  // If there is other evidence for the encoding, the score must only not be clearly lower.
  if (
    encoding === favoured.encoding &&
    score.value + favoured.bonus >= own.value &&
    !isClearlyWorse(score.value, own.value)
  )
    return { encoding, rule }
  if (isFormula(text)) return null
  const read = transcode(text, encoding).text
  const isShown =
    isClear(scores, score.value, score.words) ||
    (score.words >= decisiveWords && score.value >= minScoreOfRepairedRun && repairsWords(text, read)) ||
    bringsCommonWords(text, read)
  return isShown ? { encoding, rule: 'content' } : null
}

function getCandidates(text: string, expected: LegacyEncoding | null): readonly LegacyEncoding[] {
  if (looksVietnamese(text)) return ['windows-1258']
  return expected === null ? legacyEncodings : [expected]
}
