import { isDateLine } from '../text/dates'
import { kindOfLine } from './chrome'
import { splitAuthor } from './author'

/** A paragraph of a text dump. */
interface Paragraph {
  text: string
  /** Its lines were joined, although the dump does not break its paragraphs into lines. */
  wasWrapped: boolean
  /** A blank line, a dropped line or the beginning stands before it. */
  afterGap: boolean
  /** A block title stands before it. */
  afterBlockTitle: boolean
}

/** A page dump taken apart; all strings as received, repairs come later. */
export interface DumpParts {
  title: string
  summary: string | null
  author: string | null
  /** The words of the date, null where there is none. */
  date: string | null
  /** Body and captions in their order. */
  content: { kind: 'paragraph' | 'caption'; text: string }[]
}

/** Longest line a person or a program that breaks lines would write. */
const widestWrap = 130
const longestTitle = 300
/** A first line that ends like a sentence is a title up to this length, else the text has no title. */
const longestSentenceTitle = 160
const longestSummary = 700
const longestCaption = 250

/**
 * Takes a plain-text dump of a bulletin's page apart, by what holds for its family (the seed's): 1. lines are told
 * from the portal's controls; 2. wrapped lines are joined; 3. the first line that is only a date is the date; 4. the
 * first other one is the title; 5. what directly follows it is the summary; 6. what stands last after the end mark,
 * or looks like a signature, is the author; 7. short or wrapped paragraphs before the body are captions.
 */
export function readPageDump(text: string): DumpParts {
  const { paragraphs, dates } = joinLines(text)
  const hasBlocks = paragraphs.some(({ afterBlockTitle }) => afterBlockTitle)
  const hasGaps = paragraphs.slice(1).some(({ afterGap }) => afterGap)
  const date = dates[0] ?? null

  const rest = [...paragraphs]
  const title = takeTitle(rest)
  const summary = title.isOwnLine ? takeSummary(rest, { hasBlocks, hasGaps }) : null
  const author = takeAuthor(rest)
  return {
    title: title.text,
    summary,
    author,
    date,
    content: markCaptions(rest, { hasBlocks, hasSummary: summary !== null }),
  }
}

// ---- 1, 2, 3: lines, paragraphs, dates

function joinLines(text: string): { paragraphs: Paragraph[]; dates: string[] } {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.replace(/^[\s\ufeff]+|\s+$/gu, ''))
  const wrapAt = wrapWidth(lines)
  const paragraphs: Paragraph[] = []
  const dates: string[] = []
  let afterGap = true
  let afterBlockTitle = false
  let previousLine: string | null = null
  for (const line of lines) {
    if (line === '') {
      afterGap = true
      previousLine = null
      continue
    }
    const kind = kindOfLine(line)
    const isHeaderDate = kind.kind === 'date' && paragraphs.length <= 3
    if (kind.kind === 'block-title' || kind.kind === 'chrome' || isHeaderDate) {
      if (kind.kind === 'block-title') afterBlockTitle = paragraphs.length > 0 || afterBlockTitle
      // Controls between a title and its summary do not part them; a block title does.
      if (kind.kind === 'block-title') afterGap = true
      if (isHeaderDate) dates.push(kind.text)
      previousLine = null
      continue
    }
    const last = paragraphs.at(-1)
    if (last !== undefined && previousLine !== null && continues(previousLine, line, wrapAt)) {
      last.text = `${last.text} ${line}`
      last.wasWrapped ||= wrapAt === null
    } else {
      paragraphs.push({ text: line, wasWrapped: false, afterGap, afterBlockTitle })
      afterBlockTitle = false
    }
    afterGap = false
    previousLine = line
  }
  return { paragraphs, dates }
}

/** The width at which a text is hard-wrapped, or null where each paragraph is one line. */
function wrapWidth(lines: readonly string[]): number | null {
  const lengths = lines.filter((line) => line !== '').map((line) => line.length)
  const widest = Math.max(...lengths, 0)
  const nearlyFull = lengths.filter((length) => length > widest * 0.8).length
  return lengths.length >= 6 && widest <= widestWrap && nearlyFull >= lengths.length / 2 ? widest : null
}

