import { endsSentence } from '../../text/sentences'
import { classifyLine, type LineKind } from '../line-kind'
import { joinLines, type Line, type Paragraph } from './join-lines'

/** The content of a text dump (the plain text of a page), without the lines that the portal adds. */
export interface DumpLines {
  paragraphs: Paragraph[]
  /** Lines that contain only a date, from top to bottom. `author` is the author on the same line, or null. */
  dates: { text: string; author: string | null }[]
}

/** The kinds of lines that are removed from a dump. */
const droppedKinds = new Set<LineKind['kind']>(['block-title', 'control', 'related'])
/** Maximum number of characters in a line that may be the title of another article. */
const maxRelatedTitleLength = 250
/**
 * Maximum number of paragraphs in the head of a dump, which holds title, summary and caption. Only a date in the head
 * or below the body is the date of the bulletin.
 */
const maxHeadParagraphs = 3
/** Maximum number of lines in the head of a dump. */
const maxHeadLines = 30

/** Splits a dump into lines, removes the portal's lines, and joins the lines of each paragraph. */
export function readDumpLines(text: string): DumpLines {
  const dates: DumpLines['dates'] = []
  const lines: Line[] = []
  /**
   * Index of the first line of a list of other articles. Null if the dump has no such list, or if a line as long as a
   * paragraph stands below the list.
   */
  let relatedAt: number | null = null
  let lateDate: { at: number; date: DumpLines['dates'][number] } | null = null
  // Facts about the lines so far that the next line needs. A removed line resets the count of blank lines, but a gap
  // before the removed line still counts.
  let [blanksBefore, isAfterGap, isAdjacent, block, inSideBlock] = [0, true, false, 0, false]

  for (const received of text.split(/\r*\n|[\r\u0085\u2028\u2029\v\f]/)) {
    const trimmed = received.replace(/[\u200b-\u200d\u2060\ufeff]/g, '').trim()
    if (trimmed === '') {
      blanksBefore += 1
      isAfterGap = true
      isAdjacent = false
      continue
    }
    const kind = classifyLine(trimmed)
    if (kind.kind === 'related' && lines.length >= 2) relatedAt ??= lines.length
    if (kind.kind === 'block-title') {
      block += 1
      inSideBlock = kind.isSide
      isAfterGap = true
    }
    const date = kind.kind === 'date' ? { text: kind.text, author: kind.author } : null
    const isHeadDate = date !== null && isInHead(lines)
    if (isHeadDate) dates.push(date)
    if (inSideBlock || isHeadDate || droppedKinds.has(kind.kind)) {
      blanksBefore = 0
      isAdjacent = false
      continue
    }
    if (trimmed.length > maxRelatedTitleLength) relatedAt = null
    if (date !== null) lateDate = { at: lines.length, date }
    const isIndented = /^(?:\s{2}|[\t\u00a0\u3000])/.test(received)
    lines.push({ text: received.trim(), isIndented, blanksBefore, isAfterGap, block, isAdjacent })
    blanksBefore = 0
    isAfterGap = false
    isAdjacent = true
  }
  if (relatedAt !== null) lines.length = relatedAt
  // A date below the last line of the body is the date of publication or of a change. A date above that line is a part
  // of the body.
  if (lateDate !== null && lateDate.at < lines.length && !lines.slice(lateDate.at + 1).some(isBodyLine)) {
    lines.splice(lateDate.at, 1)
    dates.push(lateDate.date)
  }
  return { paragraphs: joinLines(lines), dates }
}

/**
 * Whether the next line still belongs to the head of the dump. `lines` holds the lines above that line. A head contains
 * at most title, summary and caption. A line after a gap or after the end of a sentence begins a paragraph.
 */
function isInHead(lines: readonly Line[]): boolean {
  if (lines.length > maxHeadLines) return false
  const beginsParagraph = (line: Line, at: number): boolean =>
    at <= 1 || !line.isAdjacent || endsSentence(lines[at - 1]?.text ?? '')
  return lines.filter(beginsParagraph).length <= maxHeadParagraphs
}

function isBodyLine({ text }: Line): boolean {
  return text.length > 120 || endsSentence(text)
}
