import { endsSentence, firstSentence } from '../../text/sentences'
import { readLabelledAuthor, splitSignature } from '../fields/signature'
import { findCaptions } from '../fields/captions'
import type { Paragraph } from './join-lines'
import { readDumpLines } from './dump-lines'

/** The parts of a text dump. A text dump is the plain text of a page. All strings are unrepaired. */
export interface DumpParts {
  title: string
  summary: string | null
  author: string | null
  /** Text of the line with the date, or null if the dump has no date. */
  date: string | null
  /** Paragraphs of the body and captions, from top to bottom. */
  content: { kind: 'paragraph' | 'caption'; text: string }[]
}

/** Maximum number of characters in a first line that is the title, unless the line ends like a sentence. */
const maxTitleLength = 300
/** Maximum number of characters in a first line that is the title and ends like a sentence. */
const maxSentenceTitleLength = 160
/**
 * Minimum and maximum number of characters in a summary without a block title or a label. Such a summary has one or two
 * sentences.
 */
const summaryLengths = { min: 60, max: 700 }
const maxMarkedSummaryLength = 1500
const summaryLabel = /^(?:tóm tắt|trích yếu|lời dẫn|sapo)\s*:\s*/iu
/** Matches the name of the newspaper at the beginning of a summary: "(Chinhphu.vn) - ", "(Dân trí) – ". */
const agency = /^\([\p{L}. ]{2,30}\)\s*[-–—]/u

/**
 * Extracts the parts of a page from its text dump. The rules fit dumps of the portal family with blocks
 * ("Block_BanTin_ViewData"):
 * 1. Remove the portal's own lines, collect the lines that contain only a date, and join wrapped lines.
 * 2. The first remaining line is the title.
 * 3. Text after the end mark, or a last line that looks like a signature, is the author.
 * 4. The text in the title's block, or directly below the title, is the summary.
 * 5. Short paragraphs with the signs of a caption are captions.
 */
export function readPageDump(text: string): DumpParts {
  const { paragraphs, dates } = readDumpLines(text) // 1
  const first = paragraphs[0]
  // A page that has only controls and dates gets its first line as the title.
  if (first === undefined) return createEmptyDump(text, dates[0]?.text ?? null)
  const { title, rest } = takeTitle(paragraphs) // 2
  const headAuthor = takeHeadAuthor(rest) ?? dates.find(({ author }) => author !== null)?.author ?? null
  const { content, author } = takeAuthor(rest) // 3
  const hasBlocks = content.some(({ block }) => block > first.block)
  const summary = isWholeTitle(first) || hasBlocks ? takeSummary(content, first) : null // 4
  const captions = findCaptions(content, { knowsPicturePlace: hasBlocks || summary !== null }) // 5
  return {
    title,
    summary,
    author: author ?? headAuthor,
    date: dates[0]?.text ?? null,
    content: content.map((paragraph, at) => ({
      kind: captions[at] === true ? 'caption' : 'paragraph',
      text: paragraph.text,
    })),
  }
}

function createEmptyDump(text: string, date: string | null): DumpParts {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim())
  const title = firstSentence(lines.find((line) => line !== '') ?? '', maxSentenceTitleLength)
  return { title, summary: null, author: null, date, content: [] }
}

// ---- 2: title

function isWholeTitle({ text }: Paragraph): boolean {
  const isSentence = endsSentence(text) && !/[?!…]["”]?$/u.test(text)
  return text.length <= (isSentence ? maxSentenceTitleLength : maxTitleLength)
}

function takeTitle(paragraphs: readonly Paragraph[]): { title: string; rest: Paragraph[] } {
  const [first, ...rest] = paragraphs
  if (first === undefined) return { title: '', rest }
  if (isWholeTitle(first)) return { title: first.text, rest }
  return { title: firstSentence(first.text, maxSentenceTitleLength), rest: [first, ...rest] }
}

// ---- 3: author

/** Takes the author from a line "Tác giả: …" right below the title. */
function takeHeadAuthor(rest: Paragraph[]): string | null {
  const at = rest.slice(0, 3).findIndex(({ text }) => readLabelledAuthor(text) !== null)
  const [line] = at >= 0 && at < rest.length - 1 ? rest.splice(at, 1) : []
  return line === undefined ? null : readLabelledAuthor(line.text)
}

function takeAuthor(paragraphs: readonly Paragraph[]): { content: Paragraph[]; author: string | null } {
  const { body, author } = splitSignature(paragraphs.map(({ text }) => text))
  return {
    content: paragraphs.slice(0, body.length).map((paragraph, at) => ({ ...paragraph, text: body[at] ?? '' })),
    author,
  }
}

// ---- 4: summary

function takeSummary(content: Paragraph[], title: Paragraph): string | null {
  const [first, second] = content
  if (first === undefined || second === undefined) return null
  const isLabelled = summaryLabel.test(first.text) || agency.test(first.text)
  const isMarked = isLabelled || (first.block === title.block && second.block > title.block)
  if (!(isMarked ? first.text.length <= maxMarkedSummaryLength : isSummaryByPlace(content, title))) return null
  content.shift()
  return first.text.replace(summaryLabel, '')
}

/**
 * Whether the place of the first paragraph shows that the paragraph is a summary. The place is used only if no block
 * title and no label announces a summary.
 */
function isSummaryByPlace(content: readonly Paragraph[], title: Paragraph): boolean {
  const [first, second] = content
  if (first === undefined || second === undefined || first === title || first.block > title.block) return false
  const { length } = first.text
  if (length > summaryLengths.max || (length < summaryLengths.min && !endsSentence(first.text))) return false
  // In a text with gaps between paragraphs, the summary is the only paragraph directly below the title.
  if (content.some(({ isAfterGap }, at) => at > 0 && isAfterGap)) return !first.isAfterGap && second.isAfterGap
  if (first.isAfterGap || length < summaryLengths.min) return false
  // In a text without gaps, the summary is before a caption, or is a sentence before at least three paragraphs.
  const captions = findCaptions(content, { knowsPicturePlace: false })
  return captions[0] !== true && (captions[1] === true || (content.length >= 4 && endsSentence(first.text)))
}
