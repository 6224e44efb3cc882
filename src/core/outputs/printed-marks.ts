import type { Bulletin, Note } from '../../shared/bulletin'
import { createPassageFinder } from '../../shared/text/passage-anchoring'
import type { TextRange } from '../../shared/text/text-range'
import { escapeHtml } from '../text/escape-html'

/** The switches that decide which of the user's marks (highlights and notes) are printed. */
export interface PrintedMarks {
  highlights: boolean
  notes: boolean
}

/** The parts of a bulletin as HTML with the user's marks, and the notes that are printed after the text. */
export interface MarkedParts {
  title: string
  summary: string | null
  body: string
  /**
   * The author's name, followed by each office of the author. The list is empty if there is no author. A mark never
   * extends from one entry of the list into the next.
   */
  author: readonly string[]
  /**
   * The notes in the order of their numbers. `isFound` is false if the text no longer contains the passage of the note.
   */
  notes: readonly { note: Note; isFound: boolean }[]
}

interface PlacedMark extends TextRange {
  /** The number of a note. The value is null for a highlight. */
  number: number | null
}

/** Matches a tag of an element that begins a new line of the text. */
const blockTag =
  /^<\/?(?:p|div|h[1-6]|blockquote|pre|ul|ol|li|dl|dt|dd|table|caption|tr|th|td|figure|figcaption|br|hr)\b/iu
/** Matches a tag, or the text between two tags. Sanitised HTML has "<" and ">" in tags only. */
const tagOrText = /<[^>]*>|[^<]+/gu
/** Matches one character of HTML text: a plain character or a character reference. */
const character = /&(?:#\d+|#x[\da-f]+|[a-z]+);|[\s\S]/giu
const namedCharacters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

/**
 * Marks the user's highlights and notes with `<mark>` in title, summary, body and author. Each note also gets its number.
 * `body` is the sanitised HTML to print. All other parts of the bulletin are text and are escaped.
 */
export function markParts(bulletin: Bulletin, body: string, printed: PrintedMarks): MarkedParts {
  const { title, summary, author, status } = bulletin
  const authors = author?.split(/\s+[-–—]\s+/u) ?? []
  const sources = [escapeHtml(title), escapeHtml(summary ?? ''), body, ...authors.map(escapeHtml)]
  const text = sources.map((html) => `${getText(html)}\n`).join('')
  const findPassage = createPassageFinder(text)
  const highlights = printed.highlights ? status.highlights : []
  const notes = (printed.notes ? status.notes : [])
    .map((note) => ({ note, range: findPassage(note.passage) }))
    .sort((a, b) => (a.range?.from ?? Infinity) - (b.range?.from ?? Infinity))
  const marks = [
    ...highlights.map(({ passage }): PlacedMark | null => addNumber(findPassage(passage), null)),
    ...notes.map(({ range }, at): PlacedMark | null => addNumber(range, at + 1)),
  ].filter((mark) => mark !== null)
  let from = 0
  const [markedTitle = '', markedSummary = '', markedBody = '', ...markedAuthor] = sources.map((html) => {
    const start = from
    from += getText(html).length + 1
    return marks.length === 0 ? html : insertMarks(html, start, marks)
  })
  return {
    title: markedTitle,
    summary: summary === null ? null : markedSummary,
    body: markedBody,
    author: markedAuthor,
    notes: notes.map(({ note, range }) => ({ note, isFound: range !== null })),
  }
}

function addNumber(range: TextRange | null, number: number | null): PlacedMark | null {
  return range === null ? null : { ...range, number }
}

/** Returns the text of sanitised HTML, with a line end in place of each start tag and end tag of a block. */
function getText(html: string): string {
  return (html.match(tagOrText) ?? [])
    .map((part) =>
      part.startsWith('<') ? (blockTag.test(part) ? '\n' : '') : splitCharacters(part).map(decodeCharacter).join(''),
    )
    .join('')
}

function splitCharacters(html: string): string[] {
  return html.match(character) ?? []
}

function decodeCharacter(written: string): string {
  if (written.length === 1) return written
  const code = /^&#(x?)([\da-f]+);$/iu.exec(written)
  if (code !== null) return String.fromCodePoint(Number.parseInt(code[2] ?? '', code[1] === '' ? 10 : 16))
  return namedCharacters[written.slice(1, -1).toLowerCase()] ?? written
}

/**
 * Puts `<mark>` around the marked characters of `html`. The text of `html` begins at index `start` of the text of all
 * parts.
 */
function insertMarks(html: string, start: number, marks: readonly PlacedMark[]): string {
  let at = start
  let result = ''
  for (const part of html.match(tagOrText) ?? []) {
    if (part.startsWith('<')) {
      result += part
      at += blockTag.test(part) ? 1 : 0
      continue
    }
    let isOpen = false
    for (const written of splitCharacters(part)) {
      const isMarked = marks.some(({ from, to }) => from <= at && at < to)
      if (isMarked !== isOpen) result += isMarked ? '<mark>' : '</mark>'
      isOpen = isMarked
      result += written
      at += decodeCharacter(written).length
      const ended = marks.filter(({ to, number }) => to === at && number !== null)
      if (ended.length === 0) continue
      // The number of a note stands after the coloured passage and is not coloured.
      if (isOpen) result += '</mark>'
      isOpen = false
      result += ended.map(({ number }) => `<sup class="note-number">${number ?? ''}</sup>`).join('')
    }
    if (isOpen) result += '</mark>'
  }
  return result
}
