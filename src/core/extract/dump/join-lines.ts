import { endsSentence } from '../../text/sentences'
import type { CaptionCandidate } from '../fields/captions'

/** A paragraph of a text dump. */
export interface Paragraph extends CaptionCandidate {
  /** A blank line, a block's title or the beginning stands before it. */
  isAfterGap: boolean
  /** How many titles of blocks stand before it. */
  block: number
}

/** A line of a dump. */
export interface Line {
  text: string
  isIndented: boolean
  blanksBefore: number
  isAfterGap: boolean
  block: number
  /** The line directly above goes on here if it does not end with its paragraph. */
  isAdjacent: boolean
}

/** Longest line a person or a program that breaks lines would write. */
const maxWrapWidth = 130
const maxHandWrappedLength = 300
/** "- ", "+ ", "1. ", "a) ", "IV. ": an item of a list goes on with nothing. */
const listItem = /^(?:[-–—+*•▪●○]|\(?(?:\d{1,3}|\p{L}|[IVX]{1,5})[.)\]])\s/u

/** Joins the lines of each paragraph. */
export function joinLines(lines: readonly Line[]): Paragraph[] {
  const wrapAt = findWrapWidth(lines)
  const paragraphs: (Paragraph & { lines: Line[] })[] = []
  for (const line of lines) {
    const last = paragraphs.at(-1)
    const before = last?.lines.at(-1)
    if (
      last !== undefined &&
      before !== undefined &&
      line.isAdjacent &&
      continuesParagraph(before, line, wrapAt, paragraphs.length === 1)
    ) {
      if (last.lines.length === 1) last.wasWrapped = true
      last.text += ` ${line.text}`
      last.wasWrapped &&= isBrokenByHand(before, line, wrapAt)
      last.lines.push(line)
    } else {
      const { text, blanksBefore, isAfterGap: isAfterGap, block } = line
      paragraphs.push({
        text,
        wasWrapped: false,
        blanksBefore,
        isAfterGap: isAfterGap,
        block,
        isAfterPicture: false,
        lines: [line],
      })
    }
  }
  return wrapAt === null ? joinHandWrapped(paragraphs) : paragraphs
}

/**
 * The width at which a text is hard-wrapped, or null where each paragraph is one line. Wrapped text shows in lines that
 * are nearly full and go on in lower case with the next.
 */
function findWrapWidth(lines: readonly Line[]): number | null {
  const goingOn = lines.filter(({ text }, at) => lines[at + 1]?.isAdjacent === true && !endsSentence(text))
  const widest = goingOn.reduce((width, { text }) => Math.max(width, text.length), 0)
  const full = lines.filter(
    ({ text }, at) =>
      text.length > widest * 0.75 &&
      !endsSentence(text) &&
      lines[at + 1]?.isAdjacent === true &&
      /^\p{Ll}/u.test(lines[at + 1]?.text.normalize('NFC') ?? ''),
  )
  const isWrapped = full.length >= 4 && full.length >= goingOn.length / 2 && full.length >= lines.length / 4
  return isWrapped && widest <= maxWrapWidth ? widest : null
}

/** Whether a line ends long before its width: a program would have put the next word there too. */
function isBrokenByHand(before: Line, line: Line, wrapAt: number | null): boolean {
  return wrapAt === null || before.text.length + 1 + readFirstWord(line).length <= wrapAt * 0.85
}

function readFirstWord({ text }: Line): string {
  return /^\S+/u.exec(text)?.[0] ?? ''
}

/** Whether a line goes on with the paragraph of the line directly above it. */
function continuesParagraph(before: Line, line: Line, wrapAt: number | null, isTitle: boolean): boolean {
  const isFinished = endsSentence(before.text)
  if (line.isIndented && !before.isIndented) return false
  if (listItem.test(line.text) && (isFinished || wrapAt === null)) return false
  if (wrapAt !== null) {
    if (before.text.length + 1 + readFirstWord(line).length > wrapAt) return true
    // Widths counted in bytes leave lines of Vietnamese shorter; a title may be nearly as long, and be finished.
    if (!isFinished && !isTitle && before.text.length > wrapAt * 0.75) return true
  }
  if (!isFinished && isInCapitals(before.text) && isInCapitals(line.text)) return true
  return /^\p{Ll}/u.test(line.text.normalize('NFC')) && !isFinished
}

/** A title in capitals broken over two lines. */
function isInCapitals(text: string): boolean {
  return text.length >= 15 && /\p{Lu}/u.test(text) && text === text.toUpperCase()
}

/**
 * Where blank lines part the paragraphs, short lines that stand together, of which only the last ends a sentence, are
 * one paragraph broken by hand, even if the break stands before a name ("…tại huyện / Ba Bể."). Not at the head,
 * where title and summary stand together, nor at the end, where names and offices do.
 */
function joinHandWrapped(paragraphs: readonly (Paragraph & { lines: Line[] })[]): Paragraph[] {
  const groups: Paragraph[][] = []
  for (const { lines, ...paragraph } of paragraphs) {
    if (lines[0]?.isAdjacent === true) groups.at(-1)?.push(paragraph)
    else groups.push([paragraph])
  }
  const isParted = groups.length > paragraphs.length / 2 && groups.length >= 3
  return groups.flatMap((group, at) => {
    const text = group.map((paragraph) => paragraph.text).join(' ')
    const [first] = group
    const isOne =
      isParted &&
      at > 0 &&
      at < groups.length - 1 &&
      group.length > 1 &&
      text.length <= maxHandWrappedLength &&
      group.every(
        (line, index) => endsSentence(line.text) === (index === group.length - 1) && !listItem.test(line.text),
      )
    return isOne && first !== undefined ? [{ ...first, text, wasWrapped: true }] : group
  })
}
