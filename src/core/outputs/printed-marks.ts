import type { Bulletin, Note } from '../../shared/bulletin'
import { createPassageFinder } from '../../shared/text/passage-anchoring'
import type { TextRange } from '../../shared/text/text-range'
import { escapeHtml } from '../text/escape-html'

/** Which of the reader's marks are printed. */
export interface PrintedMarks {
  highlights: boolean
  notes: boolean
}

/** The parts of a bulletin as HTML, with the reader's marks, and the notes to stand after them. */
export interface MarkedParts {
  title: string
  summary: string | null
  body: string
  /** The author's name and each office; none where there is no author. A mark never reaches from one into the next. */
  author: readonly string[]
  /** In the order of their numbers; `isFound` is false where the text has no longer what the note is about. */
  notes: readonly { note: Note; isFound: boolean }[]
}

interface PlacedMark extends TextRange {
  /** The number of a note; null for a highlight. */
  number: number | null
}

/** Tags that begin a new line of the text. */
const blockTag =
  /^<\/?(?:p|div|h[1-6]|blockquote|pre|ul|ol|li|dl|dt|dd|table|caption|tr|th|td|figure|figcaption|br|hr)\b/iu
/** A tag, or a stretch of text between two. Sanitised HTML has no "<" or ">" but those of tags. */
const tagOrText = /<[^>]*>|[^<]+/gu
/** A character as HTML writes it. */
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
 * A bulletin's title, summary, body and author as HTML with its reader's highlights and notes in `<mark>`, each note with
 * its number. `body` is the sanitised HTML that is printed; everything else of the bulletin is text and is escaped.
 */
export function markParts(bulletin: Bulletin, body: string, printed: PrintedMarks): MarkedParts {
  const { title, summary, author, status } = bulletin
  const authors = author?.split(/\s+[-–—]\s+/u) ?? []
  const sources = [escapeHtml(title), escapeHtml(summary ?? ''), body, ...authors.map(escapeHtml)]
  const text = sources.map((html) => `${getText(html)}\n`).join('')
  const findPassage = createPassageFinder(text)
  const highlights = printed.highlights ? status.highlights : []
  const notes = (printed.notes ? status.notes : [])
    .map((note) => ({ note, place: findPassage(note.passage) }))
    .sort((a, b) => (a.place?.from ?? Infinity) - (b.place?.from ?? Infinity))
  const marks = [
    ...highlights.map(({ passage }): PlacedMark | null => addNumber(findPassage(passage), null)),
    ...notes.map(({ place }, at): PlacedMark | null => addNumber(place, at + 1)),
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
    notes: notes.map(({ note, place }) => ({ note, isFound: place !== null })),
  }
}

function addNumber(place: TextRange | null, number: number | null): PlacedMark | null {
  return place === null ? null : { ...place, number }
}

/** The text of sanitised HTML; blocks are parted by line ends. */
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

/** HTML whose text begins at `start` of the whole, with marks put around their characters, within each stretch of text. */
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
      // The number stands outside of the colour, where a reader looks for it.
      if (isOpen) result += '</mark>'
      isOpen = false
      result += ended.map(({ number }) => `<sup class="note-number">${number ?? ''}</sup>`).join('')
    }
    if (isOpen) result += '</mark>'
  }
  return result
}
