import { endsSentence } from '../../text/sentences'
import type { CaptionCandidate } from '../fields/captions'

/** A paragraph of a dump. */
export interface Paragraph extends CaptionCandidate {
  /** Whether the paragraph begins the dump, or follows a blank line or the title of a web part. */
  isAfterGap: boolean
  /** Number of web-part titles ("PublishingPortal - Block_…") above the paragraph. */
  block: number
}

/** A line of a dump. */
export interface Line {
  text: string
  isIndented: boolean
  blanksBefore: number
  isAfterGap: boolean
  block: number
  /** Whether the line follows directly on the line above, without a gap or a removed line between them. */
  isAdjacent: boolean
}

/** Maximum width in characters of hard-wrapped text. Text with longer unfinished lines is not hard-wrapped. */
const maxWrapWidth = 130
const maxHandWrappedLength = 300
/**
 * Matches the beginning of a list item: "- ", "+ ", "1. ", "a) ", "IV. ". A list item does not continue the line above.
 */
const listItem = /^(?:[-–—+*•▪●○]|\(?(?:\d{1,3}|\p{L}|[IVX]{1,5})[.)\]])\s/u

/** Joins the lines of a dump into paragraphs. */
export function joinLines(lines: readonly Line[]): Paragraph[] {
  const wrapWidth = findWrapWidth(lines)
  const paragraphs: (Paragraph & { lines: Line[] })[] = []
  for (const line of lines) {
    const last = paragraphs.at(-1)
    const before = last?.lines.at(-1)
    if (
      last !== undefined &&
      before !== undefined &&
      line.isAdjacent &&
      continuesParagraph(before, line, wrapWidth, paragraphs.length === 1)
    ) {
      if (last.lines.length === 1) last.wasWrapped = true
      last.text += ` ${line.text}`
      last.wasWrapped &&= isBrokenByHand(before, line, wrapWidth)
      last.lines.push(line)
    } else {
      const { text, blanksBefore, isAfterGap, block } = line
      paragraphs.push({
        text,
        wasWrapped: false,
        blanksBefore,
        isAfterGap,
        block,
        isAfterPicture: false,
        lines: [line],
      })
    }
  }
  return wrapWidth === null ? joinHandWrapped(paragraphs) : paragraphs
}

/**
 * Finds the width at which a text is hard-wrapped, in characters. Returns null if each paragraph is one line. In
 * wrapped text, many lines are nearly as long as the width, and the next line begins in lower case.
 */
function findWrapWidth(lines: readonly Line[]): number | null {
  const unfinished = lines.filter(({ text }, at) => lines[at + 1]?.isAdjacent === true && !endsSentence(text))
  const maxLength = unfinished.reduce((width, { text }) => Math.max(width, text.length), 0)
  const full = lines.filter(
    ({ text }, at) =>
      text.length > maxLength * 0.75 &&
      !endsSentence(text) &&
      lines[at + 1]?.isAdjacent === true &&
      /^\p{Ll}/u.test(lines[at + 1]?.text.normalize('NFC') ?? ''),
  )
  const isWrapped = full.length >= 4 && full.length >= unfinished.length / 2 && full.length >= lines.length / 4
  return isWrapped && maxLength <= maxWrapWidth ? maxLength : null
}

/**
 * Whether a person, and not a program, broke the text between two lines. A program would have put the first word of
 * `line` on the line `before` if the line had enough space.
 */
function isBrokenByHand(before: Line, line: Line, wrapWidth: number | null): boolean {
  return wrapWidth === null || before.text.length + 1 + readFirstWord(line).length <= wrapWidth * 0.85
}

function readFirstWord({ text }: Line): string {
  return /^\S+/u.exec(text)?.[0] ?? ''
}

/** Whether a line continues the paragraph of the line directly above (`before`). */
function continuesParagraph(before: Line, line: Line, wrapWidth: number | null, isTitle: boolean): boolean {
  const isFinished = endsSentence(before.text)
  if (line.isIndented && !before.isIndented) return false
  if (listItem.test(line.text) && (isFinished || wrapWidth === null)) return false
  if (wrapWidth !== null) {
    if (before.text.length + 1 + readFirstWord(line).length > wrapWidth) return true
    // Some programs count the width in bytes, so lines with many Vietnamese letters are shorter than `wrapWidth`. The
    // title is excluded, because a complete title may be nearly as long as a full line.
    if (!isFinished && !isTitle && before.text.length > wrapWidth * 0.75) return true
  }
  if (!isFinished && isInCapitals(before.text) && isInCapitals(line.text)) return true
  return /^\p{Ll}/u.test(line.text.normalize('NFC')) && !isFinished
}

/** Whether a line is written in capital letters. A title in capital letters may continue on the next line. */
function isInCapitals(text: string): boolean {
  return text.length >= 15 && /\p{Lu}/u.test(text) && text === text.toUpperCase()
}

/**
 * Joins short lines of one paragraph that a person broke by hand. Lines are joined only if blank lines separate the
 * paragraphs, and if only the last of the lines ends a sentence. The break may be before a name ("…tại huyện / Ba
 * Bể."). The first and the last group of lines stay unchanged. In the first group, a summary may follow the title
 * without a blank line. In the last group, an office may follow a name in the same way.
 */
function joinHandWrapped(paragraphs: readonly (Paragraph & { lines: Line[] })[]): Paragraph[] {
  const groups: Paragraph[][] = []
  for (const { lines, ...paragraph } of paragraphs) {
    if (lines[0]?.isAdjacent === true) groups.at(-1)?.push(paragraph)
    else groups.push([paragraph])
  }
  const areSeparated = groups.length > paragraphs.length / 2 && groups.length >= 3
  return groups.flatMap((group, at) => {
    const text = group.map((paragraph) => paragraph.text).join(' ')
    const [first] = group
    const isOneParagraph =
      areSeparated &&
      at > 0 &&
      at < groups.length - 1 &&
      group.length > 1 &&
      text.length <= maxHandWrappedLength &&
      group.every(
        (line, index) => endsSentence(line.text) === (index === group.length - 1) && !listItem.test(line.text),
      )
    return isOneParagraph && first !== undefined ? [{ ...first, text, wasWrapped: true }] : group
  })
}