/** Whether a line goes on with the paragraph of the line before it. */
function continues(before: string, line: string, wrapAt: number | null): boolean {
  const firstWord = /^\S+/u.exec(line)?.[0] ?? ''
  if (wrapAt !== null && before.length + 1 + firstWord.length > wrapAt) return true
  return /^\p{Ll}/u.test(line) && !endsSentence(before)
}

function endsSentence(text: string): boolean {
  return /(?:[.!?:;…]|\.\/\.?)["”’»)\]]*$/u.test(text)
}

// ---- 4, 5: title and summary

function takeTitle(rest: Paragraph[]): { text: string; isOwnLine: boolean } {
  const first = rest[0]
  if (first === undefined) return { text: '', isOwnLine: false }
  const limit = endsSentence(first.text) && !/[?!…]["”]?$/u.test(first.text) ? longestSentenceTitle : longestTitle
  if (first.text.length > limit) return { text: firstSentence(first.text), isOwnLine: false }
  rest.shift()
  return { text: first.text, isOwnLine: true }
}

/** The first sentence, cut at a word where it is too long for a title. */
function firstSentence(text: string): string {
  const sentence = /^.*?[.!?…](?=\s+\p{Lu}|$)/su.exec(text)?.[0] ?? text
  if (sentence.length <= longestSentenceTitle) return sentence
  const cut = sentence.slice(0, longestSentenceTitle)
  return `${cut.slice(0, cut.lastIndexOf(' ') > 0 ? cut.lastIndexOf(' ') : undefined)}…`
}

function takeSummary(
  rest: Paragraph[],
  { hasBlocks, hasGaps }: { hasBlocks: boolean; hasGaps: boolean },
): string | null {
  const [first, second] = rest
  if (first === undefined || second === undefined || first.text.length > longestSummary) return null
  const isInTitlesBlock = hasBlocks && rest.some(({ afterBlockTitle }) => afterBlockTitle) && !first.afterBlockTitle
  // Without block titles: the only paragraph that stands directly under the title, in a text that has gaps.
  const isUnderTitle = !hasBlocks && hasGaps && !first.afterGap && second.afterGap
  // Without any gaps there is only its length to go by.
  const looksLikeSummary =
    !hasBlocks && !hasGaps && rest.length >= 4 && first.text.length >= 60 && endsSentence(first.text)
  const isLabelled = /^(?:tóm tắt|trích yếu|\([\p{L}. ]{2,30}\)\s*[-–—])/iu.test(first.text)
  if (!isInTitlesBlock && !isUnderTitle && !looksLikeSummary && !isLabelled) return null
  rest.shift()
  return first.text.replace(/^(?:tóm tắt|trích yếu)\s*:\s*/iu, '')
}

// ---- 6: author

function takeAuthor(rest: Paragraph[]): string | null {
  const texts = rest.map(({ text }) => text)
  const { body, author } = splitAuthor(texts)
  rest.length = Math.min(rest.length, body.length)
  const last = rest.at(-1)
  const lastText = body.at(-1)
  if (last !== undefined && lastText !== undefined) last.text = lastText
  return author
}

// ---- 7: captions

function markCaptions(
  paragraphs: readonly Paragraph[],
  { hasBlocks, hasSummary }: { hasBlocks: boolean; hasSummary: boolean },
): DumpParts['content'] {
  const firstLong = paragraphs.findIndex(({ text }) => text.length > longestCaption)
  return paragraphs.map((paragraph, at) => {
    const { text, wasWrapped } = paragraph
    const isShort = text.length <= longestCaption && at < paragraphs.length - 1
    const isNamed = /^\(?(?:ảnh|hình|ảnh minh h[oọ]ạ)(?:\s*\d+)?\s*[:.–-]|\(?ảnh\s*:\s*[^()]{1,60}\)?\.?$/iu.test(text)
    const isSentence = !/[:;]$/u.test(text) && !isDateLine(text) && /^\p{Lu}|^[“"(Ðð]/u.test(text)
    // The place of the picture is right after the block's title, before the first real paragraph.
    const isInPicturePlace = hasBlocks && hasSummary && firstLong > at && isOneSentence(text)
    const isCaption = isShort && isSentence && (wasWrapped || isNamed || isInPicturePlace)
    return { kind: isCaption ? 'caption' : 'paragraph', text }
  })
}

function isOneSentence(text: string): boolean {
  return !/[.!?…]["”]?\s+\p{Lu}/u.test(text)
}
