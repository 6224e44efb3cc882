import type { BodyItem } from '../body-item'
import { findOwnBoxes, type PageLine } from '../html/page-lines'
import { classifyLine } from '../line-kind'
import { readLabelledAuthor, readSignature } from './author'
import { findLinesNearTitle, maxLinesBelow } from './lines-near-title'

/** How many boxes around a signature may say where it stands. */
const maxBoxes = 4

/** The name on a line "Tác giả: …" around the title, or right under the body. */
export function findAuthorNearTitle(
  lines: readonly PageLine[],
  title: string,
  items: readonly BodyItem[],
): string | null {
  const last = items.findLast(({ text }) => text !== '')?.text
  const endsAt = last === undefined ? -1 : lines.findLastIndex(({ text }) => text === last)
  const below = endsAt < 0 ? [] : lines.slice(endsAt + 1, endsAt + 1 + maxLinesBelow).map(({ text }) => text)
  for (const line of [...findLinesNearTitle(lines, title), ...below]) {
    const author = readLabelledAuthor(line) ?? readAuthorOnDateLine(line)
    if (author !== null) return author
  }
  return endsAt < 0 ? null : readSignatureOnRight(lines[endsAt + 1])
}

/** A name right under the text, in a box of its own on the right. */
function readSignatureOnRight(line: PageLine | undefined): string | null {
  if (line === undefined) return null
  const isRight = findOwnBoxes(line, maxBoxes).some((box) =>
    /^right$|text-align\s*:\s*right/i.test(box.getAttribute('align') ?? box.getAttribute('style') ?? ''),
  )
  return isRight ? readSignature(line.text) : null
}

/** "12/05/2025 | Tác giả: …". */
function readAuthorOnDateLine(line: string): string | null {
  const kind = classifyLine(line)
  return kind.kind === 'date' ? kind.author : null
}
