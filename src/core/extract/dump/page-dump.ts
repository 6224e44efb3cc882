import { endsSentence, firstSentence } from '../../text/sentences'
import { readLabelledAuthor, splitSignature } from '../fields/author'
import { findCaptions } from '../fields/captions'
import type { Paragraph } from './join-lines'
import { readDumpLines } from './dump-lines'

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

/** A first line is a title up to this length; one that ends like a sentence must be shorter. */
const maxTitleLength = 300
const maxSentenceTitleLength = 160
/** A summary without a block or a label of its own: a sentence or two. */
const summaryLengths = { min: 60, max: 700 }
const maxMarkedSummaryLength = 1500
const summaryLabel = /^(?:tóm tắt|trích yếu|lời dẫn|sapo)\s*:\s*/iu
/** "(Chinhphu.vn) - ", "(Dân trí) – ": how newspapers begin a summary. */
const agency = /^\([\p{L}. ]{2,30}\)\s*[-–—]/u

/**
 * Takes a plain-text dump of a bulletin's page apart, by what holds for its family (the seed's): 1. the portal's own
 * lines go, lines that say only when are dates, wrapped lines are joined; 2. the first line left is the title; 3. what
 * stands last after the end mark, or looks like a signature, is the author; 4. short paragraphs that bear the signs of
 * a caption are captions; 5. what shares the title's block, or stands directly under it, is the summary.
 */
export function readPageDump(text: string): DumpParts {
  const { paragraphs, dates } = readDumpLines(text) // 1
  const first = paragraphs[0]
  // Nothing but controls and dates: they are all the page says.
  if (first === undefined) return createEmptyDump(text, dates[0]?.text ?? null)
  const { title, rest } = takeTitle(paragraphs) // 2
  const headAuthor = takeHeadAuthor(rest) ?? dates.find(({ author }) => author !== null)?.author ?? null
  const { content, author } = takeAuthor(rest) // 3
  const hasBlocks = content.some(({ block }) => block > first.block)
  const summary = isWholeTitle(first) || hasBlocks ? takeSummary(content, first) : null // 4, 5
  const captions = findCaptions(content, { knowsPicturePlace: hasBlocks || summary !== null })
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

/** "Tác giả: …" under the title. */
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

// ---- 5: summary

function takeSummary(content: Paragraph[], title: Paragraph): string | null {
  const [first, second] = content
  if (first === undefined || second === undefined) return null
  const isLabelled = summaryLabel.test(first.text) || agency.test(first.text)
  const isMarked = isLabelled || (first.block === title.block && second.block > title.block)
  if (!(isMarked ? first.text.length <= maxMarkedSummaryLength : isSummaryByPlace(content, title))) return null
  content.shift()
  return first.text.replace(summaryLabel, '')
}

/** Without blocks or labels a summary is known by where it stands. */
function isSummaryByPlace(content: readonly Paragraph[], title: Paragraph): boolean {
  const [first, second] = content
  if (first === undefined || second === undefined || first === title || first.block > title.block) return false
  const { length } = first.text
  if (length > summaryLengths.max || (length < summaryLengths.min && !endsSentence(first.text))) return false
  // The only paragraph directly under the title in a text that parts its paragraphs.
  if (content.some(({ isAfterGap: isAfterGap }, at) => at > 0 && isAfterGap))
    return !first.isAfterGap && second.isAfterGap
  if (first.isAfterGap || length < summaryLengths.min) return false
  // Nothing is parted from anything: summary, picture, body; or a sentence or two before at least three paragraphs.
  const captions = findCaptions(content, { knowsPicturePlace: false })
  return captions[0] !== true && (captions[1] === true || (content.length >= 4 && endsSentence(first.text)))
}
